from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from scipy.stats import binom

from pedcorpus.records import Verdict
from pedcorpus.review import Assessment, LotRow, LotVerdict, Stratum, assess_lot, drawn_order
from pedcorpus.settings import SamplingSettings

STRATUM = Stratum("book", "medkqa", "section@1")
PLAN = SamplingSettings(enabled=True, limit=0.05, confidence=0.9, allowed_defects=1)
SIZES = (55, 85)  # of 400 rows, for no defect and for one, each at half the risk


def lot(*verdicts: Verdict, rows: int = 400) -> list[LotRow]:
    """Rows whose first drawn have `verdicts`."""
    drawn = drawn_order([LotRow(f"row-{number}") for number in range(rows)], PLAN.seed)
    given = [replace(row, verdict=verdict) for row, verdict in zip(drawn, verdicts, strict=False)]
    return given + drawn[len(given) :]


def assessed(*verdicts: Verdict, rows: int = 400) -> Assessment:
    return assess_lot(STRATUM, lot(*verdicts, rows=rows), PLAN)


ACCEPT, REJECT, EDIT = Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT


@pytest.mark.parametrize(
    ("verdicts", "verdict", "required"),
    [
        pytest.param([], LotVerdict.REVIEW, SIZES[0], id="nothing read"),
        pytest.param([ACCEPT] * (SIZES[0] - 1), LotVerdict.REVIEW, SIZES[0], id="one row short"),
        pytest.param([ACCEPT] * SIZES[0], LotVerdict.PASSED, SIZES[0], id="a sample without a defect"),
        pytest.param([REJECT, *[ACCEPT] * SIZES[0]], LotVerdict.REVIEW, SIZES[1], id="a defect asks for more"),
        pytest.param([EDIT, *[ACCEPT] * (SIZES[1] - 1)], LotVerdict.PASSED, SIZES[1], id="a larger one with an edit"),
        pytest.param([REJECT, EDIT], LotVerdict.FULL, 400, id="more defects than allowed"),
        pytest.param(
            [*[ACCEPT] * SIZES[0], REJECT], LotVerdict.REVIEW, SIZES[1], id="a defect after the sample counts"
        ),
    ],
)
def test_a_lot_passes_by_its_sample(verdicts: list[Verdict], verdict: LotVerdict, required: int) -> None:
    found = assessed(*verdicts)
    assert (found.verdict, found.required) == (verdict, required)
    assert len(found.waiting) == required - len(verdicts) if verdict is not LotVerdict.PASSED else not found.waiting


def test_a_lot_too_small_for_a_sample_is_reviewed_whole() -> None:
    found = assessed(*[ACCEPT] * 19, rows=20)
    assert found.verdict is LotVerdict.FULL
    assert len(found.waiting) == 1
    assert found.acceptable == ()


def test_what_passes_is_all_that_waits_but_for_what_somebody_flagged() -> None:
    rows = lot(*[ACCEPT] * SIZES[0])
    rows[-1] = replace(rows[-1], acceptable=False)
    found = assess_lot(STRATUM, rows, PLAN)
    assert set(found.acceptable) == {row.id for row in rows[SIZES[0] : -1]}


def test_a_flagged_row_stays_in_its_sample() -> None:
    rows = lot(*[ACCEPT] * SIZES[0])
    rows[3] = replace(rows[3], verdict=None, acceptable=False)
    found = assess_lot(STRATUM, rows, PLAN)
    assert (found.verdict, found.waiting) == (LotVerdict.REVIEW, (rows[3].id,))


def test_the_sample_does_not_depend_on_the_order_of_the_rows() -> None:
    shuffled = Random(5).sample(lot(), 400)
    assert assess_lot(STRATUM, shuffled, PLAN) == assessed()


def test_another_seed_draws_other_rows() -> None:
    other = assess_lot(STRATUM, lot(), PLAN.model_copy(update={"seed": "other"}))
    assert set(other.waiting) != set(assessed().waiting)


def test_the_plan_is_named_by_its_parameters_and_lot_alone() -> None:
    plan = assessed().plan
    assert assessed(REJECT).plan.id == plan.id
    assert assessed(rows=399).plan.id != plan.id
    assert assess_lot(STRATUM, lot(), PLAN.model_copy(update={"limit": 0.04})).plan.id != plan.id


def test_only_rows_read_without_a_gap_bound_the_lot() -> None:
    rows = lot(*[ACCEPT] * 40)
    rows[10] = replace(rows[10], verdict=None)
    found = assess_lot(STRATUM, rows, PLAN).plan
    assert found.reviewed == 10
    assert found.upper_bound > assessed(*[ACCEPT] * 40).plan.upper_bound


def reviewed_to_the_end(rows: list[LotRow], bad: frozenset[str], plan: SamplingSettings) -> LotVerdict:
    """What comes of a lot when a reviewer who sees every defect reads each sample that the plan asks for."""
    while (found := assess_lot(STRATUM, rows, plan)).verdict is LotVerdict.REVIEW:
        asked = set(found.waiting)
        rows = [replace(row, verdict=REJECT if row.id in bad else ACCEPT) if row.id in asked else row for row in rows]
    return found.verdict


@pytest.fixture
def passed():
    """How many of 300 lots of 400 rows, so many of them wrong, pass when every defect is seen."""

    def count(wrong: int) -> int:
        random, ids, passed = Random(7), [f"row-{number}" for number in range(400)], 0
        for number in range(300):
            bad = frozenset(random.sample(ids, wrong))
            plan = PLAN.model_copy(update={"seed": str(number)})
            passed += reviewed_to_the_end([LotRow(name) for name in ids], bad, plan) is LotVerdict.PASSED
        return passed

    return count


def test_lots_at_the_limit_pass_no_oftener_than_the_risk(passed) -> None:
    risk = 1 - PLAN.confidence
    assert 0 < passed(20) <= binom.ppf(0.999, 300, risk)  # more would come of that risk once in a thousand times


def test_good_lots_mostly_pass(passed) -> None:
    assert passed(1) >= 270
