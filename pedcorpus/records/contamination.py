"""Evaluation sets, and which of their items stand in a text that may be trained on: both sides named."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pedcorpus.records.base import Record

__all__ = ["EvaluationSet", "Overlap"]


class EvaluationSet(Record):
    """A set of questions that a model is to be evaluated on, as it was read."""

    name: str
    file: str
    """Name of the file; of one's own test split, the version that holds it."""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Over the file's bytes; of one's own test split, over the ids in it."""
    items: int = Field(ge=0)
    """Questions in it."""
    empty: int = Field(default=0, ge=0)
    """Rows of the file without a question, which are not among the items."""
    repeated: int = Field(default=0, ge=0)
    """Items that say what an earlier one says."""
    not_comparable: int = Field(default=0, ge=0)
    """Items that are too short, or too much like many others, to be found in any row."""


class Overlap(Record):
    """One item of an evaluation set found in one row."""

    set: str
    item: str
    """Its id in the set, or `row N`, counted from 1."""
    row: str
    """Id of the instruction; of a pre-training text, `train N`, counted from 1."""
    task: str
    """Of the instruction; `cpt` of a pre-training text."""
    told: Literal["question", "options", "answer", "short question", "conversation"]
    """What of the item was found."""
    score: float = Field(ge=0, le=1)
    """Share of its characters that stand in the row in runs of n or more, edits of a word between them left out."""
    share: float = Field(ge=0, le=1)
    """Share of its n-grams that stand in the row."""
    run: int = Field(ge=0)
    """Characters of the longest common run, folded."""
    item_text: str
    """That run as the item has it."""
    row_text: str
    """That run as the row has it."""
    said_by: Literal["user", "assistant", "text"]
    """Who says it in the row; `text` in a pre-training text."""
