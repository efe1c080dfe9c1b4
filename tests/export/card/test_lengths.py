from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.export import SPLITS, Export
from pedcorpus.export.card.lengths import Lengths, lengths_report, text_lengths


def by_hand(export: Export, task: str) -> list[int]:
    rows = [row for split in SPLITS for row in export.rows("instructions", split) if row["task"] == task]
    return sorted(len(row["messages"][-1]["content"]) for row in rows)


def lengths_of(values: list[int]) -> Lengths:
    return Lengths("answer", "medkqa", {value: values.count(value) for value in sorted(set(values))})


@pytest.mark.parametrize("task", ["medkqa", "evidiag", "trerecom"])
def test_answers_are_as_long_as_their_last_message(sample_export: Export, task: str) -> None:
    (found,) = [each for each in text_lengths(sample_export.root) if (each.what, each.of) == ("answer", task)]
    assert sorted(length for length, count in found.counts.items() for _ in range(count)) == by_hand(
        sample_export, task
    )


def test_questions_texts_and_pairs_are_counted_too(sample_export: Export) -> None:
    found = {(each.what, each.of): each.texts for each in text_lengths(sample_export.root)}
    counts = sample_export.manifest.counts["tasks"]
    assert all(found["question", task] == counts[task] for task in ("medkqa", "evidiag", "trerecom"))
    texts = sum(entry.rows or 0 for name, entry in sample_export.manifest.files.items() if name.startswith("cpt/"))
    assert sum(number for (what, _), number in found.items() if what == "text") == texts
    assert found["chosen", "dfpo"] == found["rejected", "dfpo"] == 8


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60), st.integers(0, 100))
def test_a_quantile_is_the_shortest_that_enough_do_not_exceed(values: list[int], hundredths: int) -> None:
    found = lengths_of(values).quantile(hundredths)
    wanted = max(1, hundredths * len(values) / 100)
    assert sum(value <= found for value in values) >= wanted
    assert sum(value < found for value in values) < wanted


def test_the_report_states_five_figures_of_each() -> None:
    (row,) = lengths_report([lengths_of([5, 1, 9, 3])])["lengths"]
    assert row == {"what": "answer", "of": "medkqa", "texts": 4, "min": 1, "median": 3, "p95": 9, "max": 9}
