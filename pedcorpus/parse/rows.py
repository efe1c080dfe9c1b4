"""What every parser says in the same words: the document's record, and a failure of one part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pedcorpus.errors import InputError
from pedcorpus.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Sized

    from pedcorpus.parse.parser import Original, Parsed

__all__ = ["document_of", "failure_of", "require_text"]

_RAW_LIMIT = 500
"""Characters of a bad row that a failure keeps."""


def document_of(original: Original, parser: str, *, pages: int | None = None, encoding: str | None = None) -> Document:
    """The record of `original` as read by `parser` (`name@version`)."""
    return Document(
        id=original.sha256,
        source=original.source.id,
        path=original.path,
        parser=parser,
        bytes=len(original.data),
        pages=pages,
        encoding=encoding,
    )


def failure_of(original: Original, at: str, reason: str, detail: str, *, raw: str = "") -> Failure:
    """A part of `original`, at `at`, that could not be used; the rest goes on."""
    return Failure(
        stage="ingest",
        where=f"{original.path}: {at}" if not at.isdecimal() else f"{original.path}:{at}",
        source=original.source.id,
        path=original.path,
        reason=reason,
        detail=detail,
        raw=raw[:_RAW_LIMIT],
        fingerprint=original.sha256,
    )


def require_text(parsed: Parsed, blocks: Sized) -> Parsed:
    """`parsed`, made of `blocks`, unless nothing in the file could be used.

    Raises:
        InputError: there was no block, or all that held text were damaged.
    """
    path = parsed.document.path
    if not parsed.passages and parsed.failures:
        raise InputError(path, parsed.failures[0].reason, parsed.failures[0].detail)
    if not len(blocks):
        detail = "found no text, pictures at most, expected paragraphs; leave it out, or run OCR over its pictures"
        raise InputError(path, "no_text", detail)
    return parsed
