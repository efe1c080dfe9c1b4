"""How fast a reviewer works, said only when it means something."""

from __future__ import annotations

__all__ = ["pace_per_hour"]

_FEWEST = 3
_SHORTEST_S = 60.0


def pace_per_hour(decided: int, *, elapsed_s: float) -> int | None:
    """Decisions an hour; none before three decisions and one minute, when it would be noise."""
    if decided < _FEWEST or elapsed_s < _SHORTEST_S:
        return None
    return round(decided * 3600 / elapsed_s)
