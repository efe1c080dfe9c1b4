import json
import subprocess
import sys
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.cli.main import run
from pedcorpus.cli.reference import reference
from pedcorpus.errors import ExitCode
from pedcorpus.settings import Workspace
from tests.chapter import CHAPTER, copied
from tests.training.test_runs import a_run, done

STATUSES = {"draft", "candidate", "accepted", "rejected", "duplicate"}


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder with one chapter beside it."""
    (tmp_path / "textbooks").mkdir()
    (tmp_path / "textbooks" / "chapter.md").write_text(CHAPTER, encoding="utf-8")
    (tmp_path / "ward").mkdir()
    monkeypatch.chdir(tmp_path / "ward")
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    return tmp_path / "ward"


def status(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    capsys.readouterr()
    assert run(["status", "--json", *arguments]) == ExitCode.DONE
    loaded: dict[str, object] = json.loads(capsys.readouterr().out)
    return loaded


def test_the_main_job_runs_in_an_empty_folder(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ingest", "../textbooks"]) == ExitCode.DONE
    talk = capsys.readouterr().err
    assert "made" in talk
    assert "source.toml" in talk
    assert run(["review", "--accept-all", "--reviewer", "wang"]) == ExitCode.DONE
    assert run(["export", "--version", "v1"]) == ExitCode.DONE
    assert (ward / "exports" / "v1" / "manifest.json").is_file()
    assert run(["export", "--version", "v1"]) == ExitCode.WRONG_USAGE


def test_status_json_has_the_promised_shape(ward: Path, built: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    copied(built, ward)
    found = status(capsys)
    counts = ("sources", "documents", "passages", "triples", "dialogues", "failures")
    assert all(isinstance(found[name], int) for name in counts)
    assert isinstance(found["instructions"], dict)
    assert {frozenset(each) for each in found["instructions"].values()} == {frozenset(STATUSES)}
    assert set(found["instructions"]) >= {"medkqa", "evidiag", "trerecom"}


def test_what_is_next_hangs_on_a_run_of_the_newest_export(
    ward: Path, released: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    place = copied(released, ward)

    def next_step() -> str:
        assert run(["status"]) == ExitCode.DONE
        return capsys.readouterr().err.splitlines()[-1]

    assert next_step() == "next: pedcorpus train"
    a_run(place.runs, done("sft"))
    assert next_step() == "next: pedcorpus evaluate, or pedcorpus chat"
    flow.export(place, "v2")
    assert next_step() == "next: pedcorpus train"


@pytest.mark.parametrize("way", ["before", "after", "environment"])
def test_the_workspace_can_be_named_in_three_ways(
    ward: Path, way: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = str(ward / "elsewhere")
    if way == "environment":
        monkeypatch.setenv("PEDCORPUS_WORKSPACE", place)
    arguments = {"before": ["-w", place, "init"], "after": ["init", "-w", place], "environment": ["init"]}[way]
    assert run(arguments) == ExitCode.DONE
    assert (ward / "elsewhere" / "corpus.duckdb").is_file()
    assert (ward / "elsewhere" / "sources" / "my-textbook" / "source.toml").is_file()


def test_some_failed_inputs_end_with_one(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (ward.parent / "textbooks" / "empty.md").touch()
    assert run(["ingest", "../textbooks"]) == ExitCode.SOME_FAILED
    assert "empty.md" in capsys.readouterr().err
    assert status(capsys)["failures"] == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["status"], ExitCode.NOT_SOUND, id="no corpus here"),
        pytest.param(["ingest", "nowhere"], ExitCode.WRONG_USAGE, id="no such folder"),
        pytest.param(["ingest"], ExitCode.WRONG_USAGE, id="missing argument"),
        pytest.param(["frobnicate"], ExitCode.WRONG_USAGE, id="no such command"),
        pytest.param(["train"], ExitCode.WRONG_USAGE, id="no export"),
        pytest.param(["chat"], ExitCode.WRONG_USAGE, id="no run"),
        pytest.param(["--version"], ExitCode.DONE, id="version"),
    ],
)
def test_exit_codes(ward: Path, arguments: list[str], code: ExitCode, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == code
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert len(captured.err.strip().splitlines()) <= 1


def test_wrong_settings_are_told_before_anything_is_read(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (ward / "pedcorpus.toml").write_text("[generate]\nsede = 1\n", encoding="utf-8")
    assert run(["ingest", "../textbooks"]) == ExitCode.WRONG_USAGE
    assert "did you mean 'seed'" in capsys.readouterr().err


def test_show_prints_the_instruction_with_its_quote(
    ward: Path, built: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    identifier = flow.open_desk(copied(built, ward), "wang").queue().entries[0].id
    assert run(["show", identifier[:10], "--json"]) == ExitCode.DONE
    shown = json.loads(capsys.readouterr().out)
    assert shown["id"] == identifier
    assert all(source["quote"] in source["text"] for source in shown["sources"])
    assert run(["show", identifier[:10]]) == ExitCode.DONE
    assert shown["sources"][0]["quote"][:12] in capsys.readouterr().out.replace("\n", "")


def test_a_template_in_a_text_is_printed_as_it_is(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (ward.parent / "textbooks" / "[red]{0}.md").touch()
    assert run(["ingest", "../textbooks"]) == ExitCode.SOME_FAILED
    assert "[red]{0}.md" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "heavy"),
    [
        ("--help", "torch transformers datasets textual pymupdf duckdb networkx matplotlib"),
        ("init", "torch transformers datasets textual"),
    ],
)
def test_commands_import_nothing_heavy_that_they_do_not_need(ward: Path, command: str, heavy: str) -> None:
    script = (
        f"import sys; from pedcorpus.cli.main import run; run(['{command}']); "
        f"sys.exit(' '.join(set('{heavy}'.split()) & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_command_reference_is_the_commands_own() -> None:
    published = Path(__file__).parents[2] / "docs" / "commands.md"
    assert published.read_text(encoding="utf-8") == reference(), "run `make reference` and commit what it writes"


@pytest.mark.parametrize("screen", ["--web", "--adjudicate"])
def test_accepting_everything_opens_no_screen(ward: Path, screen: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "--accept-all", screen]) == ExitCode.WRONG_USAGE
    assert "opens no screen" in capsys.readouterr().err


def test_ctrl_c_is_one_line_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pedcorpus.training.list_runs", interrupted)
    assert run(["runs"]) == ExitCode.INTERRUPTED
    assert (
        capsys.readouterr().err.strip() == "interrupted; what was finished is kept, the same command goes on from there"
    )
