"""Values of a row by the first of several keys that says something; `nan`, `null` and the like say nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pedcorpus.parse.exchange_words import key_of, transcript
from pedcorpus.parse.literals import nested_value

__all__ = ["LONGEST_TEXT", "all_of", "clean", "first_of", "flag_of", "label_of", "list_of", "value_of"]

LONGEST_TEXT = 200_000
"""Characters of one turn; a longer one is a dump and no utterance."""
_NOTHING = {"", "nan", "null", "none", "n/a", "无", "没有", "暂无", "-", "—", "/", "[]", "{}"}
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_LONGEST_LABEL = 80
_PLURAL = {"questions", "answers"}
"""Keys whose text may be a list written out; under others a text such as `[1, 2]` is the answer itself."""


def clean(value: Any) -> str:  # any JSON value
    """A string or number as text that can be stored; empty where it says nothing, or is no single text.

    Raises:
        ValueError: it is longer than any utterance, or holds a character that was lost before.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = _CONTROLS.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"found a text of {len(text)} characters, expected at most {LONGEST_TEXT}")
    if "\ufffd" in text:
        raise ValueError("found characters that were lost before the file was made (U+FFFD), expected whole text")
    return "" if text.casefold() in _NOTHING else text


def value_of(row: Mapping[str, Any], keys: Sequence[str]) -> Any:  # any JSON value
    """The first value that is not empty; none where there is none."""
    return next((row[key] for key in keys if row.get(key) not in (None, "", [], {})), None)


def first_of(row: Mapping[str, Any], keys: Sequence[str]) -> str:
    """The first text; of a list of texts its first."""
    return next((texts[0] for key in keys if key in row and (texts := _texts(row, key))), "")


def all_of(row: Mapping[str, Any], keys: Sequence[str]) -> list[str]:
    """Every text under the first key that has one: `answers` may hold several to one question.

    Raises:
        ValueError: it is `output`, whose list holds a good and a bad answer in older preference sets.
    """
    key, found = next(((key, texts) for key in keys if key in row and (texts := _texts(row, key))), ("", []))
    if key == "output" and len(found) > 1:
        raise ValueError("found several outputs, expected one, or the keys `chosen` and `rejected`")
    return found


def _texts(row: Mapping[str, Any], key: str) -> list[str]:
    value = nested_value(row.get(key)) if key in _PLURAL else row.get(key)
    members = _flat(value) if isinstance(value, list | tuple) else [value]
    return list(dict.fromkeys(text for member in members if (text := clean(member))))


def _flat(value: Sequence[Any]) -> list[Any]:
    """Members of a list, and of lists in it: encyclopaedias keep `[["问", "另一种问法"]]`."""
    return [inner for member in value for inner in (member if isinstance(member, list | tuple) else [member])]


def list_of(row: Mapping[str, Any], keys: Sequence[str]) -> list[Any] | None:
    """The first value that is a list, also one kept as a text: JSON, a Python literal, or speakers' names and words."""
    for key in keys:
        if key not in row:
            continue
        value = nested_value(row[key])
        if isinstance(value, str):
            value = [{"role": who, "content": content} for who, content in transcript(value)]
        if isinstance(value, list | tuple) and value:
            return list(value)
    return None


def flag_of(row: Mapping[str, Any], names: Sequence[str]) -> bool | None:
    """The first value that is true or false; none where there is none."""
    return next((row[key] for key in map(key_of, names) if isinstance(row.get(key), bool)), None)


def label_of(value: Any) -> str:  # any JSON value
    """A short text on one line; empty where it is none."""
    text = clean(value)
    return text if len(text) <= _LONGEST_LABEL and "\n" not in text else ""
