"""How a long step tells what it has done, without knowing who listens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["NO_PROGRESS", "Progress", "Stage"]


class Stage(Protocol):
    """One running stage."""

    def advance(self, done: float = 1) -> None:
        """`done` more of the stage's total are finished."""

    def count(self, what: str, done: int = 1) -> None:
        """`done` more of `what`, as files or pages: shown with how many a second instead of the stage's own parts."""

    def say(self, words: str) -> None:
        """What stands beside the bar from now on, as what has been spent."""


class Progress(Protocol):
    """A listener; the command line draws bars, tests and scripts take NO_PROGRESS."""

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Stage]:
        """A stage of `total` equal parts, from now to the end of the block."""
        ...


class _Silence:
    def advance(self, done: float = 1) -> None:
        """Nobody listens."""

    def count(self, what: str, done: int = 1) -> None:
        """Nobody listens."""

    def say(self, words: str) -> None:
        """Nobody listens."""

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Stage]:  # noqa: ARG002 - the protocol's signature
        yield self


NO_PROGRESS: Progress = _Silence()
