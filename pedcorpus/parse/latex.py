r"""Formulas that OCR tools write where print has plain characters: `$9 \mathrm{\sim}10$` is 9～10.

What Unicode can say on one line is said so, with spans kept; a formula that it cannot say stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pedcorpus.parse.latex_symbols import ACCENTS, CIRCLED, IGNORED, SPACES, SYMBOLS
from pedcorpus.parse.limits import limits_in_force
from pedcorpus.parse.raised import lower_each, raise_wholly

__all__ = ["plain_formula", "plain_formulas"]

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|[{}^_~]|\s+|.", re.DOTALL)
_MATH_SIGN = re.compile(r"[\\^_{}]")
_WORD = re.compile(r"[A-Za-z]{2}")
_ARGUMENT = frozenset({"textcircled", "phantom", "dot", *ACCENTS})
_ABOVE = frozenset({"stackrel", "overset"})
_LOST_STROKE = re.compile(r"(?<![\\A-Za-z])(?=circ(?![a-z]))")
_DEGREE = re.compile(r"\^\s*\{\s*[qo0]\s*\}(?=[\s{}]*C(?![A-Za-z]))")
"""A raised letter before C is the ring of ℃ that the tool took for one."""
_RAISED_ALONE = re.compile(r"\^\s*(?:\{(?P<group>(?:[^{}]|\{[^{}]*\})*)\}|(?P<sign>\S))")
_MARK = re.compile(r"\d[\d\s,，]*|[a-z]|\*+|\\prime|\\circ|\[.*")
_SIGNS = frozenset("±=<>≤≥+-～")
_GREEK = re.compile("[α-ωΑ-Ω]")
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
        plain = plain_formula(text[start + 1 : end - 1].removesuffix("\\")) or text[start:end]
        before, after = _tight(text, last, start, end)
        pieces += [text[last:before], plain.translate(guard or {})]
        places += [*origin[last:before], *_stretched(origin[start:end], len(plain), is_first=not places and not before)]
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
    """Span of the next `$…$`, dollars included; two sums of money are none."""
    while (start := _dollar(text, position)) >= 0:
        end = text.find("$", start + 1)
        if end < 0:
            return None
        if text[end - 1] == "\\" and (whole := _dollar(text, end + 1)) >= 0 and _is_formula(text, start, whole):
            end = whole
        if _is_formula(text, start, end):
            return start, end + 1
        position = end if end > start + 1 else end + 1
    return None


def _dollar(text: str, position: int) -> int:
    """The next dollar that no backslash stands before."""
    found = text.find("$", position)
    while found > 0 and text[found - 1] == "\\":
        found = text.find("$", found + 1)
    return found


def _is_formula(text: str, start: int, end: int) -> bool:
    """Is what stands between these two dollars a formula?"""
    body = text[start + 1 : end]
    if not body.strip() or len(body) > limits_in_force().formula_characters or text[end + 1 : end + 2].isdecimal():
        return False
    if _CHINESE.search(body) and "\\text" not in body:
        return False
    if _MATH_SIGN.search(body):
        return True
    return not _WORD.search(body) and not body[0].isspace() and not body[-1].isspace()


def _stretched(source: Sequence[int], length: int, *, is_first: bool) -> list[int]:
    """Offsets for `length` characters that stand for a longer or shorter stretch: in order, first and last kept.

    One character alone has its first offset where it opens the text (`is_first`), else its last.
    """
    if length <= 1:
        return [source[0] if is_first else source[-1]] * length
    return [source[step * (len(source) - 1) // (length - 1)] for step in range(length)]


def plain_formula(body: str) -> str | None:
    """What stands between the dollars as it reads in print; none where one line of plain text cannot say it."""
    body = _lowered_print(_DEGREE.sub(r"^{\\circ}", body))
    tokens = _TOKEN.findall(_LOST_STROKE.sub(r"\\", body))
    try:
        plain, after = _sequence(tokens, 0, 0)
    except (_Unsayable, IndexError):
        return None
    if after != len(tokens):
        return None
    plain = _INSIDE_SPACES.sub("", plain.replace("  ", " ")).strip()
    return plain or None


def _lowered_print(body: str) -> str:
    """A formula that is nothing but raised text, as plain: a unit or plus sign without a base was never raised."""
    alone = _RAISED_ALONE.fullmatch(body.strip())
    raised = (alone["group"] or alone["sign"]) if alone else ""
    plain = plain_formula(raised) if raised and "^" not in raised else None
    return raised if plain is not None and not _MARK.fullmatch(plain) else body


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
    if token == "_" and not _GREEK.search(text):
        return lower_each(text)
    raised = raise_wholly(text) if token == "^" else None
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
        return _stacked(above.strip(), below.strip()), after
    if name in _ARGUMENT:
        text, after = _argument(tokens, position + 1, depth)
        return _marked(name, text.strip()), after
    if len(name) == 1 and not name.isalpha():
        return name, position + 1
    raise _Unsayable


def _stacked(above: str, below: str) -> str:
    """A bar above a letter is a mean; a dot above a sign is a speck on the page."""
    if above == "·" and below in _SIGNS:
        return below
    return _marked("bar" if above in ("-", "−") else "", below)


def _marked(name: str, text: str) -> str:
    if name == "textcircled":
        if text not in CIRCLED:
            raise _Unsayable
        return CIRCLED[text]
    if name == "phantom":
        return ""
    if name == "dot" and text == "μ":  # a speck above the μ of μl; a derivative of it is never meant
        return text
    if len(text) != 1 or name not in ACCENTS:
        raise _Unsayable
    return text + ACCENTS[name]
