"""Drafts that a model writes: asked once, stored in order, resumed, replayed, capped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pedcorpus import flow
from pedcorpus.errors import UsageError
from pedcorpus.records import Status
from pedcorpus.settings import Workspace
from tests.chapter import copied, write_two_chapters
from tests.generate.scripted_model import good_reply
from tests.llm.server import Answer, ScriptedServer, serving

ALL = flow.WantedDrafts(writers=frozenset({"role_play"}))


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with serving() as started:
        started.script.answer = good_reply
        yield started


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two chapters."""
    return write_two_chapters(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="module")
def read(shelf: Path) -> Workspace:
    """Them read and nothing drafted, made once."""
    workspace = Workspace(shelf.parent / "ward")
    flow.ingest(workspace, [shelf])
    return workspace


@pytest.fixture
def ward(read: Workspace, tmp_path: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with two chapters read and nothing drafted, whose model is the scripted one."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    root = copied(read, tmp_path / "ward").root
    lines = f'[llm]\nbase_url = "{server.base_url}"\nmodel = "scripted"\ninput_price = 1000.0\noutput_price = 2000.0\n'
    (root / "pedcorpus.toml").write_text(lines, encoding="utf-8")
    return Workspace.at(root)


def write(ward: Workspace, wanted: flow.WantedDrafts = ALL, **options: Any) -> flow.WriteReport:
    with flow.open_writing(ward, wanted, **options) as run:
        return run.write()


def rows(ward: Workspace, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    with duckdb.connect(str(ward.corpus_path), read_only=True) as connection:
        return connection.execute(f"SELECT {columns} FROM {table} ORDER BY written").fetchall()


def everything(ward: Workspace) -> list[list[tuple[Any, ...]]]:
    return [rows(ward, table, "* EXCLUDE (written)") for table in ("instruction", "request", "failure")]


def test_a_run_drafts_what_the_checks_pass(ward: Workspace, server: ScriptedServer) -> None:
    report = write(ward)
    assert report.requests == len(server.asked)
    assert set(report.new_instructions) == {"medkqa", "evidiag", "trerecom"}
    curated = flow.curate(ward)
    assert curated.findings == {}
    status = flow.corpus_status(ward).instructions
    assert sum(counts[Status.CANDIDATE] + counts[Status.DUPLICATE] for counts in status.values()) == sum(
        report.new_instructions.values()
    )


def test_a_second_run_asks_nothing(ward: Workspace, server: ScriptedServer) -> None:
    write(ward)
    asked, before = len(server.asked), everything(ward)
    assert write(ward).requests == 0
    assert (len(server.asked), everything(ward)) == (asked, before)


def test_a_corpus_made_anew_is_filled_from_the_replies_with_the_network_off(
    ward: Workspace, server: ScriptedServer, shelf: Path
) -> None:
    write(ward)
    before = everything(ward)
    ward.corpus_path.unlink()
    flow.ingest(ward, [shelf])
    server.script.answer = lambda _: pytest.fail("a replay asked")
    report = write(ward, replay=True)
    assert everything(ward) == before
    assert report.cached == report.requests > 0


def test_what_a_replay_does_not_find_leaves_no_row(ward: Workspace, server: ScriptedServer) -> None:
    report = write(ward, replay=True)
    assert report.not_cached == report.requests > 0
    assert everything(ward) == [[], [], []]
    assert not server.asked


def test_a_cap_stops_the_run_and_the_next_goes_on(ward: Workspace, server: ScriptedServer) -> None:
    with flow.open_writing(ward, ALL, max_requests=1) as run:
        assert run.write().requests == 1
        assert run.door.budget.reached == "max_requests"
    assert len(server.asked) == 1
    write(ward)
    assert all(count == 1 for count in server.asked.values())


def test_a_limit_bounds_what_is_planned(ward: Workspace) -> None:
    report = write(ward, flow.WantedDrafts(tasks=frozenset({"medkqa"}), limit=12))
    assert set(report.new_instructions) == {"medkqa"}
    assert 0 < sum(report.new_instructions.values()) <= 12


def test_the_least_limit_still_asks_about_one_fragment(ward: Workspace) -> None:
    assert write(ward, flow.WantedDrafts(writers=ALL.writers, limit=1)).requests == 1


def test_the_plan_tells_cost_by_task_before_anything_is_sent(ward: Workspace, server: ScriptedServer) -> None:
    with flow.open_writing(ward, ALL) as run:
        plan = run.plan
    assert not server.asked
    assert plan.requests == pytest.approx(sum(task.requests for task in plan.tasks.values()))
    medkqa = plan.tasks["medkqa"]
    expected = (medkqa.prompt_tokens * 1000 + medkqa.completion_tokens * 2000) / 1e6
    assert medkqa.cost == pytest.approx(expected)
    write(ward)
    with flow.open_writing(ward, ALL) as run:
        assert (run.plan.requests, run.plan.cost) == (0, 0)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer('{"drafts": [{"slot"', finish="length"), "truncated"),
        (Answer("", refusal="I cannot help with that"), "refused"),
        (Answer("no JSON at all"), "invalid_json"),
    ],
)
def test_a_fault_is_a_row_that_can_be_retried(
    ward: Workspace, server: ScriptedServer, answer: Answer, reason: str
) -> None:
    server.script.answer = lambda _: answer
    report = write(ward)
    assert {failure.reason for failure in report.failures} == {reason}
    assert flow.corpus_status(ward).totals["failures"] == len(report.failures) > 0
    server.script.answer = good_reply
    assert write(ward).requests == 0
    again = write(ward, flow.WantedDrafts(writers=ALL.writers, retry=frozenset({reason})))
    assert again.failures == []
    assert sum(again.new_instructions.values()) > 0
    assert flow.corpus_status(ward).totals["failures"] == 0


