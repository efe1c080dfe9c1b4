"""Choosing by hash instead of by chance: the same key makes the same choice everywhere and for ever."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from pedcorpus.records import content_id

__all__ = ["fraction", "pick", "ranked"]

T = TypeVar("T")


def ranked(options: Iterable[T], *key: object) -> list[T]:
    """`options` in an order that `key` decides; adding an option does not reorder the others."""
    parts = [str(part) for part in key]
    return sorted(options, key=lambda option: content_id(*parts, str(option)))


def pick(options: Sequence[T], *key: object) -> T:
    """One of `options`, decided by `key`."""
    return ranked(options, *key)[0]


def fraction(*key: object) -> float:
    """A number from 0 up to, not including, 1, decided by `key`."""
    return int(content_id(*(str(part) for part in key))[:12], 16) / 16**12
