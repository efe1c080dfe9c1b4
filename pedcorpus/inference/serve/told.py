"""Replies as OpenAI's clients read them; what is ours stands under `pedcorpus` and leaves the text as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pedcorpus.inference.batching import Ending
from pedcorpus.inference.chat import WARNING

__all__ = ["DONE", "ChatShape", "TextShape", "event", "finish_reason", "ours", "usage"]

DONE = b"data: [DONE]\n\n"
Json = dict[str, Any]


def event(value: Mapping[str, Any]) -> bytes:
    """One server-sent event."""
    return b"data: %s\n\n" % json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def finish_reason(ending: Ending) -> str:
    """OpenAI's word for it; a reply that was cut is not whole, as one that was too long."""
    return "stop" if ending is Ending.STOP else "length"


def usage(prompt: int, completion: int) -> Json:
    """Tokens read and made."""
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def ours(
    *, emergency: str | None = None, sources: Sequence[Mapping[str, Any]] | None = None, trouble: str | None = None
) -> Json:
    """What goes with each reply: the warning always, the rest where there is some.

    `trouble` says why there is no whole reply of the model: an error's code, or `stopping`.
    """
    found = {"emergency": emergency, "sources": None if sources is None else list(sources), "trouble": trouble}
    return {"warning": WARNING, **{name: value for name, value in found.items() if value is not None}}


@dataclass(frozen=True)
class ChatShape:
    """One reply of `/v1/chat/completions`."""

    id: str
    model: str
    created: int

    def whole(self, text: str, *, reason: str, used: Json, extra: Json) -> Json:
        """The response of one that does not stream."""
        message = {"role": "assistant", "content": text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": reason}
        return {**self._head("chat.completion"), "choices": [choice], "usage": used, "pedcorpus": extra}

    def first(self, extra: Json) -> Json:
        """The first chunk of a stream."""
        return {**self._chunk({"role": "assistant", "content": ""}, None), "pedcorpus": extra}

    def piece(self, text: str) -> Json:
        """A chunk with text."""
        return self._chunk({"content": text}, None)

    def last(self, reason: str, extra: Json) -> Json:
        """The last chunk but for the usage."""
        return {**self._chunk({}, reason), "pedcorpus": extra}

    def counted(self, used: Json) -> Json:
        """The chunk with the usage alone."""
        return {**self._head("chat.completion.chunk"), "choices": [], "usage": used}

    def _chunk(self, delta: Json, reason: str | None) -> Json:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return {**self._head("chat.completion.chunk"), "choices": [choice]}

    def _head(self, kind: str) -> Json:
        return {"id": self.id, "object": kind, "created": self.created, "model": self.model}


@dataclass(frozen=True)
class TextShape:
    """One reply of `/v1/completions`."""

    id: str
    model: str
    created: int

    def whole(self, text: str, *, reason: str, used: Json, extra: Json) -> Json:
        """The response of one that does not stream."""
        return {**self._with(text, reason), "usage": used, "pedcorpus": extra}

    def first(self, extra: Json) -> Json:
        """The first chunk of a stream."""
        return {**self._with("", None), "pedcorpus": extra}

    def piece(self, text: str) -> Json:
        """A chunk with text."""
        return self._with(text, None)

    def last(self, reason: str, extra: Json) -> Json:
        """The last chunk but for the usage."""
        return {**self._with("", reason), "pedcorpus": extra}

    def counted(self, used: Json) -> Json:
        """The chunk with the usage alone."""
        return {**self._head(), "choices": [], "usage": used}

    def _with(self, text: str, reason: str | None) -> Json:
        return {**self._head(), "choices": [{"index": 0, "text": text, "logprobs": None, "finish_reason": reason}]}

    def _head(self) -> Json:
        return {"id": self.id, "object": "text_completion", "created": self.created, "model": self.model}
