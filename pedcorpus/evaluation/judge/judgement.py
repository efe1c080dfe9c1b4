"""One judgement as it is kept: of one pair in one order, with the judge's own words."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from pedcorpus.evaluation.judge.prompt import Verdicts
from pedcorpus.records import Record

__all__ = ["Judgement", "Order"]

Order = Literal["ab", "ba"]
"""Whose reply was shown first: the first run's, or the second's."""


class Judgement(Record):
    """A row of the file of judgements."""

    asked: str
    """Hash of everything the judge was sent, its model and its settings included: it is asked once."""
    pair: str
    """Id of the question in both runs."""
    order: Order
    judge: str
    """The model that judged."""
    prompt: int
    """Version of what it was told."""
    verdicts: Verdicts | None = None
    """None where its reply cannot be used; such a reply is kept and counted, never guessed at."""
    fault: str = ""
    """Why it cannot be used, as a stable code."""
    raw: str = ""
    """The reply as it came."""

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Judgement:
        if (self.verdicts is None) != bool(self.fault):
            raise ValueError("a judgement has verdicts or a fault, and not both")
        return self
