"""Baichuan2's output head: every token's row of the output matrix has length 1, whatever is stored.

What is stored, trained and saved are the rows as they are; what hidden states are projected with are the rows
normalised. Whoever projects by the matrix alone takes it from `NormalisedHead`.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

__all__ = ["NormHead", "NormalisedHead"]

_SMALLEST = 1e-12
"""Lengths below count as this one, so that a row of zeros stays one: `torch.nn.functional.normalize`'s own."""


class NormHead(nn.Module):
    """Hidden states to logits by the normalised rows of `weight` (V, D), which holds them as they are.

    It is no `nn.Linear`, so that adapters and quantisers, which would use `weight` as it is, leave it alone.
    """

    def __init__(self, hidden_size: int, vocab_size: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(vocab_size, hidden_size))
        self._scales: tuple[tuple[Any, ...], Tensor] | None = None

    def rows(self) -> Tensor:
        """The normalised rows (V, D), with a gradient to `weight`."""
        return F.normalize(self.weight, eps=_SMALLEST)

    def forward(self, hidden: Tensor) -> Tensor:
        if self.training or (torch.is_grad_enabled() and self.weight.requires_grad):
            return F.linear(hidden, self.rows())
        return (F.linear(hidden, self.weight) * self._row_scales()).to(hidden.dtype)

    def train(self, mode: bool = True) -> NormHead:
        """Forgets the lengths of the rows: between training and inference the weight may have changed in place."""
        self._scales = None
        return super().train(mode)

    def _row_scales(self) -> Tensor:
        """One over each row's length (V), in float32: computed once for a weight, not once for a token."""
        weight = self.weight.detach()
        now = (weight.data_ptr(), weight.device, weight.dtype, None if weight.is_inference() else weight._version)
        if self._scales is None or self._scales[0] != now:
            lengths = torch.linalg.vector_norm(weight, dim=1, dtype=torch.float32)
            self._scales = (now, lengths.clamp_min(_SMALLEST).reciprocal())
        return self._scales[1]

    def extra_repr(self) -> str:
        vocab_size, hidden_size = self.weight.shape
        return f"{hidden_size}, {vocab_size}"


class NormalisedHead:
    """A head as one forward pass of a trainer sees it: `weight` is normalised, once, and has a gradient."""

    bias = None

    def __init__(self, head: nn.Module) -> None:
        self.head = head

    @cached_property
    def weight(self) -> Tensor:
        """The normalised rows (V, D) of whichever copy of the head is trained."""
        return F.normalize(self.head.weight, eps=_SMALLEST)  # type: ignore[arg-type]  # a tensor of any head
