"""How a long step tells what it has done, without knowing who listens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["NO_PROGRESS", "Progress", "Stage"]


class Stage(Protocol):
    """One running stage."""

    def advance(self, done: int = 1) -> None:
        """`done` more are finished."""


class Progress(Protocol):
    """A listener; the command line draws bars, tests and scripts take NO_PROGRESS."""

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Stage]:
        """A stage of `total` equal parts, from now to the end of the block."""
        ...


class _Silence:
    def advance(self, done: int = 1) -> None:
        """Nobody listens."""

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Stage]:  # noqa: ARG002 - the protocol's signature
        yield self


NO_PROGRESS: Progress = _Silence()
