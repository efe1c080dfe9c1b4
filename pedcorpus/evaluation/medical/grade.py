"""One grade of one reply: a share, and the words that show a reader why."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Grade", "listed"]


@dataclass(frozen=True)
class Grade:
    """How far a reply does what is asked of it."""

    value: float
    """0 to 1; 1 is best."""
    reason: str
    """What was found, fit to be shown beside the reply."""


def listed(names: list[str] | tuple[str, ...]) -> str:
    """Names as one line; `none` where there are none."""
    return ", ".join(names) if names else "none"
