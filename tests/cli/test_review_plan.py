from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pedcorpus import flow
from pedcorpus.cli.main import run
from pedcorpus.records import Verdict
from pedcorpus.settings import Workspace
from tests.chapter import copied

SETTINGS = "[review.plan]\nenabled = true\nlimit = 0.5\nconfidence = 0.5\nallowed_defects = 0\n"


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the settings above and what rules draft from one chapter, made once."""
    place = tmp_path_factory.mktemp("drafted")
    made = Workspace(place / "ward")
    made.root.mkdir()
    made.settings_path.write_text(SETTINGS, encoding="utf-8")
    chapter = place / "books" / "chapter.md"
    chapter.parent.mkdir()
    lines = ["# 第七章 神经系统疾病", "## 第二节 热性惊厥", "【病因】", "热性惊厥由发热引起，与遗传有关。"]
    lines += [
        "【临床表现】",
        "热性惊厥发作呈全面性，持续时间短于15分钟。",
        "【预后】",
        "热性惊厥预后良好，很少留下后遗症。",
    ]
    chapter.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    flow.build(made, [chapter.parent])
    return made


@pytest.fixture
def workspace(drafted: Workspace, tmp_path: Path) -> Workspace:
    """A copy of one's own of it."""
    return copied(drafted, tmp_path / "ward")


def plan_of(workspace: Workspace, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["review", "plan", "-w", str(workspace.root), "--json", *options]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_table_shows_each_stratum_and_its_bound(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "plan", "-w", str(workspace.root)]) == 0
    shown = capsys.readouterr()
    assert "upper bound" in shown.out
    assert "100.00%" in shown.out
    assert "one by one" in shown.err


def test_json_says_what_is_still_to_review(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    found = plan_of(workspace, capsys)
    strata = found["strata"]
    assert strata
    assert all(each["still_to_review"] == each["to_review"] > 0 for each in strata)


def test_applying_it_when_it_is_off_is_wrong_usage(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    workspace.settings_path.write_text("", encoding="utf-8")
    assert run(["review", "plan", "-w", str(workspace.root), "--apply"]) == 2
    assert "review.plan" in capsys.readouterr().err


def test_what_passed_is_accepted_by_plan_when_applied(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    desk = flow.open_desk(workspace, "wang")
    for lot in flow.review_plan(workspace).lots:
        for name in lot.assessment.waiting:
            desk.decide(name, Verdict.ACCEPT)
    before, after = plan_of(workspace, capsys), plan_of(workspace, capsys, "--apply")
    expected = sum(each["to_accept"] for each in before["strata"])
    assert sum(each["by_plan"] for each in after["strata"]) == expected > 0
    accepted = next(lot for lot in flow.review_plan(workspace).lots if lot.accepted)
    assert run(["show", accepted.accepted[0], "-w", str(workspace.root)]) == 0
    assert f"by sampling plan {accepted.assessment.plan.id}" in capsys.readouterr().out
