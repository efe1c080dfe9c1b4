import json
from pathlib import Path

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from tests.chapter import CHAPTER

TENFOLD = "\n## 第三节 咳嗽\n\n【治疗】\n\n对乙酰氨基酚每次150 mg/kg，口服，每日4次。\n"


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one chapter, with a dose ten times too high in it."""
    root = tmp_path_factory.mktemp("findings")
    (root / "textbooks").mkdir()
    (root / "textbooks" / "chapter.md").write_text(CHAPTER + TENFOLD, encoding="utf-8")
    assert run(["-w", str(root / "ward"), "ingest", str(root / "textbooks")]) == ExitCode.DONE
    return root / "ward"


@pytest.fixture
def curated(checked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That corpus in the current folder."""
    monkeypatch.chdir(checked)
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)


def told(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    capsys.readouterr()
    assert run(["findings", *options]) == ExitCode.DONE
    return capsys.readouterr().out


@pytest.mark.usefixtures("curated")
def test_each_check_has_a_line_with_its_share(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(told(capsys, "--json"))["counts"]
    by_check = {row["check"].partition("@")[0]: row for row in rows}
    assert by_check["dose"]["severity"] == "error"
    assert 0 < by_check["dose"]["instructions"] < by_check["dose"]["judged"]
    assert (by_check["schema"]["severity"], by_check["schema"]["instructions"]) == ("pass", 0)
    assert "dose@" in told(capsys)


@pytest.mark.usefixtures("curated")
def test_groups_add_up_to_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.loads(told(capsys, "--check", "dose", "--json"))["counts"]
    parts = json.loads(told(capsys, "--check", "dose", "--by", "task", "--by", "source", "--json"))["counts"]
    assert sum(row["instructions"] for row in parts) == sum(row["instructions"] for row in whole)
    assert all(row["task"] and row["source"] for row in parts)


@pytest.mark.usefixtures("curated")
def test_examples_name_the_instruction(capsys: pytest.CaptureFixture[str]) -> None:
    (first, *_) = json.loads(told(capsys, "--check", "dose", "-n", "2", "--json"))["findings"]
    assert "150" in first["detail"]
    assert run(["show", first["instruction"]]) == ExitCode.DONE
    assert first["reason"] in told(capsys, "--check", "dose", "-n", "1")


@pytest.mark.usefixtures("curated")
@pytest.mark.parametrize("options", [["--check", "dosage"], ["--source", "x"], ["--task", "x"], ["--by", "day"]])
def test_an_unknown_name_is_told_with_what_is_known(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["findings", *options]) == ExitCode.WRONG_USAGE
    assert "source" in capsys.readouterr().err or options[0] != "--by"


def test_before_anything_is_checked_the_next_step_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-w", str(tmp_path / "ward"), "init"]) == ExitCode.DONE
    assert run(["-w", str(tmp_path / "ward"), "findings"]) == ExitCode.DONE
    assert "pedcorpus curate" in capsys.readouterr().err
