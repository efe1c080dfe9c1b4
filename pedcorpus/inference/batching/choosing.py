"""The next token of each reply in work: the likeliest one, or drawn by the reply's own seed.

Does for rows that asked for different things what transformers' `generate` does for one. Axes: B rows,
V the vocabulary, N tokens of a reply.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from pedcorpus.inference.generation import Generation

__all__ = ["Chooser"]

_BLOCK_N = 256


@dataclass
class _Row:
    generation: Generation
    dice: torch.Generator | None
    recorded: int = 0
    """Tokens that are remembered for the penalty; where no row has one, none are."""


class Chooser:
    """Rows as a `Decoder` has them."""

    def __init__(self) -> None:
        self._rows: list[_Row] = []
        self._penalises = False  # any row, since there were none
        self._made_BN = torch.zeros(0, _BLOCK_N, dtype=torch.long)
        self._penalty_B1 = torch.ones(0, 1)

    def join(self, generations: Sequence[Generation]) -> None:
        """Adds rows of which nothing is made yet."""
        self._rows += [_Row(generation, _dice(generation)) for generation in generations]
        if not self._penalises and any(generation.repetition_penalty != 1 for generation in generations):
            self._penalises = True
            for row in self._rows:
                row.recorded = 0

    def next(self, scores_BV: Tensor) -> list[int | None]:
        """The next token of each row. None for scores that are no numbers."""
        scores_BV = scores_BV.float()
        if not self._penalises:
            return _chosen(scores_BV, self._rows)
        self._make_room(scores_BV.device)
        tokens = _chosen(self._penalised(scores_BV), self._rows)
        self._record(tokens)
        return tokens

    def leave(self, row: int) -> None:
        """Forgets a row; the last one has its number from now on."""
        last = len(self._rows) - 1
        if self._penalises:
            self._made_BN[row] = self._made_BN[last]
            self._penalty_B1[row] = self._penalty_B1[last]
        self._rows[row] = self._rows[last]
        self._rows.pop()
        self._penalises = self._penalises and bool(self._rows)

    def clear(self) -> None:
        """Forgets all rows."""
        self._rows.clear()
        self._penalises = False

    def _penalised(self, scores_BV: Tensor) -> Tensor:
        """Tokens of the reply itself made less likely, as `Generation.repetition_penalty` says."""
        width = max(row.recorded for row in self._rows)
        if not width:
            return scores_BV
        made_BN, penalty_B1 = self._made_BN[: len(self._rows), :width], self._penalty_B1[: len(self._rows)].clone()
        fresh = [number for number, row in enumerate(self._rows) if not row.recorded]
        penalty_B1[fresh] = 1.0  # these rows still hold another reply's tokens
        old_BN = scores_BV.gather(1, made_BN)
        new_BN = torch.where(old_BN < 0, old_BN * penalty_B1, old_BN / penalty_B1)
        return scores_BV.scatter(1, made_BN, new_BN)

    def _record(self, tokens: Sequence[int | None]) -> None:
        for number, (row, token) in enumerate(zip(self._rows, tokens, strict=True)):
            if not row.recorded:  # the whole row, so that what is not made yet penalises nothing else
                self._made_BN[number] = token or 0
                self._penalty_B1[number] = row.generation.repetition_penalty
            row.recorded += 1
        places = torch.tensor([row.recorded - 1 for row in self._rows])
        made_B = torch.tensor([token or 0 for token in tokens], device=self._made_BN.device)
        self._made_BN[torch.arange(len(tokens)), places] = made_B

    def _make_room(self, device: torch.device) -> None:
        rows, block = self._made_BN.shape
        most = max(row.recorded for row in self._rows)
        if len(self._rows) <= rows and most < block:
            return
        more = max(len(self._rows) - rows, 0)
        wide_BN = self._made_BN[:, :1].repeat(1, block if most < block else 2 * block).to(device)
        wide_BN[:, :block] = self._made_BN
        self._made_BN = torch.cat([wide_BN, wide_BN.new_zeros(more, wide_BN.shape[1])])
        self._penalty_B1 = torch.cat([self._penalty_B1.to(device), torch.ones(more, 1, device=device)])


def _dice(generation: Generation) -> torch.Generator | None:
    return torch.Generator().manual_seed(generation.seed) if generation.temperature > 0 else None


def _chosen(scores_BV: Tensor, rows: Sequence[_Row]) -> list[int | None]:
    highest_B, likeliest_B = scores_BV.max(dim=-1)
    tokens: list[int | None] = [
        token if math.isfinite(highest) else None
        for token, highest in zip(likeliest_B.tolist(), highest_B.tolist(), strict=True)
    ]
    for number, row in enumerate(rows):
        if row.dice is not None and tokens[number] is not None:
            tokens[number] = _drawn(scores_BV[number].cpu(), row.generation, row.dice)
    return tokens


def _drawn(scores_V: Tensor, generation: Generation, dice: torch.Generator) -> int:
    scores_V = scores_V / generation.temperature
    if generation.top_p < 1:
        ascending_V, tokens_V = scores_V.sort()
        unlikely_V = ascending_V.softmax(-1).cumsum(-1) <= 1 - generation.top_p
        unlikely_V[-1] = False
        scores_V = scores_V.index_fill(0, tokens_V[unlikely_V], -torch.inf)
    return int(torch.multinomial(scores_V.softmax(-1), 1, generator=dice))
