"""One reply at a time with the model's own cache: for models whose cache cannot be shared among replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from pedcorpus.inference.prompt import context_of

__all__ = ["AloneDecoder"]


class AloneDecoder:
    """A `Decoder` of one row."""

    rows = 1

    def __init__(self, model: Any) -> None:
        self._model = model
        self._cache: Any = None
        self.context = context_of(model)

    def read(self, ids: Sequence[int], *, start: int) -> None:
        """Leaves it to `join`: nobody else goes on meanwhile, and not every model reads in pieces what it reads."""

    @torch.inference_mode()
    def join(self, prompts: Sequence[Sequence[int]], *, start: int = 0) -> None:  # noqa: ARG002  # see `read`
        (prompt,) = prompts
        self._cache = None
        if len(prompt) > 1:
            self._scores(prompt[:-1])

    @torch.inference_mode()
    def step(self, tokens: Sequence[int]) -> Tensor:
        return self._scores(tokens)

    def leave(self, row: int) -> None:  # noqa: ARG002  # there is one
        self._cache = None

    def clear(self) -> None:
        self._cache = None

    def _scores(self, ids: Sequence[int]) -> Tensor:
        given = torch.tensor([list(ids)], device=self._model.device)
        output = self._model(input_ids=given, past_key_values=self._cache, use_cache=True, logits_to_keep=1)
        self._cache = output.past_key_values
        scores: Tensor = output.logits[:, -1]
        return scores
