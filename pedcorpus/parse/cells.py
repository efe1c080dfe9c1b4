"""Values of a table's cell or a JSON field: one name, several names, or a text."""

from __future__ import annotations

import re

__all__ = ["is_prose", "split_values"]

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_EMPTY = {"", "无", "暂无", "-", "—", "/", "n/a", "na", "none", "null", "nan"}
_SENTENCE = re.compile(r"[。！？!?]|[.](?:\s|$)")
_PROSE_FROM = 60
"""Characters from which a value without a sentence's end is a text all the same, unless it is a list."""
_STRONG = ";；|\n"
_CHINESE_LIST = ";；|\n、，,"
_SPACES = " \t　"
_OPENERS, _CLOSERS = "（([［【", "）)]］】"


def split_values(cell: str) -> tuple[str, ...]:
    """Names in `cell`, in order and each once; brackets are not split inside, nor is a slash (阿莫西林/克拉维酸).

    Chinese names are parted by any of 、，,；;| or, where there is none of these, by spaces; names in an alphabet
    hold spaces and commas themselves and are parted by ;；| only.
    """
    separators = _CHINESE_LIST if _CHINESE.search(cell) else _STRONG
    parts = _split(cell, separators)
    if len(parts) == 1 and _CHINESE.search(cell) and all(map(_CHINESE.search, cell.split())):
        parts = _split(cell, _SPACES)
    values = (part.strip(" \t　。\"'") for part in parts)
    return tuple(dict.fromkeys(value for value in values if value.casefold() not in _EMPTY))


def _split(cell: str, separators: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for position, character in enumerate(cell):
        if character in _OPENERS:
            depth += 1
        elif character in _CLOSERS:
            depth = max(depth - 1, 0)
        elif character in separators and not depth:
            parts.append(cell[start:position])
            start = position + 1
    return [*parts, cell[start:]]


def is_prose(value: str) -> bool:
    """Is it a text rather than names? It has a sentence's end inside, or is long and no list."""
    body = value.strip()
    if _SENTENCE.search(body[:-1]) or (body.endswith("。") and "，" in body):
        return True
    return len(body) > _PROSE_FROM and max(map(len, _split(body, _CHINESE_LIST + _SPACES))) > _PROSE_FROM // 2
