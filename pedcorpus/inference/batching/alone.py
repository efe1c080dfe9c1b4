"""One reply at a time, with the model's own cache where it has one: for models that share none among replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from pedcorpus.inference.prompt import context_of

__all__ = ["AloneDecoder", "has_learnt_prompt"]


def has_learnt_prompt(model: Any) -> bool:
    """Whether an adapter puts vectors of its own before what is read: PEFT's prompt and prefix tuning."""
    return any(getattr(each, "is_prompt_learning", False) for each in getattr(model, "peft_config", {}).values())


class AloneDecoder:
    """A `Decoder` of one row. Where nothing is kept that a model could go on from, each token has all read again."""

    rows = 1

    def __init__(self, model: Any) -> None:
        self._model = model
        self._keeps = not has_learnt_prompt(model)  # it would be put before each piece anew
        self._cache: Any = None
        self._ids: list[int] = []
        self.context = context_of(model)

    def read(self, ids: Sequence[int], *, start: int) -> None:
        """Leaves it to `join`: nobody else goes on meanwhile, and not every model reads in pieces what it reads."""

    @torch.inference_mode()
    def join(self, prompts: Sequence[Sequence[int]], *, start: int = 0) -> None:  # noqa: ARG002  # see `read`
        (prompt,) = prompts
        self.clear()
        if self._keeps and len(prompt) > 1:
            self._scores(prompt[:-1])
        else:
            self._ids = list(prompt[:-1])

    @torch.inference_mode()
    def step(self, tokens: Sequence[int]) -> Tensor:
        return self._scores(tokens)

    def leave(self, row: int) -> None:  # noqa: ARG002  # there is one
        self.clear()

    def clear(self) -> None:
        self._cache, self._ids = None, []

    def _scores(self, ids: Sequence[int]) -> Tensor:
        self._ids += ids
        given = torch.tensor([self._ids if self._cache is None else list(ids)], device=self._model.device)
        output = self._model(input_ids=given, past_key_values=self._cache, use_cache=self._keeps, logits_to_keep=1)
        if self._keeps:
            self._cache = getattr(output, "past_key_values", None)  # states of other kinds are not gone on from
        scores: Tensor = output.logits[:, -1]
        return scores
