"""How much of one file a parser may take on before it refuses it: no file may cost the whole run.

The one place where these bounds are written down. Each is generous for a real book and small for an attack;
`Original.limits` hands them to every parser.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from pedcorpus.errors import InputError

__all__ = ["Deadline", "Limits"]


@dataclass(frozen=True)
class Limits:
    """Bounds on one file."""

    pages: int = 20_000
    """Pages of a PDF."""
    page_glyphs: int = 200_000
    """Characters on one page; a newspaper's has 20,000. A page with more is a failure, the others are read."""
    seconds: float = 3600.0
    """Processor time spent on one file. Asked between pages or rows, so that one of them may overrun it."""


@dataclass
class Deadline:
    """The time that a file may take, running from the moment this is made."""

    path: str
    seconds: float
    clock: Callable[[], float] = time.process_time

    def __post_init__(self) -> None:
        self._end = self.clock() + self.seconds

    def check(self, at: str) -> None:
        """Go on while there is time.

        Raises:
            InputError: the file has had its time; `at` says how far reading had come.
        """
        if self.clock() > self._end:
            detail = f"took more than {self.seconds:g} s of processor time, up to {at}; split the file, or raise the limit"
            raise InputError(self.path, "too_slow", detail)
