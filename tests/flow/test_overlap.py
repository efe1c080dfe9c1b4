"""Rows that several read blind, from the settings to the export."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pedcorpus import flow
from pedcorpus.corpus import add_decisions, instruction_ids
from pedcorpus.errors import ExportError, UsageError
from pedcorpus.export import SPLITS, open_export
from pedcorpus.flow import DecisionFormat
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Role, Status, Tier, Verdict
from pedcorpus.settings import Workspace
from tests.by_hand import decision
from tests.chapter import copied

ALL_TWICE = "[review.overlap]\nshare = 1.0\n"


@pytest.fixture
def ward(built: Workspace, tmp_path: Path) -> Workspace:
    """A corpus of one chapter, of which two read every row."""
    ward = copied(built, tmp_path / "ward")
    ward.settings_path.write_text(ALL_TWICE, encoding="utf-8")
    return ward


def standing(ward: Workspace, *wanted: Status) -> list[str]:
    with open_corpus(ward).unit(read_only=True) as unit:
        return instruction_ids(unit, wanted)


def candidates(ward: Workspace) -> list[str]:
    return standing(ward, Status.CANDIDATE)


def say(ward: Workspace, *said: tuple[str, str, Verdict], **changes: Any) -> None:
    """Store what reviewers said of instructions that two read."""
    with open_corpus(ward).unit() as unit:
        for instruction, reviewer, verdict in said:
            reason = "wrong_fact" if verdict is Verdict.REJECT else ""
            values = {"reviewer": reviewer, "reason": reason, "readers": 2} | changes
            add_decisions(unit, [decision(instruction, verdict, **values)])


def statuses(ward: Workspace) -> dict[str, int]:
    counts = flow.corpus_status(ward).instructions
    return {name: sum(each[name] for each in counts.values()) for name in ("candidate", "pending", "accepted")}


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.CANDIDATE])
def test_what_waits_for_another_reader_never_goes_out(ward: Workspace, status: Status) -> None:
    first, second, third, *_ = candidates(ward)
    say(ward, (first, "wang", Verdict.ACCEPT), (second, "wang", Verdict.ACCEPT), (second, "li", Verdict.ACCEPT))
    say(ward, (third, "wang", Verdict.ACCEPT), (third, "li", Verdict.REJECT))
    made = flow.export(ward, "v1", status=status)
    out = {row["id"] for split in ("train", "validation", "test") for row in made.rows("instructions", split)}
    assert second in out
    assert not {first, third} & out


def test_bulk_acceptance_leaves_what_readers_have_begun(ward: Workspace) -> None:
    first, *_ = candidates(ward)
    say(ward, (first, "wang", Verdict.REJECT))
    flow.accept_all(ward, "demo")
    assert statuses(ward)["pending"] == 1


def test_a_sampling_plan_accepts_nothing_that_its_readers_have_begun(ward: Workspace) -> None:
    with (ward.root / "pedcorpus.toml").open("a", encoding="utf-8") as file:
        file.write("[review.plan]\nenabled = true\nlimit = 0.9\nconfidence = 0.5\nallowed_defects = 0\n")
    ward = Workspace(ward.root)
    say(ward, *((name, "wang", Verdict.ACCEPT) for name in candidates(ward)))
    flow.apply_plan(ward, "chen")
    assert statuses(ward)["accepted"] == 0


@pytest.mark.parametrize("waiting", [True, False])
def test_other_tools_do_not_show_what_the_first_reader_said(ward: Workspace, tmp_path: Path, waiting: bool) -> None:
    first, *_ = candidates(ward)
    say(ward, (first, "wang", Verdict.REJECT))
    flow.export_decisions(ward, tmp_path / "out", form=DecisionFormat.ARGILLA, waiting=waiting)
    records = json.loads((tmp_path / "out" / "records.json").read_text(encoding="utf-8"))
    (found,) = (each for each in records if each["id"] == first)
    assert set(found["suggestions"]) == {"edited"}
    assert "wang" not in json.dumps(found)


def test_answers_of_two_annotators_are_two_readings(ward: Workspace, tmp_path: Path) -> None:
    first, *_ = candidates(ward)
    lines = [{"instruction": first, "reviewer": name, "verdict": "accept", "at": "2026-03-01T12:00:00Z"}
             for name in ("wang", "li")]  # fmt: skip
    file = tmp_path / "said.jsonl"
    for said, expected in ((lines[:1], {"pending": 1, "accepted": 0}), (lines, {"pending": 0, "accepted": 1})):
        file.write_text("".join(json.dumps(line) + "\n" for line in said), encoding="utf-8")
        flow.import_decisions(ward, file)
        assert {name: statuses(ward)[name] for name in expected} == expected


def test_the_next_step_is_another_reader_when_nothing_else_waits(ward: Workspace) -> None:
    say(ward, *((name, "wang", Verdict.ACCEPT) for name in standing(ward, Status.DRAFT, Status.CANDIDATE)))
    assert "another reader" in flow.corpus_status(ward).next_step


GATED = "[export]\nleast_agreement = 0.8\nleast_agreement_rows = 2\n"


@pytest.fixture
def gated(ward: Workspace) -> Workspace:
    """Readers disagree on one of two candidates in every task, and the rest is accepted in bulk."""
    (ward.root / "pedcorpus.toml").write_text(ALL_TWICE + GATED, encoding="utf-8")
    second = dict(zip(candidates(ward), (Verdict.ACCEPT, Verdict.REJECT) * 20, strict=False))
    say(ward, *((name, "wang", Verdict.ACCEPT) for name in second))
    say(ward, *((name, "li", verdict) for name, verdict in second.items()))
    return Workspace(ward.root)


def test_what_readers_do_not_agree_on_does_not_go_out(gated: Workspace) -> None:
    with pytest.raises(ExportError, match=r"alpha of .* over \d+ rows, expected 0\.80"):
        flow.export(gated, "v1")
    assert not (gated.exports / "v1").exists()


def test_too_few_second_readings_say_too_little(gated: Workspace) -> None:
    (gated.root / "pedcorpus.toml").write_text(f"{ALL_TWICE}{GATED.replace('rows = 2', 'rows = 500')}", "utf-8")
    with pytest.raises(ExportError, match="expected 500"):
        flow.export(Workspace(gated.root), "v1")


def test_a_stewards_reason_is_stated_by_the_version(gated: Workspace) -> None:
    made = flow.export(gated, "v1", allow_low_agreement="pilot  release", tier=Tier.INTERNAL)
    assert made.manifest.low_agreement.startswith("pilot release (")
    assert "pilot release" in (made.root / "README.md").read_text(encoding="utf-8")
    assert open_export(made.root).manifest == made.manifest


def test_only_a_steward_lets_it_go_out(gated: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    flow.add_account(gated, "wang", Role.ADJUDICATOR)
    monkeypatch.setenv("PEDCORPUS_REVIEW__REVIEWER", "wang")
    with pytest.raises(UsageError, match="wang is no steward"):
        flow.export(Workspace(gated.root), "v1", allow_low_agreement="pilot")


def test_what_went_out_for_a_reason_is_made_again_by_whoever_asks(
    gated: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = flow.export(gated, "v1", allow_low_agreement="pilot")
    shutil.rmtree(made.root)
    flow.add_account(gated, "wang", Role.REVIEWER)
    monkeypatch.setenv("PEDCORPUS_REVIEW__REVIEWER", "wang")
    assert flow.rebuild(Workspace(gated.root), "v1").put_back


def test_the_version_tells_how_far_readers_agree_and_what_is_open(gated: Workspace) -> None:
    made = flow.export(gated, "v1", allow_low_agreement="pilot")
    report = json.loads((made.root / "reports" / "agreement.json").read_text(encoding="utf-8"))
    told = flow.agreement(gated)
    assert report["whole"]["alpha"] == round(told.whole.alpha, 4)
    assert report["disputes"]["open"] == told.disputes.open > 0
    assert report["pairs"][0]["reviewers"] == ["li", "wang"]
    assert f"{told.disputes.open} on which readers disagree" in (made.root / "README.md").read_text(encoding="utf-8")


def test_an_answer_to_a_known_item_is_in_no_version(ward: Workspace) -> None:
    first, *_ = candidates(ward)
    say(ward, (first, "wang", Verdict.ACCEPT), (first, "li", Verdict.ACCEPT))
    say(ward, (first, "zhao", Verdict.REJECT), acceptance="calibration")
    made = flow.export(ward, "v1")
    (row,) = (each for split in SPLITS for each in made.rows("instructions", split))
    assert {each["reviewer"] for each in row["decisions"]} == {"wang", "li"}
