"""One fact of a sentence that its evidence does not support."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Gap"]


@dataclass(frozen=True, slots=True)
class Gap:
    """What is wrong at `start:end` of the text that was judged."""

    reason: str
    """Code, as `number_not_in_evidence`."""
    start: int
    end: int
    detail: str
    """What the evidence says instead, in words."""
