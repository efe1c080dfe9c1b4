"""Bytes of a text file to text: which encoding, and no character that the file does not hold.

Damaged bytes are never papered over with U+FFFD: a dose that lost a digit is worse than a file left out.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pedcorpus.errors import InputError
from pedcorpus.parse.parser import Original
from pedcorpus.parse.signatures import describe_binary

__all__ = ["DecodedText", "decode", "read_text"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_NEWLINES = re.compile("\r\n?|\u2028|\u2029|\x85")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_BINARY_SHARE = 0.05
"""Above this share of control characters a file is not text; text files hold none or a few."""
_FEW = 4
"""Control characters that a file of any length may hold."""
_DAMAGED_SHARE = 0.05
"""Below this share of bad bytes among the non-ASCII ones, a file is damaged UTF-8 and not another encoding."""
_PLAUSIBLE_SHARE = 0.8
"""A right guess of a Chinese encoding gives nearly all common characters, a wrong one about a third."""


@dataclass(frozen=True)
class DecodedText:
    """The text of a file: lines end in a line feed; control characters and byte-order mark gone."""

    text: str
    encoding: str
    """`utf-8`, `utf-8-sig`, `utf-16`, `utf-32`, `gb18030` or `big5`."""


def read_text(original: Original) -> DecodedText:
    """The decoded text of `original`; offsets of passages count in it.

    Raises:
        InputError: empty, binary, damaged, or in an encoding that is not read.
    """
    if not original.data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise InputError(original.path, "empty", "the file holds no text, expected some; replace it, or delete it")
    return decode(original.data, where=original.path)


def decode(data: bytes, *, where: str) -> DecodedText:
    """`data` as text; `where` is what messages call it."""
    if found := describe_binary(data):
        raise InputError(where, "binary", f"found {found}, expected text; convert it, or give it its own ending")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _clean(_strict(data, encoding, where), encoding, where)
    if len(_BINARY.findall(data)) > max(_BINARY_SHARE * len(data), _FEW):
        raise InputError(where, "binary", "found binary bytes, expected text; save it as UTF-8, or leave it out")
    try:
        return _clean(data.decode("utf-8"), "utf-8", where)
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise _damaged(where, error, "UTF-8") from error
    return _legacy(data, where)


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(where, error, encoding.upper()) from error


def _damaged(where: str, error: UnicodeDecodeError, encoding: str) -> InputError:
    detail = (
        f"byte {error.start} (0x{error.object[error.start]:02x}) is not {encoding} as the rest of the file is; "
        "the file is cut short or damaged: fetch it again, or save it anew as UTF-8"
    )
    return InputError(where, "damaged_text", detail)


def _is_damaged_utf8(data: bytes) -> bool:
    high = len(_HIGH.findall(data))
    kept = len(_HIGH.findall(data.decode("utf-8", "ignore").encode("utf-8")))
    return high - kept <= max(_DAMAGED_SHARE * high, 3 if high > 6 else 0)


def _legacy(data: bytes, where: str) -> DecodedText:
    body = data.replace(b"\x00", b"")
    candidates = [(encoding, text) for encoding in ("gb18030", "big5") if (text := _try(body, encoding)) is not None]
    scored = [(_commonness(text), encoding, text) for encoding, text in candidates]
    if not scored:
        detail = (
            "found bytes of an unknown encoding, expected UTF-8, UTF-16 with a mark, GB18030 or Big5; save as UTF-8"
        )
        raise InputError(where, "unknown_encoding", detail)
    share, encoding, text = scored[0]
    if share < _PLAUSIBLE_SHARE:
        share, encoding, text = max(scored, key=lambda one: one[0])
    return _clean(text, encoding, where)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


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
    sample = [character for character in text if ord(character) > 0x7F][:20_000]
    return sum(map(_is_common, sample)) / len(sample) if sample else 1.0


def _clean(text: str, encoding: str, where: str) -> DecodedText:
    lines = _NEWLINES.sub("\n", text)
    cleaned, removed = _CONTROLS.subn("", lines)
    if removed > max(_BINARY_SHARE * len(lines), _FEW):
        raise InputError(where, "binary", "found binary bytes, expected text; save it as UTF-8, or leave it out")
    if any("\ud800" <= character <= "\udfff" for character in cleaned):
        cleaned = re.sub("[\ud800-\udfff]", "", cleaned)
    if not cleaned.strip():
        raise InputError(where, "empty", "the file holds no text, expected some; replace it, or delete it")
    return DecodedText(cleaned, encoding)
