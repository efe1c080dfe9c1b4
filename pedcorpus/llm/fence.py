"""Text of a source as it is put before a model: data between delimiters that no source can forge."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pedcorpus.records import content_id

__all__ = ["boundary_around", "defused", "shown_between"]

_HIDDEN = "\u200b"  # folded away when quotes are compared
_TEMPLATE_TOKEN = re.compile(
    r"<(?=[|｜][^>\n]{0,40}[|｜]>)|<(?=/?s>)|\[(?=/?INST\])|<(?=<?/?SYS>>)|<(?=(?:start|end)_of_turn>)"
    r"|<(?=reserved_\d+>)|<(?=/?(?:bos|eos|unk|pad|think|tool_call|system|user|assistant)>)",
    re.I,
)


def defused(text: str) -> str:
    """`text` with tokens of chat templates broken by a zero-width space, which `fold` takes away again."""
    return _TEMPLATE_TOKEN.sub(lambda match: match.group() + _HIDDEN, text)


def boundary_around(identity: str, text: str) -> str:
    """A mark that does not occur in `text`, the same for the same `identity`."""
    mark = content_id("boundary", identity)[:12]
    while mark in text:
        mark = content_id("boundary", mark)[:12]
    return mark


def shown_between(boundary: str, rows: Iterable[str]) -> str:
    """`rows` as data between two lines that hold the boundary."""
    return "\n".join([f"<<<{boundary}", *map(defused, rows), f"{boundary}>>>"])
