from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pedcorpus.corpus import (
    Corpus,
    QueueFiles,
    Unit,
    add_decisions,
    add_document,
    add_duplicates,
    add_findings,
    add_instructions,
    add_withdrawal,
    ask_queue,
    faults_of,
    findings_by_instruction,
    settled_since,
    waiting_page,
)
from pedcorpus.errors import CorpusError
from pedcorpus.records import Duplicate, Finding, Severity, Verdict, Withdrawal
from pedcorpus.review import undo_decision
from tests.by_hand import DOCUMENT, NOON, READING, decision, finding, question

ROWS = [question(question=f"孩子{months}个月时会有热性惊厥吗？") for months in range(14)]
IDS = [row.id for row in ROWS]
SEVERITIES, CHECKS = list(Severity), ["quote@1", "quote@2", "dose@1:a", "dose@1:b"]
OFFERED = """
    SELECT id, coalesce(r.verdict, '') FROM instruction_status LEFT JOIN ruling AS r ON r.instruction = id
    WHERE status IN ('draft', 'candidate', 'pending') AND id IN (SELECT instruction FROM finding)"""


@pytest.fixture
def unit(shelf: Corpus) -> Iterator[Unit]:
    """Fourteen questions that passed their check, in a corpus that stays open."""
    with shelf.unit() as unit:
        add_instructions(unit, ROWS)
        add_findings(unit, [finding(name) for name in IDS])
        yield unit


@pytest.fixture
def files(tmp_path: Path) -> QueueFiles:
    return QueueFiles(tmp_path / "queue")


def kept_rows(unit: Unit, files: QueueFiles) -> dict[str, str]:
    """What is kept, and at which stage of several readings each is."""
    with duckdb.connect() as made:
        query = "SELECT id, stage FROM read_parquet(?)"
        return dict(made.execute(query, [str(files.look(unit).queue)]).fetchall())


def by_view(unit: Unit) -> dict[str, str]:
    """The same as the views have it."""
    return {name: said if said in ("awaited", "disputed") else "" for name, said in unit.execute(OFFERED).fetchall()}


def test_what_is_kept_is_what_the_views_say_waits(unit: Unit, files: QueueFiles) -> None:
    reject = {"reason": "wrong_fact"}
    revisions = [question(question=f"改写{number}", parent=IDS[number]) for number in (5, 6, 7, 8)]
    edited = question(question="改过", parent=IDS[4])
    unjudged = question(question="没有查过")
    taken = decision(IDS[3], Verdict.ACCEPT)
    add_instructions(unit, [*revisions, edited, unjudged])
    add_findings(unit, [finding(row.id) for row in (*revisions, edited)])
    add_findings(unit, [finding(IDS[0], Severity.ERROR, reason="x"), finding(IDS[9], Severity.WARNING, reason="y")])
    add_findings(unit, [finding(revisions[2].id, Severity.ERROR, reason="x")])
    add_duplicates(unit, [Duplicate(instruction=IDS[10], cluster=IDS[9], kept=False, method="exact@1", similarity=1)])
    said = [
        decision(IDS[1], Verdict.ACCEPT),
        decision(IDS[2], Verdict.REJECT, **reject),
        taken,
        undo_decision(taken, at=NOON),
        decision(IDS[4], Verdict.EDIT, edited=edited.id),
        decision(revisions[1].id, Verdict.ACCEPT),
        decision(revisions[3].id, Verdict.REJECT, **reject),
        decision(IDS[11], Verdict.ACCEPT, readers=2),
        decision(IDS[12], Verdict.ACCEPT, readers=2),
        decision(IDS[12], Verdict.REJECT, reviewer="li", readers=2, **reject),
        decision(IDS[13], Verdict.DEFER),
    ]
    add_decisions(unit, said)
    waiting = kept_rows(unit, files)
    assert waiting == by_view(unit)
    assert (waiting[IDS[11]], waiting[IDS[12]], waiting[IDS[13]]) == ("awaited", "disputed", "")
    assert {IDS[0], IDS[3], IDS[7], IDS[8]} < set(waiting)
    assert not {IDS[1], IDS[2], IDS[4], IDS[5], IDS[6], IDS[10], unjudged.id} & set(waiting)


def test_what_a_newer_document_took_the_place_of_does_not_wait(unit: Unit, files: QueueFiles) -> None:
    assert kept_rows(unit, files)
    add_document(unit, DOCUMENT.model_copy(update={"id": "cd" * 32}), reading=READING, folder="/books")
    assert kept_rows(unit, files) == by_view(unit) == {}


def test_as_long_as_nothing_changes_it_is_not_worked_out_again(unit: Unit, files: QueueFiles) -> None:
    before = files.look(unit)
    add_decisions(unit, [decision(IDS[0], Verdict.ACCEPT)])
    assert files.look(unit) == before


def test_a_small_corpus_is_worked_out_anew_whenever_it_has_changed(unit: Unit, files: QueueFiles) -> None:
    files.look(unit)
    add_findings(unit, [finding(IDS[0], Severity.ERROR, check="dose@1", reason="x")])
    assert files.look(unit).rows[0] == unit.execute("SELECT max(written) FROM finding").fetchall()[0][0]


