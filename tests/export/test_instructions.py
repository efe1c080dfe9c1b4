from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from pedcorpus.export import Export, write_export
from pedcorpus.export.release import select_rows
from pedcorpus.records import Decision, Tier, Verdict, canonical_json
from pedcorpus.tasks import instruction_from_json
from tests.export.sample import DISEASES, cause_question, release_row, sample_release, sample_rows
from tests.export.written import rendered

WHOLE = ("task", "topic", "evidence", "language", "license", "tier", "generator", "parent")


def test_the_columns_of_a_row_give_the_whole_record_back(sample_export: Export) -> None:
    for split in ("train", "validation", "test"):
        for row in sample_export.rows("instructions", split):
            record = {name: row[name] for name in WHOLE} | json.loads(row["fields"])
            assert instruction_from_json(canonical_json(record), where=row["id"]).id == row["id"]


def test_every_row_is_in_exactly_one_split_in_the_order_of_its_id(sample_export: Export) -> None:
    ids = [
        [row["id"] for row in sample_export.rows("instructions", split)] for split in ("train", "validation", "test")
    ]
    assert all(part == sorted(part) for part in ids)
    assert sorted(name for part in ids for name in part) == sorted(row.instruction.id for row in sample_rows())


def test_reviewers_are_named_inside(sample_export: Export) -> None:
    named = {
        decision["reviewer"] for row in sample_export.rows("instructions", "train") for decision in row["decisions"]
    }
    assert named == {"王医生", "李医生"}


def test_outside_no_byte_tells_who_reviewed(tmp_path) -> None:
    export = write_export(sample_release("v1", tier=Tier.CONTROLLED), tmp_path / "v1")
    rows = [row for split in ("train", "validation", "test") for row in export.rows("instructions", split)]
    assert {decision["reviewer"] for row in rows for decision in row["decisions"]} == {"reviewer-1", "reviewer-2"}
    assert "医生" not in json.dumps([row["decisions"] for row in rows], ensure_ascii=False)


def test_reviewers_come_in_the_order_of_their_first_decisions() -> None:
    release = sample_release(tier=Tier.OPEN)
    chosen = select_rows(release).chosen
    rows = sorted(release.rows, key=lambda row: row.instruction.id)
    decisions = [decision for row, kept in zip(rows, chosen, strict=True) if kept for decision in row.decisions]
    first = min(decisions, key=lambda item: item.at)
    assert release.stream.reviewers(chosen)[0] == first.reviewer


def test_a_time_is_written_in_utc_whatever_zone_it_came_in() -> None:
    instruction = cause_question(DISEASES[0])
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    written = set()
    for moment in (at, at.astimezone(timezone(timedelta(hours=8))), at.replace(tzinfo=None)):
        decision = Decision(instruction=instruction.id, reviewer="甲", verdict=Verdict.ACCEPT, at=moment)
        (row,) = rendered(sample_release(rows=[release_row(instruction, decisions=(decision,))]))
        written.add(row["decisions"][0]["at"])
    assert written == {"2026-03-01T12:00:00.000000+00:00"}


def test_an_undone_decision_is_named_by_its_place() -> None:
    instruction = cause_question(DISEASES[0])
    at = datetime(2026, 3, 1, tzinfo=UTC)
    accept = Decision(instruction=instruction.id, reviewer="甲", verdict=Verdict.ACCEPT, at=at)
    undo = Decision(instruction=instruction.id, reviewer="甲", verdict=Verdict.UNDO, undoes=accept.id, at=at)
    (row,) = rendered(sample_release(rows=[release_row(instruction, decisions=(accept, undo))]))
    assert [decision["undoes"] for decision in row["decisions"]] == [None, 0]


@pytest.mark.parametrize("column", ["id", "messages", "evidence", "license", "tier", "acceptance", "generator"])
def test_what_scripts_rely_on_is_never_empty(sample_export: Export, column: str) -> None:
    assert all(row[column] for row in sample_export.rows("instructions", "train"))
