"""Rows that say the same are warned of and stay; the diversity report works with a model and without."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode, StoreError, UsageError
from pedcorpus.records import Status
from pedcorpus.settings import Workspace
from tests.chapter import CHAPTER, copied, write_chapter
from tests.llm.server import ScriptedServer, serving


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with serving() as started:
        yield started


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two works that say the same of the same disease, read once."""
    place = tmp_path_factory.mktemp("alike")
    (write_chapter(place) / "second").mkdir()
    again = CHAPTER.replace("热性惊厥多数发作在", "热性惊厥的多数发作在").replace("第七章", "第八章")
    (place / "textbooks" / "second" / "chapter.md").write_text(again, encoding="utf-8")
    workspace = Workspace(place / "ward")
    flow.build(workspace, [place / "textbooks"])
    return workspace


@pytest.fixture
def bare(alike: Workspace, tmp_path: Path) -> Workspace:
    """A copy of one's own of that."""
    return copied(alike, tmp_path / "ward")


@pytest.fixture
def ward(bare: Workspace, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("PEDCORPUS_CURATE__EMBEDDINGS__BASE_URL", server.base_url)
    monkeypatch.setenv("PEDCORPUS_CURATE__EMBEDDINGS__MODEL", "scripted")
    return Workspace(bare.root)


def statuses(workspace: Workspace) -> dict[str, dict[str, int]]:
    return {task: dict(counts) for task, counts in flow.corpus_status(workspace).instructions.items()}


def warned(workspace: Workspace) -> int:
    return sum(row.instructions for row in flow.findings(workspace, flow.Asked("semantic", "", "", "")) if row.reason)


def test_rows_that_say_the_same_are_warned_of_and_stay(ward: Workspace) -> None:
    before = statuses(ward)
    report = flow.semantic_duplicates(ward)
    assert report.alike == warned(ward) > 0
    assert statuses(ward) == before
    assert not any(counts[Status.REJECTED] for counts in before.values())


def test_a_second_run_asks_and_stores_nothing(ward: Workspace, server: ScriptedServer) -> None:
    first = flow.semantic_duplicates(ward)
    asked = server.asked.total()
    second = flow.semantic_duplicates(ward)
    assert (first.stored, second.stored, second.computed) == (first.rows, 0, 0)
    assert server.asked.total() == asked


def test_a_higher_threshold_judges_anew(ward: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    flow.semantic_duplicates(ward)
    monkeypatch.setenv("PEDCORPUS_CURATE__EMBEDDINGS__THRESHOLD", "1.0")
    report = flow.semantic_duplicates(Workspace(ward.root))
    assert report.check == "semantic@1:scripted-1"
    assert warned(ward) == report.alike


def test_a_verdict_that_changes_replaces_the_old_one(ward: Workspace, server: ScriptedServer) -> None:
    before = flow.semantic_duplicates(ward)
    ward.vectors_path.unlink()
    numbers = count()

    def apart(texts: list[str]) -> list[list[float]]:
        places = [next(numbers) for _ in texts]
        return [[float(place == number) for number in range(before.rows)] for place in places]

    server.script.embed = apart
    after = flow.semantic_duplicates(ward)
    assert (after.alike, after.stored, warned(ward)) == (0, before.alike, 0)


def test_another_model_under_the_same_name_is_told(ward: Workspace, server: ScriptedServer, tmp_path: Path) -> None:
    flow.semantic_duplicates(ward)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "more.md").write_text(
        "# 第九章 皮肤疾病\n\n## 湿疹\n\n【治疗】\n\n湿疹患儿每日温水沐浴后涂润肤剂。\n", encoding="utf-8"
    )
    flow.build(ward, [tmp_path / "more"])
    server.script.embed = lambda texts: [[1.0, 2.0] for _ in texts]
    with pytest.raises(StoreError, match="another model answers"):
        flow.semantic_duplicates(ward)


def test_without_a_model_it_says_how_to_name_one(bare: Workspace) -> None:
    with pytest.raises(UsageError, match=r"curate\.embeddings\.model"):
        flow.semantic_duplicates(bare)


def test_a_model_that_is_no_folder_is_told(bare: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEDCORPUS_CURATE__EMBEDDINGS__MODEL", "BAAI/bge-m3")
    with pytest.raises(UsageError, match="nothing is downloaded"):
        flow.semantic_duplicates(Workspace(bare.root))


def test_without_a_model_words_alone_are_measured(bare: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diversity", "--json", "-w", str(bare.root)]) == ExitCode.DONE
    captured = capsys.readouterr()
    told = json.loads(captured.out)
    assert told["whole"]["wording"]["rows"] == sum(each["wording"]["rows"] for each in told["tasks"].values()) > 0
    assert (told["model"], told["whole"]["spread"], told["whole"]["in_clusters"]) == ("", None, None)
    assert "words alone were measured" in captured.err


def test_with_a_model_meaning_is_measured_too(ward: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    clustered = flow.semantic_duplicates(ward)
    assert run(["diversity", "-w", str(ward.root)]) == ExitCode.DONE
    captured = capsys.readouterr()
    assert "Vendi score" in captured.out
    assert "words alone" not in captured.err
    whole = flow.diversity(ward).whole
    assert whole.in_clusters == pytest.approx((clustered.alike + clustered.clusters) / clustered.rows)
    assert whole.spread is not None
    assert sum(whole.spread.nearest) == whole.spread.sample == clustered.rows


def test_curate_warns_of_what_says_the_same_when_asked(ward: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["curate", "--semantic", "-w", str(ward.root)]) == ExitCode.DONE
    assert "semantic@1:scripted-0.92" in capsys.readouterr().err
    assert warned(ward) > 0
