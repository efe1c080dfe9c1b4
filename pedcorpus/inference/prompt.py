"""A conversation as the token ids that a model reads, what of it stays where not all fits, and what ends a reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["Message", "context_of", "end_ids", "fitted_ids", "prompt_ids"]

_CONTEXT_NAMES = ("max_position_embeddings", "n_positions", "model_max_length")
"""What models call the tokens of their longest sequence."""
_CONTEXT = 4096
"""For a model that does not say."""


class Message(TypedDict):
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


def context_of(model: Any) -> int:
    """Tokens that prompt and reply may have together."""
    said = (getattr(model.config, name, None) for name in _CONTEXT_NAMES)
    return next((int(tokens) for tokens in said if tokens), _CONTEXT)


def end_ids(model: Any, tokenizer: PreTrainedTokenizerBase) -> frozenset[int]:
    """Tokens that end a reply: those that the model names, else its tokenizer's; none where neither names one."""
    named = model.generation_config.eos_token_id
    ends: Any = tokenizer.eos_token_id if named in (None, []) else named
    return frozenset(ends if isinstance(ends, (list, tuple)) else [] if ends is None else [ends])


def prompt_ids(tokenizer: PreTrainedTokenizerBase, messages: Sequence[Message]) -> list[int]:
    """Ids of the whole conversation, up to where the reply begins."""
    conversation = [{"role": message["role"], "content": message["content"]} for message in messages]
    ids: Any = tokenizer.apply_chat_template(conversation, add_generation_prompt=True, return_dict=False)
    return list(ids)


def fitted_ids(tokenizer: PreTrainedTokenizerBase, messages: Sequence[Message], *, room: int) -> list[int]:
    """At most `room` ids; the oldest turns, then the head of the last one, give way where all do not fit."""
    system = [message for message in messages if message["role"] == "system"]
    turns = [message for message in messages if message["role"] != "system"]
    ids = prompt_ids(tokenizer, [*system, *turns])
    while len(ids) > room and len(turns) > 1:
        turns = _without_oldest(turns)
        ids = prompt_ids(tokenizer, [*system, *turns])
    return ids[-room:]


def _without_oldest(turns: list[Message]) -> list[Message]:
    """The conversation without its first exchange; it begins with a user's turn again."""
    later = (number for number, turn in enumerate(turns) if number and turn["role"] == "user")
    return turns[next(later, len(turns) - 1) :]
