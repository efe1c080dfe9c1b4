"""How much one file may cost, so that a hostile one costs a failure row and not the machine.

Each limit is an attribute of `LIMITS`; a workspace or a test that needs others sets them there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from pedcorpus.errors import InputError

__all__ = ["LIMITS", "Deadline", "Limits"]


@dataclass
class Limits:
    """Bounds on one file; past one of them the file is an `InputError`, except where a field says otherwise."""

    pages: int = 20_000
    """Pages of a PDF."""
    page_glyphs: int = 200_000
    """Characters on one PDF page; a newspaper's has 20,000. A page with more is a failure, the others are read."""
    seconds: float = 3600.0
    """Processor time for one PDF, looked at between its pages."""
    picture_pixels: int = 400_000_000
    """Of the pictures on one scanned page: an A2 page at 1,200 dpi. A page with more is a failure."""
    drawn_pixels: int = 40_000_000
    """Of the picture that a page is drawn to for OCR: an A3 page at 400 dpi. Larger pages are drawn coarser."""
    archive_members: int = 20_000
    """Files in a DOCX or EPUB; an EPUB of a whole encyclopaedia has some thousands."""
    archive_bytes: int = 2 << 30
    """Uncompressed bytes that all members together claim; pictures count."""
    archive_ratio: int = 500
    """Uncompressed over compressed bytes of a member above `archive_small_bytes`; real text packs to a tenth or less
    and Word's most repetitive tables to a hundredth, bombs to a thousandth."""
    archive_small_bytes: int = 1 << 20
    """Members up to this size may have any ratio."""
    part_bytes: int = 64 << 20
    """One text member as it is read; a book of 1,000 pages is about 30 MB of Word's XML."""
    docx_bytes: int = 64 << 20
    """All XML parts of a DOCX together."""
    docx_nodes: int = 2_000_000
    """Elements and attributes of all XML parts of a DOCX; each takes about 1 kB of memory while it is converted. A
    book of 3,000 pages has 600,000."""
    xml_depth: int = 200
    """Elements inside one another in a part of a DOCX, which is walked recursively; Word itself stays below 100."""
    table_span: int = 200
    """Rows and columns that one table cell may be spread over; larger spans are cut to it."""
    table_characters: int = 2_000_000
    """Characters that spread cells may add to one table; past it, spread places stay empty."""
    formula_characters: int = 2_000
    """A stretch between two `$` that is longer is no formula."""


LIMITS = Limits()


@dataclass
class Deadline:
    """The time that one file may take, running from the moment this is made."""

    path: str
    seconds: float
    clock: Callable[[], float] = time.process_time

    def __post_init__(self) -> None:
        self._end = self.clock() + self.seconds

    def check(self, at: str) -> None:
        """Nothing while there is time.

        Raises:
            InputError: the file has had its time; `at` says how far reading had come.
        """
        if self.clock() > self._end:
            detail = (
                f"took more than {self.seconds:g} s of processor time up to {at}; split the file or raise the limit"
            )
            raise InputError(self.path, "too_slow", detail)
