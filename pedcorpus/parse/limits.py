"""The limits that hold for the file being read, wherever in the room they are asked for; and the time it may take.

`original.limits` has them where there is an `Original`; deep inside a cell or a formula `limits_in_force` has the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import Context, ContextVar, copy_context
from dataclasses import dataclass

from pedcorpus.errors import InputError
from pedcorpus.limits import Limits

__all__ = ["Deadline", "Limits", "limited", "limits_in_force"]

_IN_FORCE = ContextVar("limits", default=Limits())  # noqa: B039 - frozen
limits_in_force: Callable[[], Limits] = _IN_FORCE.get
"""The limits of the file that is being read; the defaults outside of `limited`."""


def limited(limits: Limits) -> Context:
    """A context to run a reader in, or each step of one, so that `limits` are in force there and nowhere else."""
    context = copy_context()
    context.run(_IN_FORCE.set, limits)
    return context


@dataclass
class Deadline:
    """The time that one file may take, running from the moment this is made."""

    path: str
    seconds: float
    clock: Callable[[], float] = time.process_time

    def __post_init__(self) -> None:
        self._end = self.clock() + self.seconds

    def check(self, at: str) -> None:
        """Nothing while there is time.

        Raises:
            InputError: the file has had its time; `at` says how far reading had come.
        """
        if self.clock() > self._end:
            detail = (
                f"took more than {self.seconds:g} s of processor time up to {at}; split the file or raise the limit"
            )
            raise InputError(self.path, "too_slow", detail)
