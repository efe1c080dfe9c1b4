from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pedcorpus.corpus import (
    Corpus,
    QueueFiles,
    Unit,
    WaitingPage,
    add_decisions,
    add_findings,
    add_instructions,
    ask_queue,
    waiting_page,
)
from pedcorpus.records import ANYTHING, QueueFilter, Severity, Verdict
from tests.by_hand import decision, finding, question, treatment

Page = Callable[..., WaitingPage]

ROWS = [question(question=f"孩子{months}个月时会有ＡＢＣ热性惊厥吗？") for months in range(8)]
KQA = sorted(row.id for row in ROWS)
DOSE = treatment()


@pytest.fixture
def unit(shelf: Corpus) -> Iterator[Unit]:
    """Eight questions that passed their check and a treatment with an error, in a corpus that stays open."""
    with shelf.unit() as unit:
        add_instructions(unit, [*ROWS, DOSE])
        add_findings(unit, [finding(row.id) for row in (*ROWS, DOSE)])
        add_findings(unit, [finding(DOSE.id, Severity.ERROR, check="dose@1", reason="over_ceiling")])
        yield unit


@pytest.fixture
def page(unit: Unit, tmp_path: Path) -> Page:
    """Gives a page of what waits for a reviewer."""
    files = QueueFiles(tmp_path / "queue")

    def read(reviewer: str = "wang", wanted: QueueFilter = ANYTHING, **words: object) -> WaitingPage:
        return waiting_page(ask_queue(unit, files, reviewer, wanted), wanted, **{"first": 100, **words})

    return read


def ids(found: WaitingPage) -> list[str]:
    return [row.id for row in found.rows]


def test_errors_come_first_and_the_rest_by_the_hash_of_its_content(unit: Unit, page: Page) -> None:
    assert ids(page()) == [DOSE.id, *KQA]


def test_a_line_tells_the_worst_finding(unit: Unit, page: Page) -> None:
    (row,) = page(first=1).rows
    assert (row.severity, row.reason, row.source, row.topic) == (Severity.ERROR, "over_ceiling", "book", "热性惊厥")


def test_what_somebody_decided_does_not_wait(unit: Unit, page: Page) -> None:
    add_decisions(unit, [decision(DOSE.id, Verdict.ACCEPT)])
    assert ids(page()) == KQA


@pytest.mark.parametrize("verdict", [Verdict.DEFER, Verdict.FLAG])
def test_what_was_put_off_comes_last_for_that_reviewer_alone(unit: Unit, page: Page, verdict: Verdict) -> None:
    add_decisions(unit, [decision(DOSE.id, verdict, note="请看")])
    assert ids(page()) == [*KQA, DOSE.id]
    assert ids(page("li")) == [DOSE.id, *KQA]


def test_what_is_flagged_to_a_reviewer_comes_before_all_else(unit: Unit, page: Page) -> None:
    add_decisions(unit, [decision(KQA[5], Verdict.FLAG, note="请看", colleague="li")])
    assert ids(page("li"))[:2] == [KQA[5], DOSE.id]
    assert ids(page("zhao")) == [DOSE.id, *KQA]


def test_the_later_of_a_flag_and_a_deferral_says_where_it_comes(unit: Unit, page: Page) -> None:
    add_decisions(unit, [decision(KQA[5], Verdict.FLAG, note="请看", colleague="li")])
    add_decisions(unit, [decision(KQA[5], Verdict.DEFER, reviewer="li")])
    assert ids(page("li"))[-1] == KQA[5]
    add_decisions(unit, [decision(KQA[5], Verdict.FLAG, note="再看", colleague="li")])
    assert ids(page("li"))[0] == KQA[5]


def test_of_equal_risk_what_a_plan_has_drawn_comes_first(unit: Unit, page: Page) -> None:
    assert ids(page(drawn={KQA[3]}))[:3] == [DOSE.id, KQA[3], KQA[0]]


def test_a_window_is_the_beginning_and_counts_are_of_all(unit: Unit, page: Page) -> None:
    found = page("wang", QueueFilter(task="medkqa"), first=3)
    assert (ids(found), found.matching, found.waiting) == (KQA[:3], 8, 9)
    assert found.counts == {
        "task": {"medkqa": 8, "trerecom": 1},
        "source": {"book": 9},
        "reason": {"over_ceiling": 1},
        "topic": {"热性惊厥": 9},
    }


def test_what_others_hold_is_counted_and_left_out(unit: Unit, page: Page) -> None:
    found = page(held={KQA[0], DOSE.id})
    assert (ids(found), found.matching) == (KQA[1:], 9)


@pytest.mark.parametrize(
    ("wanted", "matching"),
    [
        (QueueFilter(text="惊厥"), 9),
        (QueueFilter(text="abc 惊厥"), 8),
        (QueueFilter(text="ＡＢＣ"), 8),
        (QueueFilter(text="孩子3个月"), 1),
        (QueueFilter(text="川崎"), 0),
        (QueueFilter(text="惊厥 川崎"), 0),
        (QueueFilter(text="100%"), 0),
        (QueueFilter(text=KQA[0][:12]), 1),
        (QueueFilter(task="trerecom"), 1),
        (QueueFilter(task="trerecom", text="abc"), 0),
        (QueueFilter(source="book"), 9),
        (QueueFilter(source="graph"), 0),
        (QueueFilter(reason="over_ceiling"), 1),
        (QueueFilter(reason="not_in_evidence"), 0),
        (QueueFilter(topic="热性惊厥"), 9),
        (QueueFilter(topic="热性"), 0),
    ],
)
def test_a_filter_lets_through_what_matches_all_its_parts(page: Page, wanted: QueueFilter, matching: int) -> None:
    found = page(wanted=wanted)
    assert (len(found.rows), found.matching, found.waiting) == (matching, matching, 9)


def test_what_several_read_waits_for_each_of_them(unit: Unit, page: Page) -> None:
    add_decisions(unit, [decision(DOSE.id, Verdict.ACCEPT, readers=2)])
    assert ids(page()) == KQA
    assert ids(page("li")) == [DOSE.id, *KQA]
    assert ids(page(disputed=True)) == []


def test_what_readers_disagree_on_waits_for_an_adjudicator(unit: Unit, page: Page) -> None:
    add_decisions(unit, [decision(DOSE.id, Verdict.ACCEPT, readers=2)])
    add_decisions(unit, [decision(DOSE.id, Verdict.REJECT, reviewer="li", reason="wrong_fact", readers=2)])
    assert ids(page("zhao")) == KQA
    assert ids(page("chen", disputed=True)) == [DOSE.id]
