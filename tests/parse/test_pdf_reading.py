"""Pages read side by side give what they give one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pymupdf
import pytest

from pedcorpus.parse import Original, ParseOptions, parse_original
from pedcorpus.parse import pdf_reading as reading

Make = Callable[..., Original]


@cache
def book(pages: int) -> bytes:
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page()
        for line in range(12):
            text = f"第{number + 1}页第{line + 1}行，热性惊厥多见于六个月至五岁的婴幼儿，预后良好。"
            page.insert_text((72, 100 + 16 * line), text, fontsize=10.5, fontname="china-s")
    return bytes(document.tobytes())


@pytest.fixture
def long_book(original: Make, monkeypatch: pytest.MonkeyPatch) -> Original:
    monkeypatch.setattr(reading, "_MANY_PAGES", 10)
    return original("book.pdf", book(14))


def test_side_by_side_and_one_after_the_other_are_equal(long_book: Original) -> None:
    beside = replace(long_book, options=ParseOptions(jobs=2))
    assert parse_original(beside) == parse_original(long_book)


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_page_is_told_in_order(long_book: Original, jobs: int) -> None:
    told: list[tuple[int, int]] = []
    listening = replace(
        long_book, options=ParseOptions(jobs=jobs), on_page=lambda done, total: told.append((done, total))
    )
    parse_original(listening)
    assert told == [(number, 14) for number in range(1, 15)]


def test_pages_of_a_process_that_ended_are_faults_and_the_others_are_read(
    long_book: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    def second_task_crashes(_, function, tasks, *, crashed):  # type: ignore[no-untyped-def]  # map_ordered's shape
        for number, task in enumerate(tasks):
            yield crashed(task) if number == 1 else function(task)

    monkeypatch.setattr(reading.Processes, "map_ordered", second_task_crashes)
    parsed = parse_original(replace(long_book, options=ParseOptions(jobs=2)))
    assert [failure.where for failure in parsed.failures] == [f"book.pdf: page {number}" for number in range(5, 9)]
    assert {failure.reason for failure in parsed.failures} == {"crashed"}
    text = "".join(passage.text for passage in parsed.passages)
    assert [number for number in (4, 5, 8, 9) if f"第{number}页" in text] == [4, 9]


@pytest.mark.parametrize(
    ("pages", "size", "is_long"),
    [(3, 10_000_000, False), (4, 10_000_000, True), (300, 3_000_000, False), (400, 3_000_000, True)],
)
def test_scans_are_long_sooner_than_text(pages: int, size: int, is_long: bool) -> None:
    assert reading._is_long(pages, size) is is_long
