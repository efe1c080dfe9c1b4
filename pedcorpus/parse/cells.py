"""Values of a table's cell or a JSON field: one name, several names, or a text; what a web page left in them goes.

A value that was cut short (`呼吸困…`) is no name, and the last sentence of a text that was cut short is none.
"""

from __future__ import annotations

import json
import re
from ast import literal_eval
from typing import NamedTuple

from pedcorpus.parse.limits import limits_in_force

__all__ = [
    "Names",
    "cleaned",
    "is_cut",
    "is_prose",
    "list_members",
    "one_name",
    "read_names",
    "split_values",
    "whole_sentences",
]

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_EMPTY = {"", "无", "暂无", "-", "—", "/", "n/a", "na", "none", "null", "nan"}
_SENTENCE = re.compile(r"[。！？!?]|[.](?=\s)")
_PROSE_FROM = 60
"""Characters from which a value without a sentence's end is a text all the same, unless it is a list."""
_STRONG = ";；|\n"
_CHINESE_LIST = ";；|\n、，,"
_SPACES = " \t　"
_OPENERS, _CLOSERS = "（([［【", "）)]］】"
_BUTTON = "(?:查看|点击)?(?:详细|详情|更多|全文|全部|展开|收起|编辑|more|details?)(?:信息|内容|全部)?"
_JUNK = re.compile(
    rf"(?:[\[［【(（<]\s*{_BUTTON}\s*[\]］】)）>]|{_BUTTON}\s*(?:>+|》+|»|›))\s*|^{_BUTTON}$", re.IGNORECASE
)
_DOTS, _QUOTES = ".…。．", "\"'”’"
_ENDS = _DOTS + _QUOTES
_AND_SO_ON = re.compile(r"(?<=[^平同均初特高中下优劣]{2})等+$")
_LIST_LITERAL = re.compile(r"\s*\[.*\]\s*", re.DOTALL)


class Names(NamedTuple):
    """Names read from one value."""

    whole: tuple[str, ...]
    """In order and each once."""
    cut: tuple[str, ...]
    """Those that the file itself cuts short, or that are too long to be a name."""


def cleaned(value: str) -> str:
    """`value` without the buttons of the web page it was copied from, as `[详细]`."""
    return _JUNK.sub("", value).strip() if len(value) < limits_in_force().cell_chars else value.strip()


def list_members(cell: str) -> tuple[str, ...]:
    """The strings of a list that a cell holds as a program prints it, `["发热", "咳嗽"]`; else the cell alone."""
    if len(cell) > limits_in_force().cell_chars or not _LIST_LITERAL.fullmatch(cell):
        return (cell,)
    for read in (json.loads, literal_eval):
        try:
            members = read(cell)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(members, list) and all(isinstance(member, str) for member in members):
            return tuple(members)
    return (cell,)


def read_names(value: str, *, listed: bool = True) -> Names:
    """Names in `value`; unless `listed`, only ；;| and 、 part names, not the comma and space of a phrase."""
    text = cleaned(value)
    parts = split_values(text) if listed else _trimmed(_split(text, _STRONG + "、"))
    if len(parts) > 1:
        parts = (*parts[:-1], _AND_SO_ON.sub("", parts[-1]))
    named = [part for part in parts if _before_dots(part) != ""]
    return Names(tuple(part for part in named if not is_cut(part)), tuple(filter(is_cut, named)))


def one_name(value: str) -> str:
    """The one name that `value` is, commas and all; empty where it says that there is none."""
    text = value if value.isalnum() else cleaned(value)
    return "" if text.casefold() in _EMPTY else text


def is_cut(name: str) -> bool:
    """Does the file cut `name` short, or is it too long to be one?"""
    return len(name) > limits_in_force().name_chars or _before_dots(name) is not None


def _before_dots(text: str) -> str | None:
    """What stands before the dots at the end of a text that was cut short; none where it was not."""
    if text[-1:] not in _ENDS:
        return None
    body = text.rstrip(_QUOTES)
    kept = body.rstrip(_DOTS)
    dots = body[len(kept) :]
    return kept.rstrip() if "…" in dots or len(dots) >= 3 else None


def whole_sentences(text: str) -> str:
    """`text`, without its last sentence where the file cuts it short."""
    body = _before_dots(text.rstrip())
    if body is None:
        return text
    end = max((found.end() for found in _SENTENCE.finditer(body)), default=0)
    return body[:end].rstrip()


def split_values(cell: str) -> tuple[str, ...]:
    """Names in `cell`, in order and each once; brackets are not split inside, nor is a slash (阿莫西林/克拉维酸).

    Chinese names are parted by any of 、，,；;| or, where there is none of these, by spaces; names in an alphabet
    hold spaces and commas themselves and are parted by ;；| only.
    """
    separators = _CHINESE_LIST if _CHINESE.search(cell) else _STRONG
    parts = _split(cell, separators)
    if len(parts) == 1 and _CHINESE.search(cell) and all(_is_word(word) for word in cell.split()):
        parts = _split(cell, _SPACES)
    return _trimmed(parts)


def _is_word(word: str) -> bool:
    return _CHINESE.search(word) is not None or _before_dots(word) == ""


def _trimmed(parts: list[str]) -> tuple[str, ...]:
    values = (part.strip(" \t　\"'") for part in parts)
    values = (value if _before_dots(value) is not None else value.strip("。 ") for value in values)
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
    body = body if (before := _before_dots(body)) is None else before
    if _SENTENCE.search(body[:-1]) or (body.endswith("。") and "，" in body):
        return True
    return len(body) > _PROSE_FROM and max(map(len, _split(body, _CHINESE_LIST + _SPACES))) > _PROSE_FROM // 2
