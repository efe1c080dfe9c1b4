"""A scripted server judges two runs over real HTTP: both orders, kept, never asked twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pedcorpus import flow
from pedcorpus.evaluation.judge import Aspect
from pedcorpus.records import Dimension
from pedcorpus.settings import Workspace
from tests.chapter import copied
from tests.evaluation.votes_by_hand import row, write_run
from tests.llm.server import Answer, ScriptedServer, serving


def preferring(word: str, otherwise: str = "tie") -> Any:
    """A judge for whom the reply with `word` in it is better in everything."""

    def answer(payload: dict[str, Any]) -> str:
        first, second = payload["messages"][-1]["content"].split("[answer 1]")[1].split("[answer 2]")
        said = otherwise if (word in first) == (word in second) else "first" if word in first else "second"
        return json.dumps({"reason": "r", **dict.fromkeys(Aspect, said)})

    return answer


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with serving() as started:
        started.script.answer = preferring("水")
        yield started


@pytest.fixture
def ward(tmp_path: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("PEDCORPUS_LLM__BASE_URL", server.base_url)
    monkeypatch.setenv("PEDCORPUS_LLM__MODEL", "scripted")
    return Workspace(tmp_path / "ward")


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    questions = [f"第{number}题" for number in range(4)]
    a = [row(name, f"{name}：多喝水。" if name != "第3题" else "一样", model="甲") for name in questions]
    b = [row(name, f"{name}：吃药。" if name != "第3题" else "一样", model="乙") for name in questions]
    return write_run(tmp_path / "a.jsonl", a), write_run(tmp_path / "b.jsonl", b)


def judged(ward: Workspace, runs: tuple[Path, Path], **options: Any) -> flow.JudgedRuns:
    with flow.open_judge(ward, *runs, **options) as run:
        return run.run()


def test_every_pair_is_judged_in_both_orders_and_never_again(
    ward: Workspace, runs: tuple[Path, Path], server: ScriptedServer
) -> None:
    found = judged(ward, runs)
    assert (found.asked, found.names) == (6, ("甲", "乙"))
    assert (found.report.judged, found.report.equal, found.report.overall.win.pairs) == (4, 1, 3)
    (ward.root / "replies.sqlite").unlink()  # the file of judgements alone is enough
    asked = len(server.asked)
    assert judged(ward, runs).report == found.report
    assert len(server.asked) == asked == 6
    assert len(found.path.read_text("utf-8").splitlines()) == 6


def test_who_prefers_the_first_place_only_makes_ties(
    ward: Workspace, runs: tuple[Path, Path], server: ScriptedServer
) -> None:
    server.script.answer = preferring("no such word", otherwise="first")
    report = judged(ward, runs).report
    assert (report.overall.tie.pairs, report.overall.flips) == (4, 3)
    assert (report.position.cases, report.position.of) == (24, 24)


def test_an_unusable_reply_is_kept_and_counted_and_not_asked_again(
    ward: Workspace, runs: tuple[Path, Path], server: ScriptedServer
) -> None:
    server.script.answer = lambda _: Answer("", refusal="no")
    found = judged(ward, runs)
    assert (found.report.judged, found.report.unusable) == (1, {"refused": 6})
    asked = len(server.asked)
    assert judged(ward, runs).asked == 0
    assert len(server.asked) == asked


def test_what_a_cap_left_is_asked_the_next_time(ward: Workspace, runs: tuple[Path, Path]) -> None:
    first = judged(ward, runs, max_requests=3)
    assert (first.asked, first.report.missing) == (3, 3)
    second = judged(ward, runs)
    assert (second.asked, second.report.missing) == (3, 0)


def test_nothing_is_sent_by_replay_or_to_tell_the_cost(
    ward: Workspace, runs: tuple[Path, Path], server: ScriptedServer
) -> None:
    with flow.open_judge(ward, *runs) as run:
        assert (run.open, run.cost()) == (6, 0)
    found = judged(ward, runs, replay=True)
    assert (found.asked, found.report.missing, server.asked) == (0, 6, server.asked)
    assert not server.payloads


def test_a_limit_takes_the_pairs_that_doctors_are_asked_first(ward: Workspace, runs: tuple[Path, Path]) -> None:
    with flow.open_judge(ward, *runs) as run:
        order = list(run.pairs)
    with flow.open_judge(ward, *runs, limit=2) as run:
        assert list(run.pairs) == order[:2]


def test_references_are_shown_where_there_are_some(
    ward: Workspace, runs: tuple[Path, Path], server: ScriptedServer
) -> None:
    judged(ward, runs, references={"第0题": "先测体温。"})
    shown = ["[reference] 先测体温。" in payload["messages"][-1]["content"] for payload in server.payloads]
    assert sorted(shown) == [False] * 4 + [True] * 2


def test_doctors_votes_on_the_same_runs_are_held_against_the_judge(
    built: Workspace, tmp_path: Path, runs: tuple[Path, Path], ward: Workspace
) -> None:
    ward = copied(built, ward.root)
    flow.prepare_vote(ward, runs[1], runs[0])  # named the other way round
    ballot = flow.open_ballot(ward, "wang")
    for pair in ballot.pairs:
        side = "left" if "水" in pair.left else "right" if "水" in pair.right else "tie"
        ballot.cast(pair.id, dict.fromkeys(Dimension, side), seconds=1)
    ballot.hand_in()
    overall = judged(ward, runs).doctors[0]
    assert (overall.pairs, overall.agreed.estimate, overall.kappa) == (4, 1.0, 1.0)
