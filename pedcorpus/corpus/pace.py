"""How fast one program writes unit after unit: at full speed while it is alone, giving way where others wait for turns.

An ingest or a `curate` would else be at the file whenever a reviewer comes. Somebody who decides once in a while is
never held up by this.
"""

from __future__ import annotations

import time

__all__ = ["Pace"]

_SHARE = 0.25  # of the time, the most that one program writes among others
_AT_ONCE_S = 0.25  # who comes again within this writes unit after unit
_AMONG_OTHERS_S = 2.0  # how long nobody else has to be met until they are gone
_LONGEST_S = 0.5


class Pace:
    """Of one corpus as one program uses it."""

    def __init__(self) -> None:
        self._ended = self._met = float("-inf")
        self._held_s = 0.0

    def note(self, held_s: float, *, among_others: bool) -> None:
        """A unit of work that wrote has ended; `among_others` if its turn had to be waited for."""
        self._ended, self._held_s = time.monotonic(), held_s
        if among_others:
            self._met = self._ended

    def give_way(self) -> None:
        """Wait as long as it takes to leave others their share."""
        now = time.monotonic()
        if now - self._ended < _AT_ONCE_S and now - self._met < _AMONG_OTHERS_S:
            free_from = self._ended + min(self._held_s * (1 / _SHARE - 1), _LONGEST_S)
            time.sleep(max(free_from - now, 0))
