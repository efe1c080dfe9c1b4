from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from pedcorpus import flow
from pedcorpus.corpus import (
    Corpus,
    add_decisions,
    add_document,
    add_findings,
    add_instructions,
    add_passages,
    add_source,
    decisions_of,
)
from pedcorpus.errors import UsageError
from pedcorpus.export import SPLITS
from pedcorpus.flow import Lot
from pedcorpus.records import Severity, Status, Verdict
from pedcorpus.review import LotVerdict
from pedcorpus.settings import Workspace
from tests.by_hand import DOCUMENT, PASSAGE, READING, SOURCE, decision, finding, question

ROWS = 60
SETTINGS = "[review.plan]\nenabled = true\nlimit = 0.1\nconfidence = 0.9\nallowed_defects = 1\n"


@pytest.fixture
def ids(workspace: Workspace) -> list[str]:
    """A workspace with sixty candidates of one stratum; their ids."""
    workspace.root.mkdir()
    workspace.settings_path.write_text(SETTINGS, encoding="utf-8")
    corpus = Corpus(workspace.corpus_path)
    corpus.prepare()
    rows = [question(question=f"热性惊厥第{number}次发作多见于几岁？") for number in range(ROWS)]
    with corpus.unit() as unit:
        add_source(unit, SOURCE)
        add_document(unit, DOCUMENT, reading=READING, folder="/books")
        add_passages(unit, [PASSAGE], reading=READING)
        add_instructions(unit, rows)
        add_findings(unit, [finding(row.id) for row in rows])
    return [row.id for row in rows]


def only_lot(workspace: Workspace) -> Lot:
    (lot,) = flow.review_plan(workspace).lots
    return lot


def read_sample(workspace: Workspace, *, rejected: int = 0) -> list[str]:
    """Decide on whatever the plan asks for, the first `rejected` rows against; the ids in their order."""
    read: list[str] = []
    desk = flow.open_desk(workspace, "wang")
    while waiting := only_lot(workspace).assessment.waiting:
        for name in waiting:
            verdict = Verdict.REJECT if len(read) < rejected else Verdict.ACCEPT
            desk.decide(name, verdict, reason="wrong_fact" if verdict is Verdict.REJECT else "")
            read.append(name)
    return read


def statuses(workspace: Workspace, ids: list[str]) -> Iterator[Status]:
    desk = flow.open_desk(workspace, "wang")
    return (desk.item(name).status for name in ids)


def test_a_plan_that_is_off_accepts_nothing(workspace: Workspace, ids: list[str]) -> None:
    workspace.settings_path.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"enabled = true under \[review.plan\]"):
        flow.apply_plan(workspace, "wang")


def test_nothing_is_accepted_before_the_sample_is_read(workspace: Workspace, ids: list[str]) -> None:
    assert 0 < len(only_lot(workspace).assessment.waiting) < ROWS
    assert flow.apply_plan(workspace, "wang").accepted == 0


def test_a_lot_that_passes_is_accepted_by_its_plan_once(workspace: Workspace, ids: list[str]) -> None:
    read = read_sample(workspace)
    assert flow.apply_plan(workspace, "li").accepted == ROWS - len(read)
    assert set(statuses(workspace, ids)) == {Status.ACCEPTED}
    rest = next(name for name in ids if name not in read)
    with Corpus(workspace.corpus_path).unit(read_only=True) as unit:
        (taken,) = decisions_of(unit, rest)
    plan = only_lot(workspace).assessment.plan
    assert (taken.acceptance, taken.plan, taken.reviewer) == ("plan", plan.id, "li")
    assert flow.apply_plan(workspace, "li") == flow.AppliedPlan(accepted=0, taken_back=0)


def test_rows_with_findings_or_flags_are_left_for_a_person(workspace: Workspace, ids: list[str]) -> None:
    last = only_lot(workspace).assessment.waiting
    warned, flagged = [name for name in ids if name not in last][:2]
    with Corpus(workspace.corpus_path).unit() as unit:
        add_findings(unit, [finding(warned, Severity.WARNING, check="length@1", reason="long")])
        add_decisions(unit, [decision(flagged, Verdict.FLAG, note="请看")])
    assert flow.review_plan(workspace).one_by_one == 2
    read_sample(workspace)
    flow.apply_plan(workspace, "wang")
    assert set(statuses(workspace, [warned, flagged])) == {Status.CANDIDATE}


def test_too_many_defects_send_the_lot_to_full_review(workspace: Workspace, ids: list[str]) -> None:
    read = read_sample(workspace, rejected=2)
    assert only_lot(workspace).assessment.verdict is LotVerdict.FULL
    assert sorted(read) == sorted(ids)
    assert flow.apply_plan(workspace, "wang").accepted == 0


def test_a_later_rejection_takes_acceptance_back_and_undoing_it_gives_it_again(
    workspace: Workspace, ids: list[str]
) -> None:
    read = read_sample(workspace)
    accepted = flow.apply_plan(workspace, "wang").accepted
    desk = flow.open_desk(workspace, "wang")
    desk.decide(read[0], Verdict.REJECT, reason="wrong_fact")
    assert len(only_lot(workspace).unsound) == accepted
    assert flow.apply_plan(workspace, "wang") == flow.AppliedPlan(accepted=0, taken_back=accepted)
    assert flow.apply_plan(workspace, "wang") == flow.AppliedPlan(accepted=0, taken_back=0)
    assert only_lot(workspace).assessment.waiting
    desk.undo()
    assert flow.apply_plan(workspace, "wang").accepted == accepted


