"""What doctors say of two runs' replies to one question, without knowing whose they are."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import Field

from pedcorpus.records.base import Record, canonical_json, content_id
from pedcorpus.records.instruction import Message

__all__ = ["Choice", "Dimension", "HandIn", "RunReply", "Vote"]


class Dimension(StrEnum):
    """What a pair is judged on: the three of the PediatricsGPT paper, in its order."""

    PROFESSIONALISM = "professionalism"
    FACTUALITY = "factuality"
    SAFETY = "safety"


class Choice(StrEnum):
    """Which of two runs answered better."""

    A = "a"
    B = "b"
    TIE = "tie"


class RunReply(Record):
    """One reply of a run; a row of the files that `pedcorpus vote` compares."""

    id: str = Field(min_length=1)
    """Of what was asked; replies of two runs are a pair where their ids are one."""
    messages: tuple[Message, ...] = Field(min_length=1)
    """The conversation that was answered, without the reply: its last turn is the user's."""
    reply: str
    """What was answered; empty where the model said nothing."""
    model: str = ""
    """Whose run it is, one name in a file; voters never see it."""
    task: str = ""
    topic: str = ""


class Vote(Record):
    """Which reply one doctor holds for better in one respect; never changed, only followed by another."""

    run_a: str
    """Hash of one run's replies."""
    run_b: str
    pair: str
    """Id of the question in both runs."""
    voter: str = Field(min_length=1)
    dimension: Dimension
    choice: Choice
    """Of the runs, wherever on the screen they stood."""
    left: Literal["a", "b"]
    """The run that stood first on the screen."""
    seconds: float | None = Field(default=None, ge=0)
    """How long the pair had been looked at."""
    at: datetime
    """When, in UTC."""

    @cached_property
    def id(self) -> str:
        return content_id("vote", canonical_json(self.model_dump(mode="json")))


class HandIn(Record):
    """A doctor is done with a pairing; from then on that doctor's votes stand as they are."""

    run_a: str
    run_b: str
    voter: str = Field(min_length=1)
    judged: int = Field(ge=0)
    """Pairs judged in every dimension."""
    pairs: int = Field(ge=0)
    """Pairs that were to be judged."""
    at: datetime
    """When, in UTC."""

    @cached_property
    def id(self) -> str:
        return content_id("hand-in", canonical_json(self.model_dump(mode="json")))
