"""How far a run is, told to whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["OnProgress", "Progress"]


@dataclass(frozen=True)
class Progress:
    """Told when a phase begins, before its first step and after each one."""

    phase: str
    step: int
    total: int
    """Steps of the phase; 0 while model and data are being made ready."""
    loss: float | None
    """The newest that was logged."""
    tokens_per_s: float | None = None
    """Over the last steps; none before the first one is done."""


OnProgress = Callable[[Progress], None]
