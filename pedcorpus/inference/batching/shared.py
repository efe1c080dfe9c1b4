"""Several replies at once over one cache of rows. For models with full or sliding-window attention alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from pedcorpus.inference.batching.rows import RowCache
from pedcorpus.inference.prompt import context_of

__all__ = ["SharedDecoder", "attention_kinds"]

FULL, SLIDING = "full_attention", "sliding_attention"


def attention_kinds(config: Any) -> frozenset[str]:
    """Kinds of attention that a model's layers have, in transformers' words."""
    window = getattr(config, "sliding_window", None)
    types = getattr(config, "layer_types", None)
    if types:
        return frozenset(types)
    return frozenset([SLIDING if window and getattr(config, "use_sliding_window", True) else FULL])


class SharedDecoder:
    """A `Decoder` of many rows."""

    def __init__(self, model: Any, *, rows: int) -> None:
        """`model` is no PeftModel but what one wraps: each layer carries its adapter."""
        self._model = model
        self._kinds = attention_kinds(model.config)
        self._window = getattr(model.config, "sliding_window", None)
        self.rows = rows
        self.context = context_of(model)
        self._lengths: list[int] = []
        self._ahead = 0  # columns of the row after these: a prompt of which pieces have been read
        self._device, self._dtype = model.device, model.dtype  # each walks through all weights when asked for
        self._cache = RowCache(rows=rows, columns=self.context, device=self._device)
        self._columns_N = torch.arange(self.context, device=self._device)
        self._nothing = torch.empty(0, dtype=torch.long, device=self._device)

    @torch.inference_mode()
    def read(self, ids: Sequence[int], *, start: int) -> None:
        self._ahead = 0
        self._read([ids], start)
        self._ahead = start + len(ids)

    @torch.inference_mode()
    def join(self, prompts: Sequence[Sequence[int]], *, start: int = 0) -> None:
        self._ahead = 0
        self._read([prompt[start:-1] for prompt in prompts], start)
        self._lengths += [len(prompt) - 1 for prompt in prompts]

    @torch.inference_mode()
    def step(self, tokens: Sequence[int]) -> Tensor:
        self._cache.step(self._lengths)
        device = self._device
        positions_B1 = torch.tensor(self._lengths, device=device)[:, None]
        scores_BSV = self._forward(torch.tensor(tokens, device=device)[:, None], positions_B1, self._masks(), 1)
        self._lengths = [length + 1 for length in self._lengths]
        return scores_BSV[:, -1]

    @torch.inference_mode()
    def leave(self, row: int) -> None:
        last = len(self._lengths) - 1
        if row != last:
            self._cache.move(last, row, columns=self._lengths[last])
        self._lengths[row] = self._lengths[last]
        self._lengths.pop()
        if self._ahead:
            self._cache.move(last + 1, last, columns=self._ahead)

    def clear(self) -> None:
        self._lengths, self._ahead = [], 0
        self._cache.drop()

    def _read(self, pieces: Sequence[Sequence[int]], start: int) -> None:
        """Reads pieces of prompts into the rows after those in work, from column `start` on."""
        first, longest = len(self._lengths), max(len(piece) for piece in pieces)
        if not longest:
            return
        self._cache.read(slice(first, first + len(pieces)), start=start, end=start + longest)
        padded = [[*piece, *[0] * (longest - len(piece))] for piece in pieces]
        ids_KS = torch.tensor(padded, device=self._device)
        self._forward(ids_KS, self._columns_N[None, start : start + longest], None, self._nothing)

    def _forward(self, ids: Tensor, positions: Tensor, masks: Any, kept: Any) -> Tensor:
        output = self._model(
            input_ids=ids,
            attention_mask=masks,
            position_ids=positions,
            past_key_values=self._cache,
            use_cache=True,
            logits_to_keep=kept,
        )
        logits: Tensor = output.logits
        return logits

    def _masks(self) -> Any:
        """What a step's tokens may attend to, in the form that the model takes; none for everything."""
        masks = {kind: self._mask(self._window if kind == SLIDING else None) for kind in self._kinds}
        return masks if len(masks) > 1 else next(iter(masks.values()))

    def _mask(self, window: int | None) -> Tensor | None:
        """(B, 1, 1, N), added to the scores of columns; those after a row's token and before its window are out."""
        longest = max(self._lengths)
        if min(self._lengths) == longest and (window is None or longest < window):
            return None
        columns_N, own_B1 = self._columns_N[: longest + 1], torch.tensor(self._lengths, device=self._device)[:, None]
        out_BN = columns_N > own_B1
        if window is not None:
            out_BN |= columns_N <= own_B1 - window
        mask_BN = torch.zeros(out_BN.shape, dtype=self._dtype, device=self._device)
        return mask_BN.masked_fill_(out_BN, torch.finfo(self._dtype).min)[:, None, None]
