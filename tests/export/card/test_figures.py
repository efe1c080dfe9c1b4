from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from pedcorpus.export.card import figures
from pedcorpus.export.card.chart import Bar
from pedcorpus.export.contents import Contents
from tests.export.sample import sample_release


def contents(works: list[dict[str, Any]]) -> Contents:
    counts = {"tasks": {"medkqa": 3, "medkqa/train": 2, "medkqa/test": 1, "evidiag": 5, "evidiag/train": 5}}
    reports: dict[str, Any] = {field.name: {} for field in fields(Contents)}
    whole = {**reports, "release": sample_release(), "counts": counts, "licences": {"sources": works}}
    return Contents(**whole)


def work(name: str, rows: int) -> dict[str, Any]:
    return {"id": name, "rows": rows, "rows_share": rows / 100}


def test_tasks_with_the_most_rows_come_first() -> None:
    assert figures._task_bars(contents([])) == [Bar("evidiag", [5, 0, 0], "5"), Bar("medkqa", [2, 0, 1], "3")]


@pytest.mark.parametrize(("name", "label"), [("book", "book"), ("儿科学", "no. 2")])
def test_a_work_is_called_by_its_number_where_the_font_lacks_its_letters(name: str, label: str) -> None:
    (bar,) = figures._source_bars(contents([work("unused", 0), work(name, 8)]))
    assert bar == Bar(label, [8], "8 (8.0%)")


def test_works_beyond_the_twentieth_are_one_bar() -> None:
    bars = figures._source_bars(contents([work(f"w{number}", 30 - number) for number in range(25)]))
    assert len(bars) == 21
    assert bars[-1] == Bar("5 others", [10 + 9 + 8 + 7 + 6], "40")
