from __future__ import annotations

from typing import Any

import pytest

from pedcorpus.records import Decision, Verdict
from pedcorpus.review.overlap import Outcome, Ruling, own_words, readers_of, readings_of, ruling_of
from pedcorpus.settings import OverlapSettings
from tests.by_hand import decision

ACCEPT, REJECT, EDIT = Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT
NAMES = [f"row {number}" for number in range(2000)]


def read(reviewer: str, verdict: Verdict, **changes: Any) -> Decision:
    return decision("a", verdict, **({"reviewer": reviewer, "readers": 2} | changes))


def test_the_share_of_rows_that_is_asked_for_goes_to_several() -> None:
    drawn = [name for name in NAMES if readers_of(name, OverlapSettings(share=0.2, readers=3)) == 3]
    assert 340 < len(drawn) < 460


@pytest.mark.parametrize(("share", "found"), [(0.0, {1}), (1.0, {2})])
def test_a_share_of_none_or_all_is_none_or_all(share: float, found: set[int]) -> None:
    assert {readers_of(name, OverlapSettings(share=share)) for name in NAMES} == found


def test_rows_stay_drawn_when_the_share_grows() -> None:
    small, large = OverlapSettings(share=0.1), OverlapSettings(share=0.3)
    assert all(readers_of(name, large) == 2 for name in NAMES if readers_of(name, small) == 2)


def test_another_seed_draws_other_rows() -> None:
    one, other = (OverlapSettings(share=0.5, seed=seed) for seed in ("one", "other"))
    assert any(readers_of(name, one) != readers_of(name, other) for name in NAMES)


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        pytest.param([], None, id="nothing was said"),
        pytest.param([decision("a", Verdict.DEFER)], None, id="putting off decides nothing"),
        pytest.param([decision("a", ACCEPT), decision("a", REJECT)], Ruling(Outcome.REJECT), id="the last of one"),
        pytest.param([read("wang", ACCEPT)], Ruling(Outcome.AWAITED), id="one of two"),
        pytest.param([read("wang", ACCEPT), read("li", ACCEPT)], Ruling(Outcome.ACCEPT), id="both"),
        pytest.param([read("wang", ACCEPT), read("li", REJECT)], Ruling(Outcome.DISPUTED), id="they disagree"),
        pytest.param(
            [read("wang", EDIT, edited="b"), read("li", EDIT, edited="b")], Ruling(Outcome.EDIT, "b"), id="one edit"
        ),
        pytest.param(
            [read("wang", EDIT, edited="b"), read("li", EDIT, edited="c")], Ruling(Outcome.DISPUTED), id="two edits"
        ),
        pytest.param(
            [read("wang", ACCEPT), read("wang", ACCEPT, note="again")], Ruling(Outcome.AWAITED), id="the same one twice"
        ),
        pytest.param(
            [read("wang", ACCEPT), decision("a", ACCEPT, reviewer="li", acceptance="accept-all")],
            Ruling(Outcome.AWAITED),
            id="a decision in bulk is nobody's reading",
        ),
        pytest.param(
            [read("wang", ACCEPT), read("li", REJECT), decision("a", EDIT, edited="d", role="adjudicator")],
            Ruling(Outcome.EDIT, "d"),
            id="an adjudicator",
        ),
        pytest.param([decision("a", REJECT, acceptance="calibration")], None, id="calibration decides nothing"),
    ],
)
def test_decisions_come_to_a_ruling(decisions: list[Decision], expected: Ruling | None) -> None:
    assert ruling_of(decisions) == expected


def test_who_reads_blind_sees_only_their_own_words_and_what_is_asked_of_them() -> None:
    own = read("li", Verdict.DEFER)
    asked = read("wang", Verdict.FLAG, note="看剂量", colleague="li")
    others = [read("wang", REJECT), read("wang", Verdict.FLAG, note="看剂量")]
    assert own_words([own, *others, asked], "li") == (own, asked)


def test_readings_stand_in_the_same_order_whoever_read_first() -> None:
    said = [read("wang", ACCEPT), read("li", REJECT), read("zhao", ACCEPT)]
    assert readings_of(said) == readings_of(said[::-1])
    assert len(readings_of(said)) == 3


def test_a_reading_that_was_taken_back_is_none() -> None:
    first = read("wang", REJECT)
    undo = decision("a", Verdict.UNDO, undoes=first.id)
    assert readings_of([first, undo, read("wang", ACCEPT)]) == (read("wang", ACCEPT),)
