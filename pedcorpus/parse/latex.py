r"""Formulas that OCR tools write where print has plain characters: `$9 \mathrm{\sim}10$` is 9～10.

What Unicode can say on one line is said so, with spans kept; a formula that it cannot say stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pedcorpus.parse.latex_symbols import ACCENTS, CIRCLED, IGNORED, SPACES, SYMBOLS
from pedcorpus.parse.limits import LIMITS
from pedcorpus.parse.raised import lower_each, raise_wholly

__all__ = ["plain_formula", "plain_formulas"]

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|[{}^_~]|\s+|.", re.DOTALL)
_MATH_SIGN = re.compile(r"[\\^_{}]|^[<>=≤≥±+×\d\s.,:;/()\[\]%*~-]+$|^[A-Za-z]{1,2}$|^[A-Za-z]\s?[<>=≤≥]")
_ARGUMENT = frozenset({"textcircled", "phantom", *ACCENTS})
_ABOVE = frozenset({"stackrel", "overset"})
_LOST_STROKE = re.compile(r"(?<![\\A-Za-z])(?=circ(?![a-z]))")
_RAISED_TEXT = re.compile(r"\^\s*\{(?P<body>(?:[^{}]|\{[^{}]*\})*)\}")
_CHINESE = re.compile("[\u4e00-\u9fff，。；]")
_INSIDE_SPACES = re.compile(r"(?<=[(\[{/≤≥<>=±×·～]) +| +(?=[)\]}/,;:.，；、。≤≥<>=±×·～])| {2,}")
_MAX_DEPTH = 40


class _Unsayable(Exception):
    """Raised inside this module when a formula has no form on one line."""


def plain_formulas(
    text: str, origin: Sequence[int], *, guard: Mapping[int, int] | None = None
) -> tuple[str, Sequence[int]]:
    """`text` with each formula between dollars as plain characters where that can be.

    `guard` is a translation that shields what formulas hold from a later reader of markup. The characters of a
    formula take the offsets of its source from the first dollar on, the last one that of the closing dollar, so that
    a span which holds the formula covers all of its source.
    """
    if "$" not in text:
        return text, origin
    pieces: list[str] = []
    places: list[int] = []
    last = position = 0
    while (formula := _next_formula(text, position)) is not None:
        start, end = formula
        plain = plain_formula(text[start + 1 : end - 1]) or text[start:end]
        before, after = _tight(text, last, start, end)
        pieces += [text[last:before], plain.translate(guard or {})]
        places += [*origin[last:before], *_stretched(origin[start:end], len(plain))]
        last, position = after, end
    return "".join([*pieces, text[last:]]), [*places, *origin[last:]]


def _tight(text: str, last: int, start: int, end: int) -> tuple[int, int]:
    """Where the text before a formula ends and that after it begins: the tool's spaces beside Chinese are no print."""
    before, after = start, end
    if start - last > 1 and text[start - 1] == " " and not text[start - 2].isascii():
        before -= 1
    if text[end : end + 1] == " " and end + 1 < len(text) and not text[end + 1].isascii():
        after += 1
    return before, after


def _next_formula(text: str, position: int) -> tuple[int, int] | None:
    """Span of the next `$…$`, dollars included: closed on the same paragraph, and more than two sums of money."""
    while (start := _dollar(text, position)) >= 0:
        end = _dollar(text, start + 1)
        if end < 0:
            return None
        body = text[start + 1 : end]
        if _is_formula(body) and not text[end + 1 : end + 2].isdecimal():
            return start, end + 1
        position = end if body.strip() else end + 1
    return None


def _dollar(text: str, position: int) -> int:
    """The next dollar that no backslash stands before."""
    found = text.find("$", position)
    while found > 0 and text[found - 1] == "\\":
        found = text.find("$", found + 1)
    return found


def _is_formula(body: str) -> bool:
    if "\\text" not in body and _CHINESE.search(body):
        return False
    if not body or body[0].isspace() or body[-1].isspace() or len(body) > LIMITS.formula_characters:
        return bool(body.strip()) and "\\" in body and len(body) <= LIMITS.formula_characters
    return _MATH_SIGN.search(body) is not None


def _stretched(source: Sequence[int], length: int) -> list[int]:
    """Offsets for `length` characters that stand for a longer or shorter stretch: in order, first and last kept."""
    if length <= 1:
        return [source[0]] * length
    return [source[step * (len(source) - 1) // (length - 1)] for step in range(length)]


def plain_formula(body: str) -> str | None:
    """What stands between the dollars as it reads in print; none where one line of plain text cannot say it."""
    raised = _RAISED_TEXT.fullmatch(body.strip())
    if raised and re.search(r"[A-Za-z]{2}|\d.*\\mathrm", raised["body"]):
        body = raised["body"]  # print that the tool took for a raised one: a unit does not stand there alone
    tokens = _TOKEN.findall(_LOST_STROKE.sub(r"\\", body))
    try:
        plain, after = _sequence(tokens, 0, 0)
    except (_Unsayable, IndexError):
        return None
    if after != len(tokens):
        return None
    plain = _INSIDE_SPACES.sub("", plain.replace("  ", " ")).strip()
    return plain or None


def _sequence(tokens: Sequence[str], position: int, depth: int) -> tuple[str, int]:
    """Text up to the brace that closes this group, or the end; and the place of that brace."""
    pieces: list[str] = []
    while position < len(tokens) and tokens[position] != "}":
        piece, position = _one(tokens, position, depth)
        pieces.append(piece)
    return "".join(pieces), position


def _one(tokens: Sequence[str], position: int, depth: int) -> tuple[str, int]:
    """The text of the token or group at `position`, and where the next begins."""
    token = tokens[position]
    if depth > _MAX_DEPTH:
        raise _Unsayable
    if token == "{":
        text, closing = _sequence(tokens, position + 1, depth + 1)
        if closing >= len(tokens):
            raise _Unsayable
        return text, closing + 1
    if token in ("^", "_"):
        text, after = _argument(tokens, position + 1, depth)
        return _script(token, text.strip()), after
    if token == "~":
        return " ", position + 1
    if token.startswith("\\"):
        return _command(tokens, position, depth)
    return ("" if token.isspace() else token), position + 1


def _argument(tokens: Sequence[str], position: int, depth: int) -> tuple[str, int]:
    while tokens[position].isspace():
        position += 1
    return _one(tokens, position, depth + 1)


def _script(token: str, text: str) -> str:
    if token == "_":
        return lower_each(text)
    raised = raise_wholly(text)
    if raised is None:
        raise _Unsayable
    return raised


def _command(tokens: Sequence[str], position: int, depth: int) -> tuple[str, int]:
    name = tokens[position][1:]
    if name in IGNORED:
        return "", position + 1
    if name in SPACES or name.isspace():
        return " ", position + 1
    if name in SYMBOLS:
        return SYMBOLS[name], position + 1
    if name in _ABOVE:
        above, middle = _argument(tokens, position + 1, depth)
        below, after = _argument(tokens, middle, depth)
        return _marked("bar" if above.strip() in ("-", "−") else "", below.strip()), after
    if name in _ARGUMENT:
        text, after = _argument(tokens, position + 1, depth)
        return _marked(name, text.strip()), after
    if len(name) == 1 and not name.isalpha():
        return name, position + 1
    raise _Unsayable


def _marked(name: str, text: str) -> str:
    if name == "textcircled":
        if text not in CIRCLED:
            raise _Unsayable
        return CIRCLED[text]
    if name == "phantom":
        return ""
    if len(text) != 1 or name not in ACCENTS:
        raise _Unsayable
    return text + ACCENTS[name]
