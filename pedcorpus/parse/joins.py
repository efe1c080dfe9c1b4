"""Lines joined to one text: nothing between Chinese characters, a space between words of an alphabet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

__all__ = ["columns", "glue", "join_lines", "join_pieces"]


class _Widths(dict[str, int]):
    """Columns of a character, worked out once."""

    def __missing__(self, character: str) -> int:
        width = self[character] = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        return width


_WIDTHS = _Widths()


def columns(text: str) -> int:
    """Width of `text` on a terminal: a Chinese character takes two columns."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def glue(before: str, after: str) -> str:
    """What stands between two lines once they are one: a space where two words or numbers would else run together."""
    if not before or not after:
        return ""
    return " " if _spaced(before[-1]) and _spaced_start(after[0]) else ""


def _spaced(character: str) -> bool:
    return character.isascii() and not character.isspace() and character not in "([{/-"


def _spaced_start(character: str) -> bool:
    return character.isascii() and not character.isspace() and character not in ")]},.;:!?%/-"


def _is_hyphenated(before: str, after: str) -> bool:
    return len(before) > 1 and before[-1] == "-" and before[-2].isalpha() and after[:1].islower() and after.isascii()


def join_lines(lines: Iterable[tuple[str, int]]) -> tuple[str, tuple[int, ...]]:
    """One text from `(line, offset)` pairs, with the offset of each of its characters.

    A space that is put in takes the offset of the character before it; a word broken by a hyphen is mended.
    """
    text: list[str] = []
    origin: list[int] = []
    for line, offset in lines:
        body = line.rstrip()
        lead = len(body) - len(body.lstrip())
        body = body.lstrip()
        if not body:
            continue
        before = "".join(text[-2:])
        if _is_hyphenated(before, body):
            text.pop()
            origin.pop()
        elif gap := glue(before, body):
            text.append(gap)
            origin.append(origin[-1])
        text.extend(body)
        origin.extend(range(offset + lead, offset + lead + len(body)))
    return "".join(text), tuple(origin)


def join_pieces(lines: Sequence[str]) -> tuple[str, list[int]]:
    """One text from trimmed lines, joined as `join_lines` does, and where in it each of them begins."""
    text, starts = "", []
    for line in lines:
        if _is_hyphenated(text, line):
            text = text[:-1]
        else:
            text += glue(text, line)
        starts.append(len(text))
        text += line
    return text, starts
