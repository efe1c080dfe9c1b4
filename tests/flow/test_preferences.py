"""Pairs that two models make of accepted answers: asked once, compared, stored, resumed, capped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pedcorpus import flow
from pedcorpus.errors import UsageError
from pedcorpus.settings import Workspace
from tests.chapter import copied
from tests.llm.server import ScriptedServer, serving

KIND = "看到孩子这样，您心里一定不好受。"


def answer(payload: dict[str, Any]) -> str:
    """The strong model puts a kind sentence before the answer."""
    shown = payload["messages"][-1]["content"]
    said = shown[shown.rindex("答： ") + 3 : shown.rindex("\n")]
    return json.dumps({"answer": KIND + said}, ensure_ascii=False)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with serving() as started:
        started.script.answer = answer
        yield started


@pytest.fixture
def weak() -> Iterator[ScriptedServer]:
    """A weak model knows nothing."""
    with serving() as started:
        started.script.model = "weak"
        started.script.answer = lambda _: "我不知道。"
        yield started


@pytest.fixture
def ward(
    accepted: Workspace,
    tmp_path: Path,
    server: ScriptedServer,
    weak: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Workspace:
    """A workspace whose drafts are all accepted, with a strong and a weak model."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    root = copied(accepted, tmp_path / "ward").root
    prices = "input_price = 1000.0\noutput_price = 1000.0\n"
    settings = f'[llm]\nbase_url = "{server.base_url}"\nmodel = "scripted"\n{prices}'
    settings += f'[llm.weak]\nbase_url = "{weak.base_url}"\nmodel = "weak"\n{prices}'
    (root / "pedcorpus.toml").write_text(settings, encoding="utf-8")
    return Workspace.at(root)


def make(ward: Workspace, **options: Any) -> flow.PairsReport:
    with flow.open_pairs(ward, **options) as run:
        return run.make()


def stored(ward: Workspace) -> list[dict[str, Any]]:
    with duckdb.connect(str(ward.corpus_path), read_only=True) as connection:
        return [
            json.loads(body) for (body,) in connection.execute("SELECT body FROM preference ORDER BY id").fetchall()
        ]


def test_an_accepted_answer_in_kind_words_is_chosen_over_the_weak_models(ward: Workspace) -> None:
    report = make(ward)
    assert report.answers == report.pairs == len(stored(ward)) > 5
    for pair in stored(ward):
        assert pair["chosen"].startswith(KIND)
        assert (pair["rejected"], pair["rejected_from"]) == ("我不知道。", "llm.weak@1:weak")
        assert pair["chosen_by"] == "llm.humane@1:scripted"


def test_they_are_exported_before_those_made_by_rule(ward: Workspace) -> None:
    report = make(ward)
    export = flow.export(ward, "v1")
    counts = export.manifest.counts["preferences"]
    assert counts["model"] == report.pairs
    first = next(export.rows("dfpo", "train"))
    assert first["rejected"][0]["content"] == "我不知道。"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace("0.3～0.5", "3～5"), "fact_lost"),
        (lambda text: text + "平时建议多休息。", "fact_added"),
        (lambda text: text.replace(KIND, ""), "unchanged"),
    ],
    ids=["a dose times ten", "advice", "nothing done"],
)
def test_a_rephrased_answer_that_changes_the_facts_is_a_failure_with_its_reply(
    ward: Workspace, server: ScriptedServer, change: Any, reason: str
) -> None:
    def changed(payload: dict[str, Any]) -> str:
        return json.dumps({"answer": change(json.loads(answer(payload))["answer"])}, ensure_ascii=False)

    server.script.answer = changed
    report = make(ward)
    assert reason in {failure.reason for failure in report.failures}
    assert report.pairs + len(report.failures) == report.answers
    assert all(failure.raw for failure in report.failures)


def test_a_second_run_asks_nothing_and_tells_no_failure_twice(
    ward: Workspace, server: ScriptedServer, weak: ScriptedServer
) -> None:
    server.script.answer = lambda payload: answer(payload).replace("地西泮", "苯巴比妥")
    first = make(ward)
    asked = len(server.asked), len(weak.asked)
    again = make(ward)
    assert first.failures
    assert first.pairs
    assert (len(server.asked), len(weak.asked), again.pairs, again.failures) == (*asked, 0, [])


def test_a_replay_makes_the_pairs_again_with_the_network_off(ward: Workspace, server: ScriptedServer) -> None:
    make(ward)
    before, asked = stored(ward), len(server.asked)
    with duckdb.connect(str(ward.corpus_path)) as connection:
        connection.execute("DELETE FROM preference")
    report = make(ward, replay=True)
    assert (stored(ward), len(server.asked), report.not_cached) == (before, asked, 0)


def test_a_plan_sends_nothing_and_tells_what_both_models_cost(ward: Workspace, server: ScriptedServer) -> None:
    with flow.open_pairs(ward, limit=3) as run:
        plan = run.plan()
    assert (plan.answers, plan.cached, len(server.asked)) == (3, 0, 0)
    assert plan.humane_cost > plan.weak_cost > 0


def test_both_models_share_one_cap(ward: Workspace, server: ScriptedServer, weak: ScriptedServer) -> None:
    make(ward, limit=4, max_requests=5)
    assert (len(server.asked), len(weak.asked), len(stored(ward))) == (4, 1, 1)
    make(ward, limit=3)
    assert (len(server.asked), len(weak.asked), len(stored(ward))) == (4, 4, 4)


def test_only_the_wanted_tasks_are_paired(ward: Workspace) -> None:
    make(ward, tasks=["trerecom"])
    assert {pair["task"] for pair in stored(ward)} == {"trerecom"}


def test_without_a_weak_model_it_says_what_to_set(ward: Workspace) -> None:
    text = ward.settings_path.read_text(encoding="utf-8").replace('model = "weak"', 'model = ""')
    ward.settings_path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"llm\.weak\.model"):
        make(Workspace.at(ward.root))
