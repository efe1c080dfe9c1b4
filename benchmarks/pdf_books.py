"""PDF files for the benches of `parse/pdf`: shelves of generated books of every layout, and one book repeated.

The repeated book has the same hundred pages again and again, so that a page costs the same in a small and a large file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf

from benchmarks.shelf import Book, make_book

__all__ = ["LAYOUTS", "REAL", "make_shelf", "repeated"]

LAYOUTS = 4
"""A book's seed modulo this decides its layout."""
REAL = Path(__file__).parents[2] / "shared" / "data" / "pdf_zh"
"""Printed papers that are not part of the repository."""
_BASE_PAGES = 100


def make_shelf(pages: int, *, books: int, first_seed: int, tables: bool = True) -> Iterator[Book]:
    """`books` books, each of another seed, of `pages` pages and a few more in all; the last page of each is whole."""
    for seed in range(first_seed, first_seed + books):
        yield make_book(pages // books, seed=seed, tables=tables)


def repeated(pages: int) -> bytes:
    """A book of exactly `pages` pages: the same hundred of one and two columns, with tables, as often as needed."""
    base, whole = pymupdf.open(stream=make_book(_BASE_PAGES, seed=2).data), pymupdf.open()
    for start in range(0, pages, _BASE_PAGES):
        whole.insert_pdf(base, to_page=min(_BASE_PAGES, pages - start) - 1)
    return bytes(whole.tobytes())
