"""Whether a model's replies may share a cache of rows: what it says of itself, and a trial."""

from __future__ import annotations

from typing import Any

import torch

from pedcorpus.inference.batching.alone import has_learnt_prompt
from pedcorpus.inference.batching.shared import FULL, SLIDING, SharedDecoder, attention_kinds

__all__ = ["can_share"]

_TRIAL = ((3, 5, 7, 11, 13), (2, 4))
"""Two prompts of unequal length; any tokens do."""
_IN_PIECES = (6, 8, 9, 10, 12)
"""A third one, read in two pieces."""
_TOLERATED = 0.05
"""Deviation of scores, as a share of their spread, that rounding may explain in 16 bits."""


def can_share(model: Any, bare: Any) -> bool:
    """Whether `bare`, the model without PEFT's wrapper, answers in rows as it answers alone.

    Other attention than full or sliding, states beside keys and values, or an adapter that changes what is read from
    the cache: such a model answers one request after the other.
    """
    if has_learnt_prompt(model):
        return False
    if not attention_kinds(bare.config) <= {FULL, SLIDING} or getattr(bare, "_is_stateful", False):
        return False
    if getattr(bare.config, "_attn_implementation", "") not in ("sdpa", "eager"):
        return False
    try:
        return _deviation(bare) <= _TOLERATED
    except (TypeError, ValueError, RuntimeError, AttributeError, IndexError, KeyError, NotImplementedError):
        return False  # a model that takes its cache or its masks otherwise


@torch.inference_mode()
def _deviation(model: Any) -> float:
    prompts = (*_TRIAL, _IN_PIECES)
    decoder = SharedDecoder(model, rows=len(prompts))
    decoder.join(_TRIAL)
    decoder.read(_IN_PIECES[:2], start=0)
    decoder.join([_IN_PIECES], start=2)
    together_BV = decoder.step([prompt[-1] for prompt in prompts]).float()
    alone = [model(torch.tensor([prompt], device=model.device)).logits[0, -1].float() for prompt in prompts]
    alone_BV = torch.stack(alone)
    return float((together_BV - alone_BV).abs().max() / alone_BV.std())
