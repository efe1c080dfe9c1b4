"""What a writer is: a generator that asks a language model; what it asks and what it makes of the reply, no more.

A writer sends nothing. It turns material into assignments, each one request, and each reply into drafts; who sends
them, pays for them and keeps them is `llm/`, and `flow/` joins the two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from pydantic import BaseModel

from pedcorpus.generate.generator import Material
from pedcorpus.llm import Ask
from pedcorpus.plugins import load_plugins
from pedcorpus.records import Finding, Instruction, SourceKind
from pedcorpus.settings import GenerateSettings

__all__ = ["Assignment", "JudgingWriter", "SteppedWriter", "Unusable", "Writer", "writers"]


@dataclass(frozen=True)
class Assignment:
    """One request to a model, with what its reply will be held against."""

    where: str
    """What it is made from, for messages: file, heading, row."""
    ask: Ask
    planned: Mapping[str, int]
    """How many drafts of each task the reply should give: limits and estimates go by it."""
    context: Any = field(compare=False)
    """What the writer needs to read the reply: fragment and plan, dialogue, record."""


@dataclass(frozen=True)
class Unusable:
    """A part of a reply of which no draft can be made, as one whose quote stands nowhere."""

    reason: str
    """Counted, as `quote_not_found`."""
    detail: str
    raw: str
    """The part as it came."""


class Writer(Protocol):
    """One way of making drafts with a model, registered under the entry-point group `pedcorpus.writers`."""

    name: str
    """Becomes the record's `generator` as `llm.<name>@<version>`."""
    version: int
    kinds: frozenset[SourceKind]
    """Kinds of work it reads."""
    tasks: frozenset[str]
    """Tasks of the drafts it makes."""

    def assignments(
        self, material: Material, settings: GenerateSettings, *, tasks: Collection[str]
    ) -> Iterator[Assignment]:
        """What to ask, for drafts of `tasks`; the same material and settings give the same requests, one by one."""

    def drafts(self, assignment: Assignment, data: BaseModel) -> Iterator[Instruction | Unusable]:
        """What the reply is worth, in its own order; `data` is of the type that the assignment's ask names."""


@runtime_checkable
class SteppedWriter(Writer, Protocol):
    """A writer whose reply may call for a further request, as a judgement calls for a better answer."""

    def following(self, assignment: Assignment, data: BaseModel) -> Assignment | None:
        """The next step after `assignment` was answered with `data`; none where the work is done."""


@runtime_checkable
class JudgingWriter(Writer, Protocol):
    """A writer some of whose replies are verdicts on instructions that exist; they are stored as findings."""

    def findings(self, assignment: Assignment, data: BaseModel) -> Iterator[Finding]:
        """What the reply says of instructions that the corpus holds already; nothing where it is no verdict."""


def writers() -> dict[str, Writer]:
    """The registered writers by name.

    Raises:
        UsageError: an entry point cannot be imported, or two have the same name.
    """
    return load_plugins("writers")
