"""The view that every status is from says what `ruling_of` says, whatever was decided in whatever order."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pedcorpus.corpus import Corpus, add_decisions
from pedcorpus.corpus.drafts import add_instructions
from pedcorpus.corpus.verdicts import add_findings
from pedcorpus.records import Decision, Verdict
from pedcorpus.review import Outcome, ruling_of
from tests.by_hand import NOON, decision, finding, question

ONE = question()
MADE = question(question="热性惊厥第一次发作多在几岁？", parent=ONE.id)
WORDS = [
    {"verdict": Verdict.ACCEPT},
    {"verdict": Verdict.REJECT, "reason": "wrong_fact"},
    {"verdict": Verdict.EDIT, "edited": MADE.id},
    {"verdict": Verdict.EDIT, "edited": "other"},
    {"verdict": Verdict.DEFER},
]
KINDS = [{}, {"readers": 2}, {"readers": 3}, {"role": "adjudicator"}, {"acceptance": "accept-all"}]
KINDS += [{"acceptance": "calibration"}]


@pytest.fixture(scope="module")
def corpus() -> Iterator[Corpus]:
    """One with a checked instruction; what a test adds is taken back."""
    with tempfile.TemporaryDirectory() as folder:
        made = Corpus(Path(folder) / "corpus.duckdb")
        made.prepare()
        with made.unit() as unit:
            add_instructions(unit, [ONE, MADE])
            add_findings(unit, [finding(ONE.id)])
        yield made


class _TakenBack(Exception):
    """Ends a unit of work without a trace."""


def said(corpus: Corpus, decisions: list[Decision], query: str) -> list[tuple[object, ...]]:
    """What `query` answers after `decisions`, which are not kept."""
    found: list[tuple[object, ...]] = []
    with suppress(_TakenBack), corpus.unit() as unit:
        for each in decisions:
            add_decisions(unit, [each])
        found = unit.execute(query, [ONE.id]).fetchall()
        raise _TakenBack
    return found


@st.composite
def histories(draw: st.DrawFn) -> list[Decision]:
    """Decisions of all kinds by three people, some taken back."""
    taken: list[Decision] = []
    for number in range(draw(st.integers(0, 6))):
        at = NOON + timedelta(minutes=number)
        if taken and draw(st.integers(0, 4)) == 0:
            undone = draw(st.sampled_from(taken))
            taken.append(decision(ONE.id, Verdict.UNDO, undoes=undone.id, at=at))
        else:
            values = draw(st.sampled_from(WORDS)) | draw(st.sampled_from(KINDS))
            values = {**values, "reviewer": draw(st.sampled_from(["wang", "li", "zhao"])), "at": at}
            taken.append(Decision(instruction=ONE.id, **values))
    return taken


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=histories())
def test_the_view_rules_as_the_policy_does(corpus: Corpus, taken: list[Decision]) -> None:
    expected = ruling_of(taken)
    rows = said(corpus, taken, "SELECT verdict, edited FROM ruling WHERE instruction = ?")
    assert rows == ([(expected.outcome.value, expected.edited)] if expected else [])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS[:4]), min_size=1, max_size=3), readers=st.sampled_from([2, 3]))
def test_the_order_in_which_readers_decide_changes_nothing(corpus: Corpus, words: list, readers: int) -> None:
    taken = [
        Decision(instruction=ONE.id, reviewer=name, readers=readers, at=NOON, **word)
        for name, word in zip(["wang", "li", "zhao"], words, strict=False)
    ]
    query = "SELECT status FROM own_status WHERE id = ?"
    assert len({str(said(corpus, list(order), query)) for order in permutations(taken)}) == 1


def test_a_row_is_settled_once_its_readers_are_of_one_mind() -> None:
    assert [outcome for outcome in Outcome if not outcome.is_settled] == [Outcome.AWAITED, Outcome.DISPUTED]
