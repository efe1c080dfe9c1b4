from __future__ import annotations

from typing import Any

import pytest

from pedcorpus.records import Severity
from pedcorpus.review import QueueEntry, mixed


def entry(name: str, severity: Severity = Severity.PASS, **changes: Any) -> QueueEntry:
    return QueueEntry(name, "medkqa", "热性惊厥", "book", severity, "", **changes)


QUEUE = [entry(f"row {number}") for number in range(1000)]
KNOWN = [entry(f"known {number}") for number in range(200)]


def ids(entries: list[QueueEntry]) -> list[str]:
    return [each.id for each in entries]


def mix(
    entries: list[QueueEntry] = QUEUE,
    known: list[QueueEntry] = KNOWN,
    *,
    reviewer: str = "wang",
    share: float = 0.1,
    is_whole: bool = True,
) -> list[QueueEntry]:
    return mixed(entries, known, reviewer=reviewer, share=share, is_whole=is_whole)


def test_about_the_share_that_is_asked_for_is_known() -> None:
    found = mix()
    share = sum(each in KNOWN for each in found) / len(found)
    assert 0.07 < share < 0.13


def test_all_others_stand_in_their_order() -> None:
    assert [each for each in mix() if each not in KNOWN] == QUEUE


def test_nothing_moves_when_what_stood_first_was_decided() -> None:
    before = mix()
    left = [each for each in QUEUE if each.id not in ids(before[:50])]
    open_known = [each for each in KNOWN if each.id not in ids(before[:50])]
    assert mix(left, open_known) == before[50:]


def test_reviewers_find_them_at_other_places() -> None:
    places = [[place for place, each in enumerate(mix(reviewer=name)) if each in KNOWN] for name in ("wang", "li")]
    assert places[0] != places[1]


def test_one_stands_where_its_findings_let_it_stand() -> None:
    queue = [entry(f"bad {number}", Severity.ERROR) for number in range(100)] + QUEUE
    known = [*KNOWN, *(entry(f"known bad {number}", Severity.ERROR) for number in range(9))]
    severities = [each.severity for each in mix(queue, known)]
    assert severities == sorted(severities, key=lambda severity: severity is not Severity.ERROR)


def test_one_looks_drawn_for_a_sample_where_its_neighbours_are() -> None:
    drawn = [entry(f"row {number}", drawn=True) for number in range(300)]
    assert {each.drawn for each in mix(drawn)} == {True}


@pytest.mark.parametrize("change", ["flagged", "deferred"])
def test_none_stands_among_what_was_flagged_or_put_off(change: str) -> None:
    queue = [entry(f"row {number}", **{change: True}) for number in range(300)]
    assert mix(queue) == queue


def test_one_that_was_put_off_comes_last_of_all() -> None:
    late = entry("known late", deferred=True)
    assert ids(mix(known=[late, *KNOWN]))[-1] == "known late"
    assert "known late" not in ids(mix(known=[late, *KNOWN], is_whole=False))


def test_without_a_share_there_is_none() -> None:
    assert mix(share=0.0) == QUEUE
