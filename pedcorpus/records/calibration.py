"""Instructions whose verdict is known: offered to reviewers among the others, to see how they decide."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from pedcorpus.records.base import Record
from pedcorpus.records.verdict import Verdict

__all__ = ["CalibrationItem"]


class CalibrationItem(Record):
    """One instruction with its known answer."""

    instruction: str
    verdict: Literal[Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT]
    reason: str = ""
    """Code from the task's list, where the answer is to reject."""
    origin: Literal["given", "adjudicated", "agreed"] = "given"
    """Whose the answer is: a steward's, an adjudicator's, or that of all the readers of the row."""
    by: str = Field(min_length=1)
    """Who added it."""
    at: datetime
    """When, in UTC."""
