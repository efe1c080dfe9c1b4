from __future__ import annotations

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.export.release import select_rows
from pedcorpus.export.tiers import row_tier, source_tier
from pedcorpus.records import Source, Tier
from tests.export.sample import BOOK, DISEASES, GRAPH, cause_question, plan, release_row, sample_release

SOURCES = {"book": BOOK, "graph": GRAPH}


def changed(source: Source, **values: object) -> Source:
    return source.model_copy(update=values)


@pytest.mark.parametrize(("tier", "count"), [(Tier.OPEN, 20), (Tier.CONTROLLED, 34), (Tier.INTERNAL, 34)])
def test_a_tier_holds_its_own_rows_and_freer_ones(tier: Tier, count: int) -> None:
    selection = select_rows(sample_release(tier=tier))
    assert len(selection.keys) == count
    assert selection.left_out == ({"tier": 14} if count == 20 else {})


def test_a_row_of_two_works_takes_the_stricter_tier() -> None:
    assert row_tier(release_row(plan(DISEASES[0])), SOURCES) == Tier.CONTROLLED


def test_a_work_declared_stricter_later_takes_its_rows_along() -> None:
    sources = SOURCES | {"book": changed(BOOK, tier=Tier.INTERNAL)}
    assert row_tier(release_row(cause_question(DISEASES[0])), sources) == Tier.INTERNAL


def test_a_row_of_a_work_that_is_not_declared_stays_inside() -> None:
    assert row_tier(release_row(cause_question(DISEASES[0])), {}) == Tier.INTERNAL


@pytest.mark.parametrize("name", ["unknown", "Unknown", "", "CC0-1.0 AND unknown"])
def test_an_unknown_licence_never_leaves_tier_internal(name: str) -> None:
    instruction = cause_question(DISEASES[0]).model_copy(update={"license": name})
    assert row_tier(release_row(instruction), SOURCES) == Tier.INTERNAL


def test_a_work_with_an_unknown_licence_is_internal_whatever_it_declares() -> None:
    assert source_tier(changed(BOOK, license="unknown")) == Tier.INTERNAL


def test_rows_come_by_id_whatever_order_they_were_handed_in() -> None:
    release = sample_release()
    backwards = select_rows(sample_release(rows=release.rows[::-1]))
    assert backwards.keys == select_rows(release).keys
    assert backwards.keys.column("id").to_pylist() == sorted(row.instruction.id for row in release.rows)


def test_a_row_that_nobody_accepted_goes_into_a_candidate_export_only() -> None:
    rows = [release_row(cause_question(disease), acceptance="candidate") for disease in DISEASES[:2]]
    rows.append(release_row(cause_question(DISEASES[2])))
    assert len(select_rows(sample_release(rows=rows, status="candidate")).keys) == 3
    accepted = select_rows(sample_release(rows=rows))
    assert len(accepted.keys) == 1
    assert accepted.left_out == {"not_accepted": 2}


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        ({"rows": ()}, "`pedcorpus review`.*`--status candidate`"),
        ({"rows": (), "status": "candidate"}, "`pedcorpus ingest"),
        ({"sources": (), "tier": Tier.OPEN}, "34 rows are stricter than tier open.*--tier internal"),
    ],
)
def test_nothing_to_export_says_what_to_do(changes: dict[str, object], advice: str) -> None:
    with pytest.raises(UsageError, match=advice):
        select_rows(sample_release(**changes))
