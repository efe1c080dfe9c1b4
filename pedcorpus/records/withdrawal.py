"""A work that may be released no more: what a steward says when its licence or its content falls."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from pedcorpus.records.base import Record

__all__ = ["Withdrawal"]


class Withdrawal(Record):
    """What was said of one work; never changed, only followed by another."""

    source: str
    """Id of the work."""
    stands: bool = True
    """Whether it is withdrawn from now on; false gives it back."""
    reason: str = Field(min_length=1)
    steward: str = Field(min_length=1)
    """Who says so."""
    at: datetime
    """When, in UTC."""
