"""PDFs that are far larger than any book: time and memory stay bounded, and what is sound in them is read."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import pymupdf
import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Limits, Original, parse_original
from pedcorpus.parse.pdf import PARSER
from pedcorpus.records import Passage

Make = Callable[..., Original]


def with_dense_page(glyphs: int) -> bytes:
    """A page of so many characters, and a page of text behind it."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "a", fontsize=10)
    (stream,) = page.get_contents()
    lines = [b"1 0 0 1 72 %d Tm (%s) Tj" % (100 + at % 600, b"abcdefghij" * 5) for at in range(glyphs // 50)]
    document.update_stream(stream, b"BT /helv 2 Tf " + b"\n".join(lines) + b" ET")
    document.new_page().insert_text(
        (72, 100), "热性惊厥多见于婴幼儿，预后多半良好。", fontsize=10.5, fontname="china-s"
    )
    return bytes(document.tobytes(deflate=True))


def test_a_page_of_a_million_glyphs_is_a_failure_and_the_next_is_read(original: Make) -> None:
    made = original("a.pdf", with_dense_page(1_000_000))
    tracemalloc.start()
    start = time.process_time()
    parsed = parse_original(made)
    seconds, (_, peak) = time.process_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(one.where, one.reason) for one in parsed.failures] == [("a.pdf: page 1", "page_too_dense")]
    assert [one.address.page for one in parsed.passages] == [2]
    assert seconds < 10
    assert peak < 20_000_000  # not one of the million was made an object


def long_book(pages: int) -> bytes:
    leaf, book = pymupdf.open(), pymupdf.open()
    for number in range(100):
        text = [f"热性惊厥多见于婴幼儿，发热时惊厥，第{number:02}例亦然，", "预后多半良好。"]
        leaf.new_page().insert_text((72, 300), text, fontsize=10.5, fontname="china-s")
    for _ in range(0, pages, 100):
        book.insert_pdf(leaf)
    return bytes(book.tobytes())


def test_passages_of_a_long_book_come_long_before_its_end(original: Make) -> None:
    read: list[int] = []
    made = replace(original("a.pdf", long_book(2000)), on_page=lambda done, _: read.append(done))
    records = PARSER.stream(made).records
    assert isinstance(next(records), Passage)
    assert len(read) < 1000
    assert all(isinstance(one, Passage) for one in records)
    assert len(read) == 2000


def test_a_book_beyond_the_limit_of_pages_is_refused_unread(original: Make) -> None:
    made = replace(original("a.pdf", long_book(200)), limits=Limits(pages=100))
    with pytest.raises(InputError, match="found 200 pages, allowed are 100"):
        parse_original(made)
