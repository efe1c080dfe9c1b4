import json
from pathlib import Path

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from pedcorpus.settings import Workspace
from tests.chapter import copied


@pytest.fixture(autouse=True)
def ward(accepted: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    monkeypatch.chdir(copied(accepted, tmp_path / "ward").root)
    return Path.cwd()


def test_decisions_come_back_into_their_corpus_as_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["decisions", "export", "all.jsonl"]) == ExitCode.DONE
    lines = Path("all.jsonl").read_text(encoding="utf-8").splitlines()
    assert run(["decisions", "import", "all.jsonl"]) == ExitCode.DONE
    assert f"{len(lines)} here already, 0 left out" in capsys.readouterr().err


def test_a_bad_line_is_named_and_the_rest_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    run(["decisions", "export", "all.jsonl"])
    rows = [json.loads(line) for line in Path("all.jsonl").read_text(encoding="utf-8").splitlines()]
    late = [{**row, "reviewer": "li"} for row in rows]
    texts = [json.dumps({name: value for name, value in row.items() if name != "id"}) for row in late]
    Path("li.jsonl").write_text("\n".join([texts[0], "[red]{", *texts[1:]]), encoding="utf-8")
    capsys.readouterr()
    assert run(["decisions", "import", "li.jsonl", "--dry-run"]) == ExitCode.SOME_FAILED
    assert f"{len(rows)} would be taken ({len(rows)} accept)" in capsys.readouterr().err
    assert run(["decisions", "import", "li.jsonl"]) == ExitCode.SOME_FAILED
    told = capsys.readouterr().err
    assert "li.jsonl: line 2: no JSON at line 1, column 2" in told
    assert f"{len(rows)} taken ({len(rows)} accept)" in told


def test_json_tells_the_same_to_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.jsonl").write_text('{"instruction": "x", "verdict": "accept"}\n', encoding="utf-8")
    assert run(["decisions", "import", "bad.jsonl", "--json", "--reviewer", "li"]) == ExitCode.SOME_FAILED
    report = json.loads(capsys.readouterr().out)
    assert (report["read"], report["taken"], report["dry_run"]) == (1, {}, False)
    assert [each["code"] for each in report["refused"]] == ["unknown_instruction"]


@pytest.mark.parametrize(
    ("form", "name", "files"),
    [
        ("argilla", "to-review", ["to-review/records.json", "to-review/.argilla/settings.json"]),
        ("label-studio", "tasks.json", ["tasks.json", "tasks.xml"]),
    ],
)
def test_records_go_out_for_another_tool(form: str, name: str, files: list[str]) -> None:
    assert run(["decisions", "export", name, "--format", form]) == ExitCode.DONE
    assert all(Path(file).is_file() for file in files)
    assert len(json.loads(Path(files[0]).read_text(encoding="utf-8"))) > 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "all.jsonl", "--waiting"],
        ["export", "pedcorpus.toml"],
        ["export", "corpus.duckdb", "--overwrite"],
        ["export", "corpus.duckdb/all.jsonl"],
        ["export", "tasks.xml", "--format", "label-studio"],
        ["import", "missing.jsonl"],
        ["import", "pedcorpus.toml", "--reviewer", "a", "--reviewer", "b"],
    ],
    ids=["waiting", "there already", "the corpus", "no folder", "one file for two", "missing", "two names"],
)
def test_wrong_usage_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["decisions", *arguments]) == ExitCode.WRONG_USAGE
    assert "error" in capsys.readouterr().err


def test_a_file_that_is_no_decisions_is_told_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("many.jsonl").write_text("x\n" * 60, encoding="utf-8")
    assert run(["decisions", "import", "many.jsonl"]) == ExitCode.SOME_FAILED
    told = capsys.readouterr().err
    assert told.count("left out") == 51
    assert "and 10 more" in told
