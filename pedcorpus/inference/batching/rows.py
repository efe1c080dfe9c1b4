"""Keys and values of several replies in one block of memory: each reply a row, each token at the place it stands at.

Rows begin at the left, so that a token's column is its position: nothing is moved when rows of other lengths join, and
windows and distances are right without regard to padding. What lies right of a row's end is never attended to and
overwritten later. Memory grows with what is in use and is given up with `drop`.

Axes: B rows, K rows that are read together, H heads, N columns, S tokens of this step, D width of a head.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from transformers.cache_utils import Cache

__all__ = ["RowCache"]

_BLOCK_N = 256


class RowCache(Cache):
    """A cache as transformers' models take it. Before each forward pass say `read` or `step`."""

    is_sliding = (False,)  # type: ignore[assignment]  # asked for at each pass; the window is the mask's affair
    is_linear = (False,)  # type: ignore[assignment]
    is_dummy = (False,)  # type: ignore[assignment]

    def __init__(self, *, rows: int, columns: int, device: torch.device) -> None:
        """At most so many rows and columns."""
        super().__init__(layers=[])
        self._device = device
        self._most = (rows, columns)
        self._size = (0, 0)
        self._lost = False
        self._keys: list[Tensor] = []  # each (B, N, H, D), so that a step writes whole rows of memory
        self._values: list[Tensor] = []
        self._rows = slice(0, 0)  # what this pass is about
        self._start, self._end = 0, 0
        self._places: Tensor | None = None  # of each new token of a step, counted through all rows

    def read(self, rows: slice, *, start: int, end: int) -> None:
        """The next pass writes columns `start` to `end` of `rows`."""
        self._make_room(rows.stop, end)
        self._rows, self._start, self._end, self._places = rows, start, end, None

    def step(self, columns: list[int]) -> None:
        """The next pass writes one token a row, at these columns."""
        last = max(columns)
        self._make_room(len(columns), last + 1)
        self._rows, self._start, self._end = slice(0, len(columns)), last, last + 1
        places = [row * self._size[1] + column for row, column in enumerate(columns)]
        self._places = torch.tensor(places, device=self._device)

    def move(self, source: int, target: int, *, columns: int) -> None:
        """Copies a row over another."""
        for block in (*self._keys, *self._values):
            block[target, :columns] = block[source, :columns]

    def drop(self) -> None:
        """Gives all memory up."""
        self._keys, self._values, self._size, self._lost = [], [], (0, 0), False

    def update(
        self, key_states: Tensor, value_states: Tensor, layer_idx: int, *args: Any, **kwargs: Any
    ) -> tuple[Tensor, Tensor]:
        del args, kwargs  # of other caches
        if layer_idx == len(self._keys):
            self._keys.append(self._new(key_states))
            self._values.append(self._new(value_states))
        return self._written(self._keys[layer_idx], key_states), self._written(self._values[layer_idx], value_states)

    def get_seq_length(self, layer_idx: int = 0) -> int:  # noqa: ARG002  # all are alike
        return self._start

    def get_mask_sizes(self, query_length: int, layer_idx: int) -> tuple[int, int]:  # noqa: ARG002
        return self._end, 0

    def get_max_length(self, layer_idx: int | None = None) -> int:  # noqa: ARG002
        return self._most[1]

    def _written(self, block: Tensor, states: Tensor) -> Tensor:
        _, most, heads, width = block.shape
        if self._places is None:
            block[self._rows, self._start : self._end] = states.transpose(1, 2)
        else:
            block.view(-1, heads, width).index_copy_(0, self._places, states[:, :, 0])
        rows = self._rows.stop - self._rows.start
        size, strides = (rows, heads, self._end, width), (most * heads * width, width, heads * width, 1)
        return block.as_strided(size, strides, self._rows.start * strides[0])

    def _new(self, states: Tensor) -> Tensor:
        _, heads, _, width = states.shape
        return states.new_zeros(*self._size, heads, width)  # masks could not hide garbage: 0 times NaN

    def _make_room(self, rows: int, columns: int) -> None:
        if self._lost:
            raise RuntimeError("there was too little memory for the replies in work")
        size = (_grown(self._size[0], rows, self._most[0], 1), _grown(self._size[1], columns, self._most[1], _BLOCK_N))
        if size == self._size:
            return
        self._lost = True  # until all have grown: blocks of unequal size would mix rows up
        for blocks in (self._keys, self._values):
            for number, old in enumerate(blocks):  # one at a time: the old ones are given up on the way
                blocks[number] = old.new_zeros(*size, *old.shape[2:])
                blocks[number][: old.shape[0], : old.shape[1]] = old
        self._size, self._lost = size, False


def _grown(size: int, needed: int, most: int, block: int) -> int:
    """A size of at least `needed`: doubled until it suffices, so that growing costs little in all."""
    while size < needed:
        size = min(max(2 * size, block), most)
        if size == most:
            break
    return max(size, needed)
