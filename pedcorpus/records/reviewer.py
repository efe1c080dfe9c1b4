"""Who reviews: what a person may do at the desk."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Role"]


class Role(StrEnum):
    """What a person may do, each what those before it may."""

    REVIEWER = "reviewer"
    """Decides on what waits."""
    ADJUDICATOR = "adjudicator"
    """Decides where reviewers disagree, too."""
    STEWARD = "steward"
    """Sees who said what, too."""

    @property
    def may_adjudicate(self) -> bool:
        return self is not Role.REVIEWER
