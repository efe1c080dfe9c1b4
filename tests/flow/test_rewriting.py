"""Real conversations and old data sets, rewritten by a model: through the door, the corpus, the checks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pedcorpus import flow
from pedcorpus.settings import Workspace
from tests.llm.server import ScriptedServer, serving

ASKED = "小儿髋关节滑膜炎的并发症有哪些？"
ROWS = [
    {"instruction": ASKED, "input": "", "output": "股骨头坏死；跛行"},
    {
        "instruction": "小儿水痘是怎么传播的？患儿需要隔离吗？",
        "input": "",
        "output": "小儿水痘主要经飞沫传播，患儿需要隔离。",
    },
]
TALK = [{"ask": "宝宝拉肚子两天了 要吃消炎药吗", "answer": "病毒性的多 不用吃消炎药", "department": "儿科"}]
COMPLETED = "小儿髋关节滑膜炎的并发症有股骨头坏死和跛行。"
RESTRUCTURED = "小儿髋关节滑膜炎的并发症：\n股骨头坏死\n跛行"
INVENTED = "小儿髋关节滑膜炎的并发症有败血症。\n股骨头坏死\n跛行"


def answer(payload: dict[str, Any], *, last: str = RESTRUCTURED) -> str:
    order, shown = (message["content"] for message in payload["messages"])
    if "改写成规范" in order:
        return json.dumps({"turns": [{"turn": 2, "text": "这多是病毒性的，不用吃消炎药。"}]})
    if "审稿人" in order:
        verdict = "incomplete" if "股骨头" in shown else "good"
        return json.dumps({"verdict": verdict, "problems": ["只列了名词"] if verdict == "incomplete" else []})
    return json.dumps({"answer": COMPLETED if "补写完整" in order else last})


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with serving() as started:
        started.script.answer = answer
        yield started


@pytest.fixture
def ward(tmp_path: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    root = tmp_path / "ward"
    root.mkdir()
    settings = f'[llm]\nbase_url = "{server.base_url}"\nmodel = "scripted"\n'
    (root / "pedcorpus.toml").write_text(settings, encoding="utf-8")
    for name, rows in (("dataset", ROWS), ("consultation", TALK)):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    workspace = Workspace.at(root)
    flow.build(workspace, [tmp_path / "dataset", tmp_path / "consultation"])
    return workspace


def rewrite(ward: Workspace) -> flow.WriteReport:
    with flow.open_writing(ward, flow.WantedDrafts(writers=frozenset({"regularise", "reconstruct"}))) as run:
        report = run.write()
    flow.curate(ward)
    return report


def found(ward: Workspace, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(ward.corpus_path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def statuses(ward: Workspace, where: str) -> dict[str, str]:
    query = (
        "SELECT json_extract_string(body, '$.answer'), status FROM instruction JOIN instruction_status USING (id) "
        f"WHERE {where}"
    )
    return dict(found(ward, query))


def test_a_consultation_is_regularised_and_waits_for_review(ward: Workspace) -> None:
    assert rewrite(ward).new_instructions["consultation"] == 1
    where = "instruction.task = 'consultation'"
    assert statuses(ward, where) == {"这多是病毒性的，不用吃消炎药。": "candidate"}


def test_the_last_sound_revision_stands_for_its_row_and_a_good_row_for_itself(ward: Workspace) -> None:
    rewrite(ward)
    assert statuses(ward, "instruction.task = 'medical'") == {
        "股骨头坏死；跛行": "superseded",
        COMPLETED: "superseded",
        RESTRUCTURED: "candidate",
        "小儿水痘主要经飞沫传播，患儿需要隔离。": "candidate",
    }


def test_a_step_that_invents_leaves_the_step_before_it_standing(ward: Workspace, server: ScriptedServer) -> None:
    server.script.answer = lambda payload: answer(payload, last=INVENTED)
    rewrite(ward)
    assert statuses(ward, "instruction.topic LIKE '%滑膜炎%'") == {
        "股骨头坏死；跛行": "superseded",
        COMPLETED: "candidate",
        INVENTED: "draft",
    }


def test_the_chain_can_be_walked_from_the_last_revision_to_the_row(ward: Workspace) -> None:
    rewrite(ward)
    generators = {row[0]: row[1:] for row in found(ward, "SELECT id, generator, parent FROM instruction")}
    (at,) = [row[0] for row in found(ward, f"SELECT id FROM instruction WHERE body LIKE '%{RESTRUCTURED[:13]}%'")]
    walked = []
    while at is not None:
        generator, at = generators[at]
        walked.append(generator)
    assert walked == ["llm.reconstruct@1", "llm.reconstruct@1", "rule.imported@1"]


def test_every_judgement_is_on_record(ward: Workspace) -> None:
    rewrite(ward)
    query = "SELECT severity, reason, detail FROM finding WHERE \"check\" = 'reconstruct@1' ORDER BY ALL"
    assert found(ward, query) == [("pass", "", ""), ("warning", "judged_incomplete", "只列了名词")]


def test_a_second_run_asks_nothing_and_changes_nothing(ward: Workspace, server: ScriptedServer) -> None:
    rewrite(ward)
    asked, before = len(server.asked), statuses(ward, "true")
    rewrite(ward)
    assert (len(server.asked), statuses(ward, "true")) == (asked, before)
    assert found(ward, "SELECT count(*) FROM finding WHERE \"check\" = 'reconstruct@1'") == [(2,)]
