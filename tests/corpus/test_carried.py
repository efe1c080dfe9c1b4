from __future__ import annotations

from datetime import timedelta

from pedcorpus.corpus import Corpus, settle_decisions, stage_decisions
from pedcorpus.records import Decision, Verdict
from tests.by_hand import NOON, decision


def said(instruction: str, minutes: int, verdict: Verdict = Verdict.ACCEPT) -> Decision:
    return decision(instruction, verdict, at=NOON + timedelta(minutes=minutes))


def settled(corpus: Corpus, *rows: list[tuple[int, Decision]]) -> list[tuple[str, str]]:
    """Instruction and verdict of what was stored, in its order; each decision is handed in after its place in time."""
    with corpus.unit() as unit:
        for row in rows:
            stage_decisions(unit, [(NOON + timedelta(minutes=until), each) for until, each in row])
        settle_decisions(unit)
        return unit.execute("SELECT instruction, verdict FROM decision ORDER BY written").fetchall()


def test_decisions_of_rows_go_by_time(corpus: Corpus) -> None:
    first, second, third = said("a", 5), said("b", 1), said("b", 9, Verdict.DEFER)
    assert settled(corpus, [(5, first)], [(1, second), (9, third)]) == [
        ("b", "accept"),
        ("a", "accept"),
        ("b", "defer"),
    ]


def test_within_a_row_a_clock_that_went_back_changes_no_order(corpus: Corpus) -> None:
    late, early = said("a", 9, Verdict.REJECT), said("a", 1)
    assert settled(corpus, [(9, late), (9, early)]) == [("a", "reject"), ("a", "accept")]


def test_a_decision_that_two_rows_tell_of_is_one(corpus: Corpus) -> None:
    edit = said("a", 1, Verdict.EDIT)
    assert settled(corpus, [(1, edit)], [(1, edit)]) == [("a", "edit")]


def test_without_decisions_there_is_nothing(corpus: Corpus) -> None:
    assert settled(corpus, []) == []
