"""Text that turns in circles, as a model's does that cannot stop."""

from __future__ import annotations

__all__ = ["repeated_share"]

_GRAM = 10
_SHORTEST = 60
"""Below so many characters a refrain is no sign."""
_LONGEST = 20_000
"""Of longer texts the beginning is judged."""


def repeated_share(text: str) -> float:
    """Share of the runs of ten characters that stood in `text` before; 0 for a short text."""
    read = text[:_LONGEST]
    runs = len(read) - _GRAM + 1
    if runs + _GRAM - 1 < _SHORTEST:
        return 0.0
    return 1 - len({read[start : start + _GRAM] for start in range(runs)}) / runs
