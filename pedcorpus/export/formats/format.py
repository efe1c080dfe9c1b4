"""What a format is: how one row of a view reads in it, and what has to stand beside the files.

A new format is one subclass in one file, registered under the entry-point group `pedcorpus.formats`. Writing the
files is left to `convert`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from pedcorpus.export.read import Split, View

__all__ = ["NOT_ALTERNATING", "SAME_ANSWER", "TRAINING_VIEWS", "Format", "LineFile", "Row", "Talk", "talk_of"]

Row = dict[str, Any]  # JSON values

TRAINING_VIEWS: tuple[View, ...] = ("cpt", "sft", "dfpo", "mue")

NOT_ALTERNATING = "speakers_do_not_alternate"
SAME_ANSWER = "rejected_is_chosen"


@dataclass(frozen=True)
class LineFile:
    """One written file of JSON Lines."""

    path: str
    """Inside the converted folder, with forward slashes."""
    view: View
    split: Split
    rows: int


class Format(ABC):
    """One format, as the tool that it is for documents it."""

    name: ClassVar[str]
    """What `--format` calls it."""
    read_by: ClassVar[str]
    """Who reads it."""
    documented_at: ClassVar[str]
    """The page that says how it has to look."""
    views: ClassVar[tuple[View, ...]] = TRAINING_VIEWS
    """The views that it can carry."""
    keeps_columns: ClassVar[bool] = False
    """Has a line the columns of its row in Parquet? Then the README tells their types."""

    @abstractmethod
    def line(self, view: View, row: Row) -> Row | str:
        """`row` of `view` in this format; else the reason code why the format cannot carry this row."""

    def folder(self, view: View, row: Row) -> str:  # noqa: ARG002 - a format may look at the row
        """Folder that the row's line belongs to; the split names the file in it."""
        return view

    def shows_types(self, line: Row) -> bool:  # noqa: ARG002 - a format may look at the line
        """Does `line` show the type of each of its columns? Readers that infer types look at the first lines only, so
        the first one that does is brought to the front of its file.
        """
        return True

    def beside(self, files: Sequence[LineFile]) -> Mapping[str, Any]:  # noqa: ARG002 - JSON values by file name
        """Further files that the tool wants in the folder, as JSON by file name."""
        return {}

    @abstractmethod
    def usage(self, files: Sequence[LineFile]) -> str:
        """How the tool is pointed at the folder, as Markdown for its README."""


@dataclass(frozen=True)
class Talk:
    """A conversation up to its answer, as formats want it that know no free order of speakers."""

    system: str
    """The system prompt; empty where there is none."""
    history: Sequence[tuple[str, str]]
    """Earlier questions, each with its answer."""
    question: str


def talk_of(messages: Sequence[Mapping[str, str]]) -> Talk | None:
    """`messages`, where a user begins, both take turns, and a user has the last word; else none."""
    first = messages[0] if messages else None
    system = first["content"] if first and first["role"] == "system" else ""
    turns = messages[1:] if system else messages
    wanted = ("user", "assistant")
    if len(turns) % 2 == 0 or any(turn["role"] != wanted[place % 2] for place, turn in enumerate(turns)):
        return None
    said = [turn["content"] for turn in turns]
    return Talk(system=system, history=list(zip(said[0:-1:2], said[1:-1:2], strict=True)), question=said[-1])
