"""Names of models as parts of file names and anchors."""

from __future__ import annotations

__all__ = ["slug"]

_LONGEST = 60


def slug(name: str) -> str:
    """`name` with a hyphen for whatever is no letter, digit, point or hyphen; cut off where it is long."""
    return "".join(sign if sign.isalnum() or sign in ".-" else "-" for sign in name)[:_LONGEST]