@pytest.mark.parametrize(("age_s", "is_made_anew"), [(100, False), (300, True), (-100, True)])
def test_what_took_long_stands_for_twenty_times_as_long(
    unit: Unit, tmp_path: Path, age_s: float, is_made_anew: bool
) -> None:
    made = QueueFiles(tmp_path / "queue").look(unit)
    slow = made.made_at + 10  # as if working it out had taken ten seconds
    os.utime(made.queue, (slow, slow))
    add_findings(unit, [finding(IDS[0], Severity.ERROR, check="dose@1", reason="x")])
    again = QueueFiles(tmp_path / "queue", clock=lambda: slow + age_s).look(unit)
    assert (again.rows != made.rows) is is_made_anew


def test_while_one_desk_works_it_out_others_go_on_with_what_there_is(
    unit: Unit, files: QueueFiles, tmp_path: Path
) -> None:
    before = files.look(unit)
    add_findings(unit, [finding(IDS[0], Severity.ERROR, check="dose@1", reason="x")])
    # as another desk would hold it
    with (tmp_path / "queue" / "making.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert files.look(unit) == before
    assert files.look(unit) != before


def test_what_was_undone_waits_again(unit: Unit, files: QueueFiles) -> None:
    taken = decision(IDS[0], Verdict.ACCEPT)
    add_decisions(unit, [taken])
    assert IDS[0] not in kept_rows(unit, files)
    add_decisions(unit, [undo_decision(taken, at=NOON)])
    assert IDS[0] in kept_rows(unit, files)


@pytest.mark.parametrize("name", ["queue.parquet", "findings-*.parquet"])
def test_a_lost_file_is_made_anew(unit: Unit, files: QueueFiles, tmp_path: Path, name: str) -> None:
    files.look(unit)
    for path in (tmp_path / "queue").glob(name):
        path.unlink()
    assert set(kept_rows(unit, files)) == set(IDS)


def test_a_damaged_file_is_made_anew(unit: Unit, files: QueueFiles) -> None:
    kept = files.look(unit)
    kept.queue.write_bytes(b"PAR1 and then nothing")
    assert set(kept_rows(unit, files)) == set(IDS)


def test_a_file_damaged_in_its_middle_is_told_once(unit: Unit, files: QueueFiles) -> None:
    path = files.look(unit).queue
    content = bytearray(path.read_bytes())
    content[4:400] = b"\xff" * 396
    path.write_bytes(content)
    with pytest.raises(CorpusError, match="read the queue again"):
        waiting_page(ask_queue(unit, files, "wang"), first=10)
    assert waiting_page(ask_queue(unit, files, "wang"), first=10).waiting == len(IDS)


def test_what_one_decision_settles_is_told_by_row(unit: Unit) -> None:
    add_decisions(unit, [decision(IDS[0], Verdict.ACCEPT)])
    last = unit.execute("SELECT max(written) FROM decision").fetchall()[0][0]
    later = [
        decision(IDS[1], Verdict.ACCEPT),
        decision(IDS[2], Verdict.DEFER),
        decision(IDS[3], Verdict.ACCEPT, readers=2),
    ]
    add_decisions(unit, later)
    assert settled_since(unit, IDS, last) == {IDS[1]}
    assert settled_since(unit, IDS[2:], last) == frozenset()


verdicts = st.lists(st.tuples(st.sampled_from(CHECKS), st.sampled_from(SEVERITIES)), min_size=1, max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=verdicts, after=verdicts)
def test_what_was_found_is_what_the_view_says_whatever_came_since(
    corpus: Corpus, tmp_path: Path, before: list[tuple[str, Severity]], after: list[tuple[str, Severity]]
) -> None:
    files = QueueFiles(tmp_path / "queue")
    one = question(question=f"问 {before} {after}").id
    with corpus.unit() as unit:
        for check, severity in before:
            add_findings(unit, [finding(one, severity, check=check, reason="x" * (severity != "pass"))])
        for path in (tmp_path / "queue").glob("*"):
            path.unlink()
        kept = files.look(unit)
        for check, severity in after:
            add_findings(unit, [finding(one, severity, check=check, reason="x" * (severity != "pass"))])
        assert told(faults_of(unit, [one], kept)) == told(findings_by_instruction(unit, [one]))


def told(found: dict[str, list[Finding]]) -> list[tuple[str, str]]:
    return sorted((each.check, str(each.severity)) for several in found.values() for each in several)


def test_what_rests_on_a_withdrawn_work_waits_for_nobody_until_it_is_given_back(unit: Unit, files: QueueFiles) -> None:
    before = kept_rows(unit, files)
    source = ROWS[0].evidence[0].source
    add_withdrawal(unit, Withdrawal(source=source, stands=True, reason="licence ended", steward="lin", at=NOON))
    assert kept_rows(unit, files) == {}
    add_withdrawal(unit, Withdrawal(source=source, stands=False, reason="renewed", steward="lin", at=NOON))
    assert kept_rows(unit, files) == before
