"""In which order pre-training sees text and instructions, over the whole of the training and not each pass anew."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedcorpus.training.drawing import Numbers, draw_keys

__all__ = ["scheduled"]


def scheduled(is_instruction: NDArray[np.bool_], total: int, *, schedule: str, seed: int) -> Numbers:
    """Numbers of the `total` sequences that training sees, in order.

    Of all of them, as large a share are instructions as of the sequences there are. `instructions_last` has them at the
    end; with `ramp` their share grows evenly, from nothing to twice the mean, or from there to 1 where they are more
    than half. Each side is gone through in a drawn order, and again in another once it is through.
    """
    share = is_instruction.mean()
    grown = np.rint(_grown(np.arange(total + 1) / max(total, 1), share, schedule) * total).astype(np.int64)
    comes_now = np.diff(grown) > 0
    order = np.empty(total, np.int64)
    for side in (False, True):
        order[comes_now == side] = _passes(np.flatnonzero(is_instruction == side), int((comes_now == side).sum()), seed)
    return order


def _grown(at: NDArray[np.float64], share: float, schedule: str) -> NDArray[np.float64]:
    """How many instructions there were up to each moment from 0 to 1, as a share of everything."""
    if schedule == "instructions_last":
        return np.maximum(at - (1 - share), 0)
    first, last = max(0.0, 2 * share - 1), min(1.0, 2 * share)
    return first * at + (last - first) * at * at / 2


def _passes(numbers: Numbers, count: int, seed: int) -> Numbers:
    """`count` of `numbers`, a drawn order after the other; each pass has all of them once."""
    passes = [numbers[np.argsort(draw_keys(numbers, seed + turn))] for turn in range(-(-count // max(len(numbers), 1)))]
    return np.concatenate([*passes, numbers[:0]])[:count]