def test_what_a_draft_lacks_is_a_failure_and_the_others_are_kept(ward: Workspace, server: ScriptedServer) -> None:
    def one_bad(payload: dict[str, Any]) -> str:
        reply = json.loads(good_reply(payload))
        reply["drafts"][0]["slot"] = 99
        return json.dumps(reply, ensure_ascii=False)

    server.script.answer = one_bad
    report = write(ward)
    assert {"wrong_slot", "slot_missing"} == {failure.reason for failure in report.failures}
    assert all(failure.raw for failure in report.failures)
    assert sum(report.new_instructions.values()) > 0


def test_what_drafts_lacked_can_be_asked_for_anew(ward: Workspace, server: ScriptedServer) -> None:
    def one_short(payload: dict[str, Any]) -> str:
        reply = json.loads(good_reply(payload))
        del reply["drafts"][0]
        return json.dumps(reply, ensure_ascii=False)

    server.script.answer = one_short
    first = write(ward)
    lacking = {failure.fingerprint for failure in first.failures if failure.reason == "slot_missing"}
    server.script.answer = good_reply
    again = write(ward, flow.WantedDrafts(writers=ALL.writers, retry=frozenset({"slot_missing"})))
    assert again.requests == len(lacking) > 0
    assert again.failures == []
    assert sum(again.new_instructions.values()) >= len(lacking)
    assert flow.corpus_status(ward).totals["failures"] == 0


def test_the_key_is_in_no_file(ward: Workspace) -> None:
    write(ward)
    for file in ward.root.rglob("*"):
        assert file.is_dir() or b"sk-secret" not in file.read_bytes()


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        (flow.WantedDrafts(writers=frozenset({"nobody"})), "nobody"),
        (flow.WantedDrafts(tasks=frozenset({"safety"})), "safety"),
        (flow.WantedDrafts(retry=frozenset({"bad_mood"})), "bad_mood"),
    ],
)
def test_what_cannot_be_wanted_is_said(ward: Workspace, wanted: flow.WantedDrafts, named: str) -> None:
    with pytest.raises(UsageError, match=named), flow.open_writing(ward, wanted):
        pass


def test_without_a_model_named_nothing_is_begun(tmp_path: Path, textbooks: Path) -> None:
    ward = Workspace(tmp_path / "ward")
    flow.ingest(ward, [textbooks])
    with pytest.raises(UsageError, match=r"llm\.model"), flow.open_writing(ward, ALL):
        pass