def test_a_row_that_gets_a_finding_is_taken_back_alone(workspace: Workspace, ids: list[str]) -> None:
    read = read_sample(workspace)
    flow.apply_plan(workspace, "wang")
    rest = [name for name in ids if name not in read]
    with Corpus(workspace.corpus_path).unit() as unit:
        add_findings(unit, [finding(rest[0], Severity.ERROR, check="dose@1", reason="over_ceiling")])
    assert flow.apply_plan(workspace, "wang").taken_back == 1
    assert next(statuses(workspace, rest[:1])) is Status.DRAFT
    assert set(statuses(workspace, rest[1:])) == {Status.ACCEPTED}


def test_rows_that_come_later_are_a_lot_of_their_own(workspace: Workspace, ids: list[str]) -> None:
    read_sample(workspace)
    flow.apply_plan(workspace, "wang")
    late = question(question="热性惊厥首次发作之后呢？")
    with Corpus(workspace.corpus_path).unit() as unit:
        add_instructions(unit, [late])
        add_findings(unit, [finding(late.id)])
    open_lot, closed = sorted(flow.review_plan(workspace).lots, key=lambda lot: len(lot.members))
    assert open_lot.members == (late.id,)
    assert (len(closed.members), closed.unsound) == (ROWS, ())


def test_what_was_accepted_under_one_limit_is_held_to_it_when_the_settings_change(
    workspace: Workspace, ids: list[str]
) -> None:
    read_sample(workspace)
    flow.apply_plan(workspace, "wang")
    workspace.settings_path.write_text(SETTINGS.replace("0.1", "0.05"), encoding="utf-8")
    later = Workspace(workspace.root)
    assert only_lot(later).assessment.plan.limit == 0.1
    assert flow.apply_plan(later, "wang").taken_back == 0


def test_a_decision_taken_meanwhile_counts(workspace: Workspace, ids: list[str]) -> None:
    read = read_sample(workspace)
    rest = next(name for name in ids if name not in read)
    flow.open_desk(workspace, "li").decide(rest, Verdict.REJECT, reason="wrong_fact")
    flow.apply_plan(workspace, "wang")
    assert next(statuses(workspace, [rest])) is Status.REJECTED


def test_an_export_waits_until_what_a_plan_no_longer_bears_out_is_taken_back(
    workspace: Workspace, ids: list[str]
) -> None:
    read = read_sample(workspace)
    flow.apply_plan(workspace, "wang")
    flow.open_desk(workspace, "wang").decide(read[0], Verdict.REJECT, reason="wrong_fact")
    with pytest.raises(UsageError, match="review plan --apply"):
        flow.export(workspace, "v1")
    workspace.settings_path.write_text("", encoding="utf-8")  # it is taken back even when no more is accepted
    assert flow.apply_plan(Workspace(workspace.root), "wang").taken_back == ROWS - len(read)
    exported = flow.export(workspace, "v1")
    assert exported.manifest.counts["acceptance"] == {"reviewed": len(read) - 1}


def test_an_export_names_the_plan_of_each_row_and_tells_it(workspace: Workspace, ids: list[str]) -> None:
    read = read_sample(workspace)
    flow.apply_plan(workspace, "wang")
    exported = flow.export(workspace, "v1")
    told = json.loads((exported.root / "reports" / "review.json").read_bytes())["plans"]
    assert [(one["rows"], one["reviewed"], one["rows_here"]) for one in told] == [(ROWS, len(read), ROWS - len(read))]
    rows = [row for split in SPLITS for row in exported.rows("instructions", split) if row["acceptance"] == "plan"]
    assert {row["decisions"][-1]["plan"] for row in rows} == {told[0]["plan"]}


def test_the_queue_asks_for_the_sample_first_when_the_plan_is_on(workspace: Workspace, ids: list[str]) -> None:
    drawn = set(only_lot(workspace).assessment.waiting)
    queue = [entry.id for entry in flow.open_desk(workspace, "wang").queue().entries]
    assert set(queue[: len(drawn)]) == drawn
    workspace.settings_path.write_text("", encoding="utf-8")
    assert not any(entry.drawn for entry in flow.open_desk(Workspace(workspace.root), "wang").queue().entries)


def test_acceptance_by_a_plan_that_is_not_known_here_does_not_stand(workspace: Workspace, ids: list[str]) -> None:
    with Corpus(workspace.corpus_path).unit() as unit:
        add_decisions(unit, [decision(ids[0], Verdict.ACCEPT, acceptance="plan", plan="of-another-corpus")])
    with pytest.raises(UsageError, match="review plan --apply"):
        flow.export(workspace, "v1")
    assert flow.apply_plan(workspace, "wang") == flow.AppliedPlan(accepted=0, taken_back=1)
    assert next(statuses(workspace, ids[:1])) is Status.CANDIDATE


def test_a_desk_knows_how_much_of_the_sample_is_read(workspace: Workspace, ids: list[str]) -> None:
    desk = flow.open_desk(workspace, "wang")
    sampled = [entry.id for entry in desk.queue().entries if entry.drawn]
    desk.decide(sampled[0], Verdict.ACCEPT)
    desk.decide(sampled[1], Verdict.DEFER)
    desk.decide(next(name for name in ids if name not in sampled), Verdict.ACCEPT)
    assert (desk.progress().sample, desk.progress().sample_read) == (len(sampled), 1)
    desk.queue()
    assert (desk.progress().sample, desk.progress().sample_read) == (len(sampled), 1)
