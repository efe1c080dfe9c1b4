"""A multiple-choice question, whatever exam it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["ChoiceQuestion", "Exam"]


@dataclass(frozen=True)
class ChoiceQuestion:
    """One question with its options."""

    id: str
    """Its id in the file, or `row N`, counted from 1."""
    question: str
    options: Mapping[str, str]
    """By letter, in the order in which they are shown."""
    answer: frozenset[str]
    """Letters of the right options."""
    subject: str = ""
    """Department, discipline or kind of exam; empty where the file tells none."""
    asks_for_several: bool | None = None
    """Whether the exam says that several options are right; none where it says nothing."""
    language: Literal["zh", "en"] = "zh"


@dataclass(frozen=True)
class Exam:
    """All questions of a file that can be asked, and those that cannot."""

    name: str
    sha256: str
    """Of the file."""
    questions: Sequence[ChoiceQuestion]
    left_out: Sequence[tuple[str, int]] = ()
    """Reasons as stable codes, with how many rows each kept out."""
