"""How Baichuan2 tells attention where tokens stand: rotary positions in the 7B, ALiBi in the 13B.

Both are written into queries and keys, so that every attention function serves both, and neither needs a mask of its
own. Positions count from the start of each document; what may attend to what is the mask's affair.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

__all__ = ["alibi_coordinates", "alibi_slopes", "rotary_angles", "rotated", "with_coordinates"]

_BASE = 10_000.0
_EXTRA = 8
"""Coordinates added to each head: three hold the bias, the others keep the width a multiple of eight, as attention
kernels want it."""


def rotary_angles(position_ids: Tensor, *, head_dim: int) -> tuple[Tensor, Tensor]:
    """Cosines and sines (B, 1, S, head_dim / 2) in float32, pair i turning by position · 10000^(-2i / head_dim).

    Source: Su et al., RoFormer, arXiv 2104.09864, section 3.2.2.
    """
    pairs = torch.arange(0, head_dim, 2, device=position_ids.device, dtype=torch.float32)
    angles = position_ids[:, None, :, None].float() * _BASE ** (-pairs / head_dim)
    return angles.cos(), angles.sin()


def rotated(states: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
    """States (B, H, S, D) turned; coordinate i pairs with i + D/2, as in Llama. In float32, whatever they are."""
    first, second = states.float().chunk(2, dim=-1)
    turned = torch.cat((first * cosines - second * sines, second * cosines + first * sines), dim=-1)
    return turned.to(states.dtype)


def alibi_slopes(heads: int) -> list[float]:
    """One slope a head. Source: Press et al., Train Short, Test Long, arXiv 2108.12409, section 3.

    For n heads, n a power of two, a geometric sequence from 2^(-8/n) with that ratio; for others the sequence of the
    power of two below, then every second one of that of the power above, as the authors' code has it.
    """
    below = 2 ** math.floor(math.log2(heads))
    own = [2 ** (-8 * (i + 1) / below) for i in range(below)]
    between = [2 ** (-8 * (i + 1) / (2 * below)) for i in range(0, 2 * below, 2)]
    return own + between[: heads - below]


def alibi_coordinates(position_ids: Tensor, *, heads: int, head_dim: int, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """What queries (1, 1, 1, 8) and keys (B, H, S, 8) get beside their own coordinates.

    ALiBi adds -slope · (i - j) to the score of query i and key j. Softmax does not see what is the same for all keys of
    a query, so slope · j does as well: a product of one coordinate of the query, the same for all, and one of the key.
    Attention scales scores by head_dim^-1/2; the coordinates undo that. Numbers of 16 bits would round the bias of
    distant keys by several, so that it stands in three parts that add up to float32's.
    """
    of_query = 2.0 ** round(math.log2(head_dim) / 2)  # a power of two, which no type rounds
    slopes = torch.tensor(alibi_slopes(heads), device=position_ids.device, dtype=torch.float32)
    rest = position_ids[:, None, :].float() * slopes[:, None] * (math.sqrt(head_dim) / of_query)
    parts = []
    for _ in range(3):
        parts.append(rest.to(dtype))
        rest = rest - parts[-1].float()
    keys = F.pad(torch.stack(parts, dim=-1), (0, _EXTRA - len(parts)))
    queries = F.pad(torch.full((1, 1, 1, len(parts)), of_query, device=keys.device, dtype=dtype), (0, _EXTRA - 3))
    return queries, keys


def with_coordinates(states: Tensor, coordinates: Tensor) -> Tensor:
    """States (B, H, S, D) with further coordinates, (B, H, S, D + 8)."""
    return torch.cat((states, coordinates.expand(*states.shape[:-1], -1)), dim=-1)
