"""One grade of one reply: a share, and the words that show a reader why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pedcorpus.tasks import Label

__all__ = ["Grade", "graded", "listed"]


@dataclass(frozen=True)
class Grade:
    """How far a reply does what is asked of it."""

    value: float
    """0 to 1; 1 is best."""
    reason: Label
    """What was found, fit to be shown beside the reply."""


def graded(value: float, zh: str, en: str) -> Grade:
    """A grade with its reason in Chinese and English."""
    return Grade(value, {"zh": zh, "en": en})


def listed(names: Sequence[str]) -> str:
    """Names as one line; a dash where there are none."""
    return ", ".join(names) if names else "–"
