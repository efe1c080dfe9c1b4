"""The pages of one PDF, each read on its own: in this process, or several side by side; always in their order.

A page that cannot be read is a fault with its reason, and the others are read. What the pages make together, in
which order their lines stand and where their paragraphs end, is found later and in one process.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import pymupdf

from pedcorpus.engine import Processes, batches
from pedcorpus.errors import InputError
from pedcorpus.parse.limits import Limits
from pedcorpus.parse.parser import Original, ParseOptions
from pedcorpus.parse.pdf_lines import merge_fragments
from pedcorpus.parse.pdf_page import PrintedPage, TooManyGlyphs, read_page
from pedcorpus.parse.pdf_tables import with_tables
from pedcorpus.parse.scans import read_scan, text_layer_of
from pedcorpus.parse.text_layer import TextLayer

__all__ = ["PageFault", "ReadPage", "put_together", "read_pages"]

_mupdf: Any = pymupdf  # its functions are untyped

_MANY_PAGES = 400
"""Pages of text from which several processes read a file: fewer are read before those have started."""
_FEW_PAGES = 4
"""The same where a page has so many bytes that it may be a scan, and OCR takes seconds."""
_SCAN_BYTES = 20_000
_TASK = 4
"""Pages that a process reads at a time."""


class PageFault(NamedTuple):
    """Why a page could not be read."""

    reason: str
    detail: str


class ReadPage(NamedTuple):
    """One page as it was read; without a line where there was a fault."""

    page: PrintedPage
    is_scan: bool = False
    """Was it, or had it to be, read by OCR? Its sizes are as measured, and its lines not put together yet."""
    fault: PageFault | None = None


def put_together(page: PrintedPage) -> PrintedPage:
    """`page` with its tables found, and the fragments of its lines joined."""
    whole = with_tables(page)
    tables = [line for line in whole.lines if line.table]
    return whole._replace(lines=merge_fragments([line for line in whole.lines if not line.table]) + tables)


def read_pages(document: Any, original: Original) -> Iterator[ReadPage]:  # pymupdf is untyped
    """Every page of `document`, which is `original` opened.

    Raises:
        InputError: of the whole file, such as a time limit that ends while a page is read.
    """
    if original.options.jobs == 1 or not _is_long(document.page_count, len(original.data)):
        for number in range(document.page_count):
            yield _read(document, number, original.options, original.limits, whole=original.path)
        return
    with tempfile.NamedTemporaryFile(prefix="pedcorpus-", suffix=".pdf") as shared:
        shared.write(original.data)
        shared.flush()
        tasks = (
            _Task(shared.name, tuple(numbers), original.options, original.limits)
            for numbers in batches(range(document.page_count), _TASK)
        )
        for pages in Processes(original.options.jobs).map_ordered(_read_task, tasks, crashed=_crashed):
            yield from pages


def _is_long(pages: int, size: int) -> bool:
    return pages >= (_FEW_PAGES if size >= pages * _SCAN_BYTES else _MANY_PAGES)


class _Task(NamedTuple):
    """Some pages of a file, for another process."""

    file: str
    numbers: Sequence[int]
    options: ParseOptions
    limits: Limits


@lru_cache(maxsize=1)
def _opened(file: str) -> Any:  # pymupdf is untyped
    _mupdf.TOOLS.mupdf_display_errors(False)
    _mupdf.TOOLS.mupdf_display_warnings(False)
    document = _mupdf.open(file)
    if document.needs_pass:
        document.authenticate("")
    return document


def _read_task(task: _Task) -> list[ReadPage]:
    document = _opened(task.file)
    return [_read(document, number, task.options, task.limits) for number in task.numbers]


def _crashed(task: _Task) -> list[ReadPage]:
    first, last = task.numbers[0] + 1, task.numbers[-1] + 1
    detail = f"one of the pages {first} to {last} ended the process that read it; they are left out: save the file anew"
    return [_without(number, "crashed", detail) for number in task.numbers]


def _read(document: Any, number: int, options: ParseOptions, limits: Limits, *, whole: str = "") -> ReadPage:
    is_scan = False
    try:
        page = document.load_page(number)
        printed = read_page(page, glyphs=limits.page_glyphs)
        layer = text_layer_of(page, "".join([line.text for line in printed.lines]))
        is_scan = layer not in (TextLayer.SOUND, TextLayer.BLANK)
        return ReadPage(read_scan(page, layer, options, limits) if is_scan else put_together(printed), is_scan)
    except InputError as error:
        if error.where == whole:  # its time is up
            raise
        return _without(number, error.reason, error.detail, is_scan=is_scan)
    except TooManyGlyphs as found:
        detail = f"found about {found} characters, allowed are {limits.page_glyphs}; left out"
        return _without(number, "page_too_dense", detail)
    except RuntimeError as error:
        detail = f"found a damaged page ({str(error)[:100]}), expected a sound one; left out"
        return _without(number, "unreadable", detail)


def _without(number: int, reason: str, detail: str, *, is_scan: bool = False) -> ReadPage:
    return ReadPage(PrintedPage(number + 1, 1.0, 1.0, ()), is_scan, PageFault(reason, detail))
