"""Tokens become text as they come: no character is told in parts, and nothing from a stop string on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["ReplyText", "Spelling"]

_BROKEN = "\ufffd"
"""What bytes that are no whole character decode to."""
_LONGEST_WAIT = 64
"""Tokens after which broken characters are told as they are; a character has at most four bytes."""


@dataclass(frozen=True)
class Spelling:
    """How a tokenizer turns tokens into text."""

    text: Callable[[Sequence[int]], str]
    """The text of token ids, special tokens left out."""
    by_bytes: bool = False
    """Whether tokens are bytes, spelt the same whatever stands before them; else a token may lose its space at a
    text's beginning."""


class ReplyText:
    """The text of one reply, told piece by piece; together the pieces are the text of all its tokens."""

    def __init__(self, spelling: Spelling, stop: tuple[str, ...] = ()) -> None:
        self._spelling = spelling
        self._stop = stop
        self._ids: list[int] = []
        self._context = 0  # tokens before this one change nothing of how the next ones are spelt
        self._told = 0  # tokens up to here have become text
        self._shown = 0  # of bytes since then: characters that have been told
        self._held = ""  # text that may begin a stop string
        self.stopped = False
        """A stop string has come; nothing is told any more."""

    def add(self, token: int) -> str:
        """The text that is certain now."""
        self._ids.append(token)
        return self._without_stop(self._spelt(last=False), last=False)

    def end(self) -> str:
        """What was held back, once no token follows."""
        return self._without_stop(self._spelt(last=True), last=True)

    def _spelt(self, *, last: bool) -> str:
        return self._spelt_by_bytes(last=last) if self._spelling.by_bytes else self._spelt_by_words(last=last)

    def _spelt_by_bytes(self, *, last: bool) -> str:
        """All but a broken character at the end, which the next bytes may complete."""
        waiting = len(self._ids) - self._context
        text = self._spelling.text(self._ids[self._context :]) if waiting else ""
        whole = last or not text.endswith(_BROKEN) or waiting >= _LONGEST_WAIT
        end = len(text) if whole else len(text) - 1
        certain = text[self._shown : end]
        if whole:
            self._context, self._shown = len(self._ids), 0
        else:
            self._shown = end
        return certain

    def _spelt_by_words(self, *, last: bool) -> str:
        waiting = len(self._ids) - self._told
        if not waiting:
            return ""
        text = self._spelling.text(self._ids[self._context :])
        if text.endswith(_BROKEN) and not last and waiting < _LONGEST_WAIT:
            return ""
        before = self._spelling.text(self._ids[self._context : self._told])
        self._context, self._told = self._told, len(self._ids)
        return text[len(before) :]

    def _without_stop(self, text: str, *, last: bool) -> str:
        if self.stopped:
            return ""
        if not self._stop:
            return text
        text = self._held + text
        places = [place for stop in self._stop if (place := text.find(stop)) >= 0]
        if places:
            self.stopped, self._held = True, ""
            return text[: min(places)]
        held = 0 if last else max(_overlap(text, stop) for stop in self._stop)
        self._held = text[len(text) - held :]
        return text[: len(text) - held]


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of `text` that begins `stop`."""
    return next((size for size in range(min(len(text), len(stop) - 1), 0, -1) if stop.startswith(text[-size:])), 0)
