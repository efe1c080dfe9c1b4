"""What is asked of the engine and what it tells: a reply that is wanted, its pieces, how it ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pedcorpus.inference.generation import Generation

__all__ = ["Ending", "EngineStopped", "Piece", "QueueFull", "Tell", "Wanted"]


class Ending(StrEnum):
    """Why a reply ended."""

    STOP = "stop"
    """The model ended it, or a stop string came."""
    LENGTH = "length"
    """As many tokens as were asked for, or as the context holds."""
    CUT = "cut"
    """The engine was stopped."""
    LEFT = "left"
    """Whoever asked does not want it any more."""
    FAILED = "failed"
    """The model could not go on; `Piece.error` says why."""


@dataclass(frozen=True)
class Wanted:
    """One reply that is asked for."""

    prompt: Sequence[int]
    """Token ids, at least one, fewer than the context."""
    generation: Generation
    stop: tuple[str, ...] = ()
    """Texts before which the reply ends."""


class Piece(NamedTuple):
    """A part of a reply; its last one says how it ended."""

    text: str
    tokens: int
    """Tokens made so far, the one that ended it included."""
    ending: Ending | None = None
    error: str = ""


Tell = Callable[[Piece], None]
"""Is told each piece, in the engine's thread; it must be quick."""


class QueueFull(Exception):
    """Raised when as many requests wait as may."""


class EngineStopped(Exception):
    """Raised when a stopped engine is asked for a reply."""
