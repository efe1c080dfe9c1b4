from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from pedcorpus.export import Export, write_export
from pedcorpus.settings import Workspace
from tests.export.sample import sample_release


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """A finished version, made once."""
    return write_export(sample_release("v1"), tmp_path_factory.mktemp("made") / "v1")


@pytest.fixture(autouse=True)
def ward(made: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with that version, and no corpus."""
    shutil.copytree(made.root, tmp_path / "ward" / "exports" / "v1")
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path / "ward")
    return Path.cwd()


def test_what_was_made_and_left_out_is_said(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["convert", "v1", "--format", "sharegpt"]) == ExitCode.DONE
    said = capsys.readouterr().err
    assert "sharegpt: 76 rows in 8 files, from manifest " in said
    assert "left out cpt: sharegpt has no way to say it" in said
    assert (ward / "converted" / "v1" / "sharegpt" / "dataset_info.json").is_file()


def test_only_the_views_asked_for_are_made(ward: Path) -> None:
    assert run(["convert", "v1", "-f", "jsonl", "--view", "sft", "--view", "dfpo", "--out", "given"]) == ExitCode.DONE
    assert sorted(path.name for path in (ward / "given").iterdir() if path.is_dir()) == ["dfpo", "sft"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["v1", "-f", "csv"], "--format csv: expected one of alpaca, jsonl"),
        (["v1", "-f", "jsonl", "--view", "pt"], "--view pt: expected one of instructions, cpt, sft, dfpo, mue"),
        (["v9", "-f", "jsonl"], "there is no export"),
        (["v1", "-f", "jsonl", "--out", "exports"], "exports exists; remove it"),
        (["v1", "-f", "openai", "--view", "cpt"], "it carries sft, dfpo, mue"),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["convert", *arguments]) == ExitCode.WRONG_USAGE
    assert words in " ".join(capsys.readouterr().err.split())


def test_an_export_is_converted_in_the_same_breath(ward: Path, accepted: Workspace) -> None:
    shutil.copy(accepted.corpus_path, ward)
    assert run(["export", "--version", "v2", "-f", "swift", "-f", "jsonl"]) == ExitCode.DONE
    origin = json.loads((ward / "converted" / "v2" / "jsonl" / "made-from.json").read_bytes())
    assert origin["version"] == "v2"
    assert (ward / "converted" / "v2" / "swift" / "sft").is_dir()


def test_a_work_that_was_withdrawn_since_is_told(
    ward: Path, accepted: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(accepted.corpus_path, ward)
    flow.export(Workspace(ward), "v2")
    flow.withdraw(Workspace(ward), "textbooks", reason="许可到期")
    assert run(["convert", "v2", "-f", "swift"]) == ExitCode.DONE
    assert "it rests on textbooks, withdrawn since: 许可到期" in capsys.readouterr().err


def test_a_misspelt_format_stops_an_export_before_it_begins(ward: Path) -> None:
    assert run(["export", "--version", "v2", "--format", "sharegtp"]) == ExitCode.WRONG_USAGE
    assert not (ward / "exports" / "v2").exists()
