from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from pedcorpus.export import Export, write_export
from tests.export.sample import sample_release


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """A finished version of another team, made once."""
    return write_export(sample_release("v1"), tmp_path_factory.mktemp("made") / "v1")


@pytest.fixture(autouse=True)
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    (tmp_path / "ours").mkdir()
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path / "ours")
    return Path.cwd()


def test_what_came_is_told_and_can_be_carried_on(made: Export, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(made.root)]) == ExitCode.DONE
    said = capsys.readouterr().err
    assert "imported v1: evidiag 10, medkqa 14, trerecom 10" in said
    assert "30 passages, 18 triples, 34 decisions" in said
    assert run(["diff", "v1", "v1"]) == ExitCode.DONE
    assert run(["verify", "v1"]) == ExitCode.DONE


def test_scripts_get_json(made: Export, ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(made.root), "--json", "-w", "there"]) == ExitCode.DONE
    told = json.loads(capsys.readouterr().out)
    assert told["manifest"] == made.sha256
    assert (told["instructions"]["medkqa"], told["decisions"]) == (14, 34)
    assert str(ours / "there" / "corpus.duckdb") in told["made"]


def test_a_page_is_said_not_to_have_come(made: Export, capsys: pytest.CaptureFixture[str]) -> None:
    run(["import", str(made.root)])
    name = next(row["id"] for row in made.rows("instructions", "train") if row["evidence"][0]["address"]["page"])
    assert run(["show", name]) == ExitCode.DONE
    assert "book.pdf" in capsys.readouterr().out
    assert run(["show", name, "--page-image", "page.png"]) == ExitCode.WRONG_USAGE
    assert "pages and files do not travel with an export" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("v9", ExitCode.WRONG_USAGE, "exports/v9: there is no export; give the folder of one"),
        ("damaged", ExitCode.NOT_SOUND, "what is not as it was written is not imported"),
    ],
)
def test_what_cannot_be_imported_is_one_line(
    made: Export, ours: Path, capsys: pytest.CaptureFixture[str], name: str, code: ExitCode, words: str
) -> None:
    root = Path(shutil.copytree(made.root, ours / "exports" / "damaged"))
    (root / "README.md").write_text("changed", encoding="utf-8")
    assert run(["import", name]) == code
    told = capsys.readouterr().err
    assert words in told
    assert told.startswith("error ")
