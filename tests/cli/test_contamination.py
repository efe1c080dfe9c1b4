import json
from pathlib import Path

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from pedcorpus.settings import Workspace
from tests.chapter import copied

ASKED = "孩子多大时容易第一次出现热性惊厥？请说明年龄"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A data set of one row, read once."""
    place = tmp_path_factory.mktemp("read")
    folder = place / "dialogues"
    folder.mkdir()
    row = {"instruction": ASKED, "input": "", "output": "热性惊厥首次发作多见于6个月至3岁，患病率为3%～5%。"}
    (folder / "rows.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert run(["-w", str(place / "ward"), "ingest", "--kind", "dataset", str(folder)]) == ExitCode.DONE
    return Workspace(place / "ward")


@pytest.fixture
def ward(read: Workspace, tmp_path: Path) -> Path:
    return copied(read, tmp_path / "ward").root


def test_both_sides_are_printed_as_json(ward: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "our set.csv").write_text(f"nr,stem\n7,{ASKED}\n", encoding="utf-8")
    capsys.readouterr()
    arguments = ["-w", str(ward), "contamination", str(tmp_path / "our set.csv"), "--question", "stem", "--json"]
    assert run(arguments) == ExitCode.DONE
    report = json.loads(capsys.readouterr().out)
    (pair,) = report["overlaps"]
    assert (pair["set"], pair["item"], pair["item_text"], pair["row_text"]) == ("our_set", "row 1", ASKED, ASKED)


def test_a_missing_column_is_wrong_usage(ward: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "set.csv").write_text("nr,stem\n7,x\n", encoding="utf-8")
    assert run(["-w", str(ward), "contamination", str(tmp_path / "set.csv")]) == ExitCode.WRONG_USAGE
    assert "[[curate.contamination.sets]] as question" in " ".join(capsys.readouterr().err.split())


def test_columns_are_for_a_path(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-w", str(ward), "contamination", "--question", "stem"]) == ExitCode.WRONG_USAGE
    assert "are for a PATH" in capsys.readouterr().err


def test_what_was_not_stored_says_where_to_declare(
    ward: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "set.csv").write_text(f"question\n{ASKED}\n", encoding="utf-8")
    assert run(["-w", str(ward), "contamination", str(tmp_path / "set.csv")]) == ExitCode.DONE
    told = capsys.readouterr()
    assert "under [[curate.contamination.sets]]" in told.err
    assert ASKED in told.out
