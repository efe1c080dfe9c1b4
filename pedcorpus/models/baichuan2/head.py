"""Baichuan2's output head: every token's row of the output matrix has length 1, whatever is stored.

What is stored, trained and saved are the rows as they are; what hidden states are projected with are the rows
normalised. Whoever projects by the matrix alone, as TRL's trainers do, takes it from `NormalisedRows`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

__all__ = ["NormHead", "NormalisedRows"]

_SMALLEST = 1e-12
"""Lengths below count as this one, so that a row of zeros stays one."""


class _Normalised(torch.autograd.Function):
    """Rows over their lengths. It keeps its outcome only: ZeRO-3 has taken the weight back before the backward pass."""

    @staticmethod
    def forward(ctx: Any, weight: Tensor) -> Tensor:
        lengths = _lengths(weight).unsqueeze(1)
        rows = torch.div(weight, lengths, out=torch.empty_like(weight))  # rounded once, at the end
        ctx.save_for_backward(rows, lengths)
        return rows

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        rows, lengths = ctx.saved_tensors
        along = torch.linalg.vecdot(gradient, rows).unsqueeze(1)  # (V, 1); a row's own length changes nothing
        return torch.addcmul(gradient, along, rows, value=-1).div_(lengths.to(gradient.dtype))


def _lengths(weight: Tensor) -> Tensor:
    """Of each row (V), in float32 at least."""
    exact = torch.promote_types(weight.dtype, torch.float32)
    lengths: Tensor = torch.linalg.vector_norm(weight, dim=1, dtype=exact)
    return lengths.clamp_min(_SMALLEST)


class NormHead(nn.Module):
    """Hidden states to logits by the normalised rows of `weight` (V, D), which holds them as they are.

    It is no `nn.Linear`, so that adapters and quantisers, which would use `weight` as it is, leave it alone.
    """

    def __init__(self, hidden_size: int, vocab_size: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(vocab_size, hidden_size))
        self.normalised = NormalisedRows(self)
        self._scales: tuple[tuple[Any, ...], Tensor] | None = None

    def rows(self) -> Tensor:
        """The normalised rows (V, D), with a gradient to `weight`."""
        with _whole(self.weight):
            rows: Tensor = _Normalised.apply(self.weight)
            return rows

    def forward(self, hidden: Tensor) -> Tensor:
        if self.training or (torch.is_grad_enabled() and self.weight.requires_grad):
            return F.linear(hidden, self.rows())
        return (F.linear(hidden, self.weight) * self._row_scales()).to(hidden.dtype)

    def train(self, mode: bool = True) -> NormHead:
        """Forgets the lengths of the rows: training may change the weight in ways that leave no trace."""
        self._scales = None
        return super().train(mode)

    def _row_scales(self) -> Tensor:
        """One over each row's length (V), in float32: computed once for a weight, not once for a token."""
        weight = self.weight.detach()
        now = (weight.data_ptr(), weight.device, weight.dtype, None if weight.is_inference() else weight._version)
        if self._scales is None or self._scales[0] != now:
            with torch.inference_mode(False):  # so that a later pass with gradients may use them
                self._scales = (now, _lengths(weight).reciprocal())
        return self._scales[1]

    def extra_repr(self) -> str:
        vocab_size, hidden_size = self.weight.shape
        return f"{hidden_size}, {vocab_size}"


class NormalisedRows(nn.Module):
    """A head as one that is what its `weight` says: the rows are normalised each time they are asked for."""

    bias = None

    def __init__(self, head: NormHead) -> None:
        super().__init__()
        self._heads = (head,)  # in a tuple, so that the head is no part of its own part

    @property
    def head(self) -> NormHead:
        """The head whose rows these are."""
        return self._heads[0]

    @property
    def weight(self) -> Tensor:
        """The normalised rows (V, D), with a gradient to the head's weight."""
        rows = self.head.rows()
        if hasattr(self.head.weight, "ds_status"):
            from deepspeed.runtime.zero.partition_parameters import ZeroParamStatus

            rows.ds_status = ZeroParamStatus.AVAILABLE  # type: ignore[attr-defined]  # TRL asks, to gather what is not
        return rows

    def forward(self, hidden: Tensor) -> Tensor:
        logits: Tensor = self.head(hidden)
        return logits


@contextmanager
def _whole(weight: nn.Parameter) -> Iterator[None]:
    """Under DeepSpeed's ZeRO-3, the weight from all processes' parts until the block ends; else as it is."""
    if not hasattr(weight, "ds_status"):
        yield
        return
    from deepspeed.runtime.zero import GatheredParameters
    from deepspeed.runtime.zero.partition_parameters import ZeroParamStatus

    with GatheredParameters([] if weight.ds_status == ZeroParamStatus.AVAILABLE else [weight]):
        yield
