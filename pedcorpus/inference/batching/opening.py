"""An engine, or a decoder alone, made for a loaded model. Imports torch when called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pedcorpus.inference.batching.decoder import Decoder
from pedcorpus.inference.batching.engine import Engine
from pedcorpus.inference.batching.text import Spelling
from pedcorpus.inference.prompt import end_ids

if TYPE_CHECKING:
    from pedcorpus.inference.assistant import Assistant

__all__ = ["decoder_of", "open_engine", "spelling_of"]


def open_engine(assistant: Assistant, *, max_batch: int, queue: int) -> Engine:
    """The engine that answers as `assistant` does, at most `max_batch` replies at once.

    Args:
        assistant: the model and its tokenizer.
        max_batch: most replies in work at once.
        queue: most requests that wait for a place.
    """
    from pedcorpus.inference.batching.choosing import Chooser

    model, tokenizer = assistant.model, assistant.tokenizer
    decoder = decoder_of(model, rows=max_batch)
    return Engine(decoder, Chooser(), spelling_of(tokenizer), ends=end_ids(model, tokenizer), queue=queue)


def decoder_of(model: Any, *, rows: int) -> Decoder:
    """A decoder of at most so many rows; of a single one where the model's replies cannot share a cache."""
    from pedcorpus.inference.batching.alone import AloneDecoder
    from pedcorpus.inference.batching.checked import can_share
    from pedcorpus.inference.batching.shared import SharedDecoder

    bare = model.get_base_model() if hasattr(model, "get_base_model") else model
    return SharedDecoder(bare, rows=rows) if can_share(model, bare) else AloneDecoder(model)


def spelling_of(tokenizer: Any) -> Spelling:
    """A tokenizer's spelling, without transformers' own steps around decoding, which cost more than decoding itself."""
    fast = getattr(tokenizer, "backend_tokenizer", None)
    if fast is None or getattr(tokenizer, "clean_up_tokenization_spaces", False):
        return Spelling(lambda ids: str(tokenizer.decode(list(ids), skip_special_tokens=True)))
    if type(fast.decoder).__name__ != "ByteLevel":
        return Spelling(lambda ids: str(fast.decode(ids, skip_special_tokens=True)))
    known: dict[int, str] = {}  # at most the vocabulary

    def text(ids: Sequence[int]) -> str:
        if len(ids) > 1:
            return str(fast.decode(ids, skip_special_tokens=True))
        if ids[0] not in known:
            known[ids[0]] = fast.decode(ids, skip_special_tokens=True)
        return known[ids[0]]

    return Spelling(text, by_bytes=True)
