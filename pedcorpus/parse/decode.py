"""Bytes of a text file to text: which encoding, and no character that the file does not hold.

Damaged bytes are never papered over: a dose that lost a digit is worse than a paragraph left out. Which encoding
bytes are in is found out in `encodings`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pedcorpus.errors import InputError
from pedcorpus.parse.encodings import by_lines, guess_legacy, guess_utf16, known_charset
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
_BINARY_SHARE = 0.05
"""Above this share of control characters a file is not text; text files hold none or a few."""
_FEW = 4
"""Control characters that a file of any length may hold."""
_LOST = "\ufffd"


@dataclass(frozen=True)
class DecodedText:
    """The text of a file: lines end in a line feed; control characters and byte-order mark gone."""

    text: str
    encoding: str
    """`utf-8`, `utf-8-sig`, `utf-16`, `utf-16-le`, `utf-32`, `gb18030`, `big5`, or two of them as `utf-8+gb18030`."""


def read_text(original: Original, *, damaged: bool = False, charset: str | None = None) -> DecodedText:
    """The decoded text of `original`; offsets of passages count in it.

    With `damaged`, bytes that cannot be read become U+FFFD in their lines and the rest is read; the caller turns the
    paragraphs that hold one into failures, as `structure` does. `charset` is what the file says of itself.

    Raises:
        InputError: empty, binary, in an encoding that is not read, or damaged (with `damaged`: for the most part).
    """
    if not original.data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise InputError(original.path, "empty", "the file holds no text, expected some; replace it, or delete it")
    return decode(original.data, where=original.path, damaged=damaged, charset=charset)


def decode(data: bytes, *, where: str, damaged: bool = False, charset: str | None = None) -> DecodedText:
    """`data` as text; `where` is what messages call it, the rest as in `read_text`."""
    if found := describe_binary(data):
        raise InputError(where, "binary", f"found {found}, expected text; convert it, or give it its own ending")
    text, encoding = _decoded(data, where, charset)
    if _LOST in text and not damaged and _LOST.encode() not in data:
        raise _damaged(where, text, encoding)
    return _clean(text, encoding, where)


def _decoded(data: bytes, where: str, charset: str | None) -> tuple[str, str]:
    """Text with U+FFFD where bytes were damaged, and the encoding's name."""
    for mark, encoding in _MARKS:
        if data.startswith(mark) and encoding != "utf-8-sig":
            return data.decode(encoding, "replace"), encoding
    if (wide := guess_utf16(data)) is not None:
        return data.decode(wide, "replace"), wide
    if len(_BINARY.findall(data)) > max(_BINARY_SHARE * len(data), _FEW):
        raise InputError(where, "binary", "found binary bytes, expected text; save it as UTF-8, or leave it out")
    body = data.removeprefix(codecs.BOM_UTF8)
    name = "utf-8" if body is data else "utf-8-sig"
    declared = known_charset(charset)
    for encoding in ("utf-8", declared) if declared and body is data else ("utf-8",):
        try:
            return body.decode(encoding), name if encoding == "utf-8" else encoding
        except UnicodeDecodeError:
            continue
    return _guessed(body, where, name)


def _guessed(body: bytes, where: str, name: str) -> tuple[str, str]:
    lines = by_lines(body)
    guessed = guess_legacy(body) if lines is None or not lines.holds_utf8 else None
    if guessed is not None and guessed.is_plausible:
        return guessed.text, guessed.encoding
    if lines is not None:
        return lines.text, lines.encoding.replace("utf-8", name)
    if guessed is not None:
        return guessed.text, guessed.encoding
    detail = "found bytes of an unknown encoding, expected UTF-8, UTF-16, GB18030 or Big5; save as UTF-8"
    raise InputError(where, "unknown_encoding", detail)


def _damaged(where: str, text: str, encoding: str) -> InputError:
    line = text.count("\n", 0, text.index(_LOST)) + 1
    detail = (
        f"line {line} holds bytes that are not {encoding.upper()} as the rest of the file is; "
        "the file is cut short or damaged: fetch it again, or save it anew as UTF-8"
    )
    return InputError(where, "damaged_text", detail)


def _clean(text: str, encoding: str, where: str) -> DecodedText:
    lines = _NEWLINES.sub("\n", text)
    cleaned, removed = _CONTROLS.subn("", lines)
    if removed > max(_BINARY_SHARE * len(lines), _FEW):
        raise InputError(where, "binary", "found binary bytes, expected text; save it as UTF-8, or leave it out")
    if not cleaned.strip():
        raise InputError(where, "empty", "the file holds no text, expected some; replace it, or delete it")
    return DecodedText(cleaned, encoding)
