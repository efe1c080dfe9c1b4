"""Which encoding bytes of Chinese text are in, when they do not say: by what comes out, not by what goes in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

__all__ = ["Guess", "LineWise", "by_lines", "guess_legacy", "guess_utf16", "known_charset"]

_LEGACY = ("gb18030", "big5")
_PLAUSIBLE_SHARE = 0.8
"""A right guess of a Chinese encoding gives nearly all common characters, a wrong one about a third."""
_SAMPLE = 20_000
_LOST_SHARE, _LOST_OF_ALL = 0.1, 0.02
"""Above these shares of lost characters, among those beyond ASCII and among all, we do not know the encoding."""
_NUL_SHARE = 0.9
_CHARSETS = re.compile(
    r"utf-?8|gb_?(?:2312|k|18030)|big5(?:-hkscs)?|iso-8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|shift_?jis|euc-(?:jp|kr)",
    re.IGNORECASE,
)
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Guess:
    """A whole text in one encoding."""

    text: str
    encoding: str
    share: float
    """Of common characters among the Chinese ones."""

    @property
    def is_plausible(self) -> bool:
        return self.share >= _PLAUSIBLE_SHARE


@dataclass(frozen=True)
class LineWise:
    """A text whose lines are in more than one encoding, or partly damaged: U+FFFD where bytes could not be read."""

    text: str
    encoding: str
    holds_utf8: bool


def known_charset(name: str | None) -> str | None:
    """The encoding that a page's `charset` names, if it is one to be trusted; GB 2312 and GBK mean GB18030."""
    if name is None or not _CHARSETS.fullmatch(name.strip()):
        return None
    lowered = name.strip().lower()
    if lowered.startswith("gb"):
        return "gb18030"
    return "windows-1252" if lowered in ("iso-8859-1", "latin1", "latin-1") else lowered


def guess_utf16(data: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` where bytes without a mark are plainly that; else none."""
    if len(data) < 4 or len(data) % 2 > len(data) // 1000:
        return None
    sample = data[: 2 * _SAMPLE]
    zeros = sample.count(0)
    upper = sample[1::2].count(0)
    if zeros >= len(sample) // 4 and max(upper, zeros - upper) >= _NUL_SHARE * zeros:
        return _checked(sample, "utf-16-le" if upper * 2 > zeros else "utf-16-be")
    if not _HIGH.search(sample) or _is_utf8(sample):
        return None
    return next((encoding for encoding in ("utf-16-le", "utf-16-be") if _checked(sample, encoding)), None)


def _checked(sample: bytes, encoding: str) -> str | None:
    """`encoding`, if the sample reads as text in it and in no encoding of bytes."""
    text = sample.decode(encoding, "replace")
    if len(_CONTROLS.findall(text)) + text.count("\ufffd") > len(text) // 50:
        return None
    if all(ord(character) < 0x250 for character in text):
        return encoding if b"\x00" in sample else None
    return encoding if _commonness(text) >= _PLAUSIBLE_SHARE and guess_legacy(sample, strict=False) is None else None


def guess_legacy(data: bytes, *, strict: bool = True) -> Guess | None:
    """GB18030 or Big5, whichever reads more like Chinese; none where neither reads, or (not `strict`) plausibly so."""
    body = data.replace(b"\x00", b"")
    found = [
        Guess(text, encoding, _commonness(text)) for encoding in _LEGACY if (text := _try(body, encoding)) is not None
    ]
    if not found:
        return None
    best = found[0] if found[0].is_plausible else max(found, key=lambda one: one.share)
    return best if strict or best.is_plausible else None


def by_lines(data: bytes) -> LineWise | None:
    """Each line in the encoding that it is in; none where too much of it is in none that we know."""
    lines = data.split(b"\n")
    own = [_line_as_utf8(line) for line in lines]
    foreign = [line for line, text in zip(lines, own, strict=True) if text is None]
    legacy = _of_lines(foreign)
    main = "utf-8" if _bytes_beyond_ascii(lines) >= 2 * _bytes_beyond_ascii(foreign) else legacy
    decoded = [
        (text, "utf-8") if text is not None else _line_as(line, legacy, main)
        for line, text in zip(lines, own, strict=True)
    ]
    text = "\n".join(line for line, _ in decoded)
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if text.count("\ufffd") > max(_LOST_SHARE * beyond_ascii, _LOST_OF_ALL * len(text)):
        return None
    names = {name for line, name in decoded if not line.isascii()}
    return LineWise(text, "+".join(sorted(names, reverse=True)), holds_utf8="utf-8" in names)


def _bytes_beyond_ascii(lines: Iterable[bytes]) -> int:
    return sum(len(_HIGH.findall(line)) for line in lines)


def _line_as_utf8(line: bytes) -> str | None:
    """UTF-8 that reads like text; a line of another encoding is UTF-8 by chance, if it is short."""
    text = _try(line, "utf-8")
    if text is None:
        text = _joined_halves(line)
    return text if text is None or _commonness(text) >= _PLAUSIBLE_SHARE else None


def _joined_halves(line: bytes) -> str | None:
    """What old databases make of UTF-8: characters beyond the first plane as two halves."""
    try:
        return line.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return None


def _of_lines(lines: Iterable[bytes]) -> str:
    """The legacy encoding in which more of `lines` read like Chinese."""
    shares = dict.fromkeys(_LEGACY, 0.0)
    for line in lines:
        for encoding in _LEGACY:
            text = _try(line, encoding)
            shares[encoding] += _commonness(text) * len(line) if text is not None else 0.0
    return max(_LEGACY, key=lambda encoding: shares[encoding])


def _line_as(line: bytes, legacy: str, main: str) -> tuple[str, str]:
    """A line that does not read as UTF-8, and the encoding it was read in; U+FFFD where it reads in none.

    `legacy` is what such lines are in, `main` what most of the file is in.
    """
    text = _try(line, legacy)
    if text is not None and (main == legacy or _commonness(text) >= _PLAUSIBLE_SHARE):
        return text, legacy
    utf8 = _joined_halves(line) or line.decode("utf-8", "replace")
    if main == "utf-8" or utf8.count("\ufffd") <= len(_HIGH.findall(line)) // 4:
        return utf8, "utf-8"
    return line.decode(legacy, "replace"), legacy


def _is_utf8(sample: bytes) -> bool:
    """A sample may end inside a character."""
    return any(_try(sample[: len(sample) - cut], "utf-8") is not None for cut in range(4))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


@cache
def _is_common(character: str) -> bool:
    """Is it punctuation or a frequent character, by the first level of GB 2312 or of Big5?"""
    for encoding, first, last in (("gb2312", 0xA1, 0xD7), ("big5", 0xA1, 0xC6)):
        try:
            encoded = character.encode(encoding)
        except UnicodeEncodeError:
            continue
        if len(encoded) == 2 and first <= encoded[0] <= last:
            return True
    return False


def _commonness(text: str) -> float:
    sample = [character for character in text[: 4 * _SAMPLE] if ord(character) > 0x7F][:_SAMPLE]
    return sum(map(_is_common, sample)) / len(sample) if sample else 1.0
