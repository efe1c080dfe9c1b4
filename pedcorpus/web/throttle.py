"""How long to wait after wrong tokens, for each address and for all of them together; remembers boundedly."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

__all__ = ["Throttle"]

_FREE = 5
"""Wrong tokens of one address that cost no wait."""
_LONGEST_S = 900.0
_FREE_OF_ALL = 100
_LONGEST_OF_ALL_S = 30.0
_HALF_LIFE_S = 600.0
"""In this time half of what went wrong is forgotten."""
_ADDRESSES = 4096
_TRUSTED = 1024
_MOST_DOUBLINGS = 20


class _Count:
    """Failures that fade, and until when nobody may try."""

    def __init__(self, *, free: int, longest_s: float) -> None:
        self._free = free
        self._longest_s = longest_s
        self._failures = 0.0
        self._at = 0.0
        self._closed_until = float("-inf")

    def add(self, now: float) -> None:
        self._failures = self._failures * 0.5 ** ((now - self._at) / _HALF_LIFE_S) + 1
        self._at = now
        beyond = self._failures - self._free
        if beyond > 0:
            self._closed_until = now + min(2.0 ** min(beyond, _MOST_DOUBLINGS), self._longest_s)

    def wait_s(self, now: float) -> float:
        return max(self._closed_until - now, 0.0)


class Throttle:
    """Doubles the wait with each wrong token; an address that has logged in before does not wait for the others."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._counts: OrderedDict[str, _Count] = OrderedDict()
        self._all = _Count(free=_FREE_OF_ALL, longest_s=_LONGEST_OF_ALL_S)
        self._trusted: OrderedDict[str, None] = OrderedDict()

    def wait_s(self, address: str) -> float:
        """Seconds until `address` may try again; 0 for now."""
        now = self._clock()
        own = self._counts[address].wait_s(now) if address in self._counts else 0.0
        return own if address in self._trusted else max(own, self._all.wait_s(now))

    def failed(self, address: str) -> None:
        """A wrong token came from `address`."""
        now = self._clock()
        count = self._counts.setdefault(address, _Count(free=_FREE, longest_s=_LONGEST_S))
        count.add(now)
        self._all.add(now)
        _keep(self._counts, address, _ADDRESSES)

    def succeeded(self, address: str) -> None:
        """Somebody logged in from `address`."""
        self._counts.pop(address, None)
        self._trusted[address] = None
        _keep(self._trusted, address, _TRUSTED)


def _keep(book: OrderedDict[str, _Count] | OrderedDict[str, None], address: str, most: int) -> None:
    book.move_to_end(address)
    if len(book) > most:
        book.popitem(last=False)
