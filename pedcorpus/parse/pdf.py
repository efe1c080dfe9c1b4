"""PDF files: pages read, set in order and put together to passages, some pages at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

import pymupdf

from pedcorpus.errors import InputError
from pedcorpus.parse.blocks import Block
from pedcorpus.parse.limits import Deadline
from pedcorpus.parse.ocr import ocr_signature
from pedcorpus.parse.parser import Original, Parsed, Stream, StreamRecord
from pedcorpus.parse.pdf_headings import HeadingLevels, OutlineEntry
from pedcorpus.parse.pdf_lines import PrintedLine
from pedcorpus.parse.pdf_margins import without_running_lines
from pedcorpus.parse.pdf_page import PrintedPage
from pedcorpus.parse.pdf_paragraphs import block_of, paragraphs_of
from pedcorpus.parse.pdf_reading import put_together, read_pages
from pedcorpus.parse.pdf_table_breaks import with_whole_tables
from pedcorpus.parse.pdf_typography import SetPage, Typography, set_pages
from pedcorpus.parse.rows import document_of, failure_of
from pedcorpus.parse.scans import TypeSizes
from pedcorpus.parse.signatures import is_pdf
from pedcorpus.parse.structure import passages_of
from pedcorpus.records import Failure, PassageKind, SourceKind

__all__ = ["PARSER", "PdfParser"]

_mupdf: Any = pymupdf  # its functions are untyped

_TAIL = 4096
"""Bytes at the end of a whole file among which `%%EOF` stands."""


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
        if document.page_count > original.limits.pages:
            detail = f"found {document.page_count} pages, allowed are {original.limits.pages}; split the file"
            raise InputError(original.path, "too_many_pages", detail)
        yield document


def _unusable(original: Original, *, whole: bool) -> InputError:
    if not is_pdf(original.data):
        detail = "found bytes without a PDF header, expected a PDF; rename or replace the file"
        return InputError(original.path, "wrong_format", detail)
    if not whole:
        detail = f"the file ends after {len(original.data)} bytes without %%EOF, expected a whole PDF; fetch it again"
        return InputError(original.path, "truncated", detail)
    return InputError(original.path, "unreadable", "no page can be read, expected a sound PDF; open and save it anew")


def _without_text(original: Original, failures: Sequence[Failure]) -> InputError:
    if failures:
        return InputError(original.path, failures[0].reason, failures[0].detail)
    return InputError(original.path, "no_text_layer", "found no text on any page, expected some; look at the file")


class _Pages:
    """The pages of an open document one after the other, and what was wrong with some of them."""

    def __init__(self, document: Any, original: Original) -> None:
        self._document = document
        self._original = original
        self._sizes = TypeSizes()
        self.failures: list[Failure] = []
        self.with_text = 0
        self.scans = 0

    def __iter__(self) -> Iterator[PrintedPage]:
        deadline = Deadline(self._original.path, self._original.limits.seconds)
        for read in read_pages(self._document, self._original):
            deadline.check(f"page {read.page.number}")
            self.scans += read.is_scan
            if read.fault:
                where = f"page {read.page.number}"
                self.failures.append(failure_of(self._original, where, read.fault.reason, read.fault.detail))
            page = put_together(self._sizes.settle(read.page)) if read.is_scan and not read.fault else read.page
            self.with_text += bool(page.lines)
            self._original.on_page(read.page.number, self._document.page_count)
            yield page

    def ocr(self) -> str:
        """`Parsed.ocr` of the pages so far."""
        options = self._original.options
        return (ocr_signature(options.ocr, options.ocr_dpi) or "missing") if self.scans else ""


def _blocks(pages: Iterable[PrintedPage], levels: HeadingLevels) -> Iterator[Block]:
    """Blocks in the order of reading, each footnote before the first block that begins on a later page."""
    notes: deque[Block] = deque()
    lines = _lines(without_running_lines(pages), levels, notes)
    for paragraph, kind in with_whole_tables(paragraphs_of(lines, levels.is_title)):
        block = block_of(paragraph, levels.level_of(paragraph, kind))
        while notes and (notes[0].page or 1) < (block.page or 1):
            yield notes.popleft()
        yield block
    yield from notes


def _lines(
    pages: Iterable[PrintedPage], levels: HeadingLevels, notes: deque[Block]
) -> Iterator[tuple[PrintedLine, Typography]]:
    """Lines of the running text; footnotes go to `notes` as the pages are passed."""
    for batch in set_pages(pages):
        levels.see(batch)
        for page in batch:
            notes.extend(_notes(page))
            for line in page.lines:
                yield line, page.type


def _notes(page: SetPage) -> Iterator[Block]:
    for paragraph, _ in paragraphs_of((line, page.type) for line in page.notes):
        yield replace(block_of(paragraph), kind=PassageKind.FOOTNOTE)


class PdfParser:
    """PDF files of one column or several, scanned or not."""

    name = "pdf"
    version = 5
    suffixes = frozenset({".pdf"})
    kinds = frozenset({SourceKind.TEXTBOOK, SourceKind.GUIDELINE})

    def recognises(self, original: Original) -> bool:
        return is_pdf(original.data)

    def parse(self, original: Original) -> Parsed:
        return self.stream(original).collected()

    def stream(self, original: Original) -> Stream:
        """Passage by passage: memory is bounded by a batch of pages and not by the book."""
        closing = ExitStack()
        document = closing.enter_context(_opened(original))
        record = document_of(original, f"{self.name}@{self.version}", pages=document.page_count)
        pages = _Pages(document, original)
        return Stream(record, _records(document, pages, original, closing), ocr=pages.ocr)


def _records(document: Any, pages: _Pages, original: Original, closing: ExitStack) -> Iterator[StreamRecord]:
    with closing:
        entries = [OutlineEntry(level, title, page) for level, title, page in document.get_toc() if title.strip()]
        levels = HeadingLevels(entries, language=original.source.language)
        yield from passages_of(_blocks(pages, levels), original, pages.failures, own_text=True)
        if not pages.with_text:
            raise _without_text(original, pages.failures)
        yield from pages.failures


PARSER = PdfParser()
