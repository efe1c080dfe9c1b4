"""What a trainer would change or waste while it is made ready, kept from it. Imports torch when called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["kept_precision", "light_tokenizer"]

_SOURCES = ("_vocab", "_merges")
"""Attributes of transformers' that hold what a tokenizer was made from."""


@contextmanager
def light_tokenizer(tokenizer: Any) -> Iterator[None]:  # of many classes
    """Until the block ends, `tokenizer` is without the lists that it was made from, where its Rust part has them too.

    `datasets` hashes a tokenizer for each thing that is done with rows; with 262,144 tokens and their merges in Python
    lists that took seven times as long as without.
    """
    inside = vars(tokenizer)
    names = _SOURCES if "_tokenizer" in inside else ()
    kept = {name: inside.pop(name) for name in names if name in inside}
    try:
        yield
    finally:
        inside.update(kept)


@contextmanager
def kept_precision(model: Any) -> Iterator[None]:  # a PreTrainedModel or a PeftModel, which share no type
    """Trained weights have the precision that they had before once the block ends.

    On a quantised model TRL makes them bfloat16, in which routers err and small steps are none.
    """
    before = [(weight, weight.data) for weight in model.parameters() if weight.requires_grad]
    yield
    for weight, data in before:
        if weight.dtype != data.dtype:
            weight.data = data.to(weight.device)
