from __future__ import annotations

import json
from pathlib import Path

import pytest

from pedcorpus.cli.main import run
from pedcorpus.corpus import Corpus, add_decisions, instruction_ids
from pedcorpus.records import Status, Verdict
from pedcorpus.settings import Workspace
from tests.by_hand import decision
from tests.chapter import copied


@pytest.fixture
def decided(built: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An instruction that two readers accepted, in the current folder's corpus."""
    ward = copied(built, tmp_path / "ward")
    monkeypatch.chdir(ward.root)
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    with Corpus(ward.corpus_path).unit() as unit:
        name = instruction_ids(unit, [Status.CANDIDATE])[0]
        add_decisions(unit, [decision(name, Verdict.ACCEPT, reviewer=who, readers=2) for who in ("wang", "li")])
    return name


def test_an_item_is_added_listed_and_removed(decided: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calibration", "add", "--from-adjudicated", "5", "--reviewer", "chen"]) == 0
    assert "[review.calibration]" in capsys.readouterr().err  # nobody is offered one before that is set
    assert run(["calibration", "list", "--json"]) == 0
    (item,) = json.loads(capsys.readouterr().out)
    assert (item["instruction"], item["verdict"], item["origin"], item["by"]) == (decided, "accept", "agreed", "chen")
    assert run(["calibration", "list"]) == 0
    assert decided in capsys.readouterr().out
    assert run(["calibration", "remove", decided[:8]]) == 0
    assert run(["calibration", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("arguments", [[], ["0a", "--from-adjudicated", "3"], ["no-such-id"]])
@pytest.mark.usefixtures("decided")
def test_wrong_use_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calibration", "add", *arguments]) == 2
    assert "error" in capsys.readouterr().err
