"""What a language model has to write for a task, and how what it wrote becomes the task's record.

A task declares its `Writing`: the shape of a draft, what to tell the model in each language, with one example, the
kinds of question it knows, and `to_record`. What is planned, sent and quoted is `generate`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, Field

from pedcorpus.normalise import contains_folded
from pedcorpus.records import Asker, Basis, Evidence, Instruction, Patient, Record, Statement

__all__ = ["Cited", "Draft", "Part", "QuestionKind", "Slot", "Sources", "Writing", "cited_statements", "joined"]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(_Shape):
    """One sentence of an answer with the words of the source that say it."""

    text: str = Field(min_length=1)
    quote: str = Field(min_length=1)


class Draft(_Shape):
    """What every task's draft has; a task narrows `task` to its own id and adds its fields."""

    slot: int
    task: str
    question: str = Field(min_length=1)


@dataclass(frozen=True)
class QuestionKind:
    """One way in which a task can ask, as `number` or `misconception`."""

    id: str
    words: Mapping[str, str]
    """What the model is told, in `zh` and `en`."""
    needs: str = ""
    """Feature that the line asked about must have, as `number`; any line will do where it is empty."""
    with_child: bool = False
    """Is a child part of the question?"""


@dataclass(frozen=True)
class Slot:
    """One planned instruction: who asks, how, about which line, of which child."""

    number: int
    task: str
    asker: Asker
    register: str
    """How the asker speaks, in the words that the model is told."""
    kind: QuestionKind
    focus: int
    """Number of the fragment's line that the question is about, from 1."""
    aspect: str
    """What that line tells of its topic; one of the aspects of MedKQ&A."""
    patient: Patient | None = None


@dataclass(frozen=True)
class Cited:
    """Where a quote was found."""

    evidence: tuple[int, ...]
    """Indices into the instruction's evidence: one for a passage, one for each statement of a graph."""
    quote: str
    """The source's own words."""
    head: str = ""
    """Of statements of a graph, whom they are about; empty for passages."""
    tails: tuple[str, ...] = ()


class Sources(Protocol):
    """The fragment as a task's `to_record` sees it; evidence grows as quotes are cited."""

    topic: str
    """What the fragment is about."""

    @property
    def shared(self) -> Mapping[str, Any]:
        """Fields that all records of the fragment share: language, licence, tier, generator."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All that was cited so far."""

    def cite(self, quote: str) -> Cited:
        """The evidence that `quote` is.

        Raises:
            InputError: it stands nowhere in the fragment, or cuts a number or a negation.
        """

    def cite_name(self, name: str) -> None:
        """See to it that the evidence or a heading above it says `name`.

        Raises:
            InputError: nothing in the fragment says it.
        """

    def orders(self, cited: Cited, weight_kg: float | None) -> tuple[Record, ...]:
        """Drug orders read from the quote itself, worked out for `weight_kg`."""


@dataclass(frozen=True)
class Writing:
    """How a model writes for one task."""

    version: int
    """Raised when anything that the model is told changes."""
    draft: type[Draft]
    instructions: Mapping[str, str]
    """What to write, with one worked example, in `zh` and `en`."""
    kinds: tuple[QuestionKind, ...]
    to_record: Callable[[Any, Slot, Sources], Instruction]
    """Record from a draft of `draft`'s type; raises InputError where there is none to be made."""
    carried_by: frozenset[str] = frozenset()
    """Features of a line, one of which it takes to carry the task; empty where any line does."""
    only_diseases: bool = False
    """Does it need a fragment about a disease?"""
    with_child: bool = False
    """Has every question of the task a child?"""


def cited_statements(parts: tuple[Part, ...], sources: Sources) -> tuple[Statement, ...]:
    """Lines of a structured answer, each with its evidence: quoted where it says the quote's own words."""
    found = []
    for part in parts:
        cited = sources.cite(part.quote)
        basis = Basis.QUOTED if contains_folded(cited.quote, part.text) else Basis.PARAPHRASED
        found.append(Statement(text=part.text, basis=basis, evidence=cited.evidence))
    return tuple(found)


def joined(parts: tuple[Part, ...], *, language: str) -> str:
    """Sentences of an answer as one text: running on where there are few, a line each where they form a list."""
    texts = [part.text.strip() for part in parts]
    if len(texts) > 2:
        return "\n".join(texts)
    return ("" if language == "zh" else " ").join(texts)
