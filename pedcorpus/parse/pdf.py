"""PDF files: lines, columns, margins and headings put together; what a scan says is read by `scans`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pymupdf

from pedcorpus.errors import InputError
from pedcorpus.normalise import fold
from pedcorpus.parse.blocks import Block
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.parse.pdf_columns import in_reading_order
from pedcorpus.parse.pdf_headings import OutlineEntry, heading_levels
from pedcorpus.parse.pdf_lines import PrintedLine, body_size, merge_fragments, read_fragments
from pedcorpus.parse.pdf_margins import margin_notes, running_lines
from pedcorpus.parse.pdf_paragraphs import block_of, paragraphs_of
from pedcorpus.parse.pdf_tables import with_tables
from pedcorpus.parse.rows import document_of, failure_of
from pedcorpus.parse.scans import ScanReader, text_layer_of
from pedcorpus.parse.signatures import is_pdf
from pedcorpus.parse.structure import structure
from pedcorpus.parse.text_layer import TextLayer
from pedcorpus.records import Failure, Passage, PassageKind, SourceKind

__all__ = ["PARSER", "PdfParser"]

_mupdf: Any = pymupdf  # its functions are untyped

_TAIL = 4096
"""Bytes at the end of a whole file among which `%%EOF` stands."""


@dataclass(frozen=True)
class _Page:
    lines: Sequence[PrintedLine]
    height: float
    layer: TextLayer = TextLayer.SOUND
    unread: InputError | None = None
    """Why its picture could not be read."""


@contextmanager
def _opened(original: Original) -> Iterator[Any]:  # pymupdf is untyped
    """The document, its library silent.

    Raises:
        InputError: not a PDF, encrypted, cut short, or beyond repair.
    """
    _mupdf.TOOLS.mupdf_display_errors(False)
    _mupdf.TOOLS.mupdf_display_warnings(False)
    whole = b"%%EOF" in original.data[-_TAIL:]
    try:
        document = _mupdf.open(stream=original.data, filetype="pdf")
    except (RuntimeError, ValueError) as error:
        raise _unusable(original, whole=whole) from error
    with document:
        if document.needs_pass and not document.authenticate(""):
            detail = "the file is encrypted, expected one that opens without a password; save it without one"
            raise InputError(original.path, "encrypted", detail)
        if document.page_count == 0 or (document.is_repaired and not whole):
            raise _unusable(original, whole=whole)
        yield document


def _unusable(original: Original, *, whole: bool) -> InputError:
    if not is_pdf(original.data):
        detail = "found bytes without a PDF header, expected a PDF; rename or replace the file"
        return InputError(original.path, "wrong_format", detail)
    if not whole:
        detail = f"the file ends after {len(original.data)} bytes without %%EOF, expected a whole PDF; fetch it again"
        return InputError(original.path, "truncated", detail)
    return InputError(original.path, "unreadable", "no page can be read, expected a sound PDF; open and save it anew")


def _page(page: Any, scans: ScanReader) -> _Page:
    fragments, height = read_fragments(page), float(page.rect.height)
    layer = text_layer_of(page, "".join(fragment.text for fragment in fragments))
    if layer in (TextLayer.SOUND, TextLayer.BLANK):
        return _Page(merge_fragments_around_tables(fragments, page), height, layer)
    try:
        return _Page(merge_fragments(scans.lines(page, layer)), height, layer)
    except InputError as error:
        return _Page((), height, layer, error)


def merge_fragments_around_tables(fragments: Sequence[PrintedLine], page: Any) -> list[PrintedLine]:
    """Printed lines of a page, a table counting as one."""
    placed = with_tables(fragments, page)
    tables = [line for line in placed if line.table]
    return merge_fragments([line for line in placed if not line.table]) + tables


def _flow(pages: Sequence[_Page]) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """Running text in reading order, and small print from the pages' edges."""
    running = running_lines([page.lines for page in pages], [page.height for page in pages])
    body = body_size([page.lines for page in pages])
    text: list[PrintedLine] = []
    notes: list[PrintedLine] = []
    for page in pages:
        kept = [line for line in page.lines if line not in running]
        small = margin_notes(kept, page.height, body)
        notes.extend(in_reading_order([line for line in kept if line in small]))
        text.extend(in_reading_order([line for line in kept if line not in small]))
    return text, notes


def _blocks(pages: Sequence[_Page], entries: Sequence[OutlineEntry], language: str) -> list[Block]:
    text, notes = _flow(pages)
    body = body_size([page.lines for page in pages])
    titles = {(fold(entry.title), entry.page) for entry in entries}
    paragraphs = list(paragraphs_of(text, body=body, titles=titles))
    levels = heading_levels(paragraphs, entries, body=body, language=language)
    blocks = [block_of(paragraph, levels.get(number)) for number, paragraph in enumerate(paragraphs)]
    footnotes = (block_of(note) for note in paragraphs_of(notes, body=body))
    return _at_page_ends(blocks, [replace(block, kind=PassageKind.FOOTNOTE) for block in footnotes])


def _at_page_ends(blocks: Sequence[Block], notes: Sequence[Block]) -> list[Block]:
    """`blocks` with each note before the first block that begins on a later page."""
    merged: list[Block] = []
    waiting = list(notes)
    for block in blocks:
        while waiting and (waiting[0].page or 1) < (block.page or 1):
            merged.append(waiting.pop(0))
        merged.append(block)
    return [*merged, *waiting]


def _numbered(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Passages with their spans in the extracted text: all passages, a line feed between them."""
    start = 0
    placed = []
    for passage in passages:
        span = {"start": start, "end": start + len(passage.text)}
        placed.append(passage.model_copy(update={"address": passage.address.model_copy(update=span)}))
        start += len(passage.text) + 1
    return tuple(placed)


def _entries(document: Any) -> list[OutlineEntry]:
    return [OutlineEntry(level, title, page) for level, title, page in document.get_toc() if title.strip()]


def _unread(pages: Sequence[_Page], original: Original) -> tuple[Failure, ...]:
    return tuple(
        failure_of(original, f"page {number}", page.unread.reason, page.unread.detail)
        for number, page in enumerate(pages, 1)
        if page.unread is not None
    )


class PdfParser:
    """PDF files of one column or several, scanned or not."""

    name = "pdf"
    version = 2
    suffixes = frozenset({".pdf"})
    kinds = frozenset({SourceKind.TEXTBOOK, SourceKind.GUIDELINE})

    def recognises(self, original: Original) -> bool:
        return is_pdf(original.data)

    def parse(self, original: Original) -> Parsed:
        with _opened(original) as document:
            scans = ScanReader(original.options, original.limits)
            pages = [_page(page, scans) for page in document]
            entries = _entries(document)
        unread = [page.unread for page in pages if page.unread is not None]
        if not any(line.text.strip() for page in pages for line in page.lines):
            detail = unread[0].detail if unread else "found no text on any page, expected some; look at the file"
            raise InputError(original.path, unread[0].reason if unread else "no_text_layer", detail)
        found = structure(_blocks(pages, entries, original.source.language), original)
        return Parsed(
            document_of(original, f"{self.name}@{self.version}", pages=len(pages)),
            passages=_numbered(found.passages),
            failures=(*_unread(pages, original), *found.failures),
            ocr=scans.signature,
        )


PARSER = PdfParser()
