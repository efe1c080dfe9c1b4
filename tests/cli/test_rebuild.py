"""Exports made by the program itself: the same bytes in any world, and again with the network off."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from pedcorpus.settings import Workspace
from tests.flow.conftest import CHAPTER

REPOSITORY = Path(__file__).parents[2]

PROGRAM = """
import sys
from pedcorpus.cli.main import run
from pedcorpus.flow.release_material import CorpusMaterial

if __name__ == "__main__":
    CorpusMaterial.__init__.__kwdefaults__["portion"] = int(sys.argv[1])  # few rows are one portion, and no process
    sys.exit(run(sys.argv[2:]))
"""
WORLDS = {
    "a": {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1", "USER": "wang", "OMP_NUM_THREADS": "1"}
    | {"PEDCORPUS_INGEST__JOBS": "1", "ARROW_IO_THREADS": "1", "portion": "4096", "umask": "0o022"},
    "乙 世界": {"TZ": "America/Caracas", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "USER": "li"}
    | {
        "OMP_NUM_THREADS": "4",
        "PEDCORPUS_INGEST__JOBS": "2",
        "ARROW_IO_THREADS": "8",
        "portion": "3",
        "umask": "0o077",
    },
}


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with everything accepted."""
    place = tmp_path_factory.mktemp("accepted")
    (place / "books").mkdir()
    (place / "books" / "chapter.md").write_text(CHAPTER, encoding="utf-8")
    flow.build(Workspace(place / "ward"), [place / "books"])
    flow.accept_all(Workspace(place / "ward"), "wang")
    return place / "ward"


@pytest.fixture(scope="module")
def exported(accepted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, exported as v1."""
    ward = Path(shutil.copytree(accepted, tmp_path_factory.mktemp("exported") / "ward"))
    flow.export(Workspace(ward), "v1")
    return ward


@pytest.fixture
def ward(exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(shutil.copytree(exported, tmp_path / "ward"))
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    return tmp_path / "ward"


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def in_world(place: Path, world: dict[str, str], *arguments: str) -> None:
    place.mkdir(exist_ok=True)
    (place / "program.py").write_text(PROGRAM, encoding="utf-8")
    settings = {name: value for name, value in world.items() if name.isupper()}
    environment = os.environ | settings | {"HOME": str(place), "PYTHONPATH": f"{REPOSITORY}:{os.getenv('PYTHONPATH')}"}
    command = [sys.executable, str(place / "program.py"), world["portion"], *arguments]
    subprocess.run(command, env=environment, cwd=place, umask=int(world["umask"], 8), check=True, capture_output=True)


def test_two_worlds_write_the_same_bytes_and_each_rebuilds_what_the_other_wrote(accepted: Path, tmp_path: Path) -> None:
    for name, world in WORLDS.items():
        shutil.copytree(accepted, tmp_path / name / "ward")
        in_world(tmp_path / name, world, "-w", "ward", "export", "--version", "v1")
    written = [contents(tmp_path / name / "ward" / "exports") for name in WORLDS]
    assert written[0] == written[1]
    in_world(tmp_path / "elsewhere", WORLDS["乙 世界"], "-w", str(tmp_path / "a" / "ward"), "rebuild", "v1")


def test_a_version_is_made_again_where_there_is_no_network(ward: Path) -> None:
    alone = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("taking the network away needs Linux and its namespaces")
    shutil.rmtree(ward / "exports" / "v1")
    command = [*alone, sys.executable, "-m", "pedcorpus", "rebuild", "v1"]
    done = subprocess.run(command, cwd=ward, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "v1 made again: same bytes" in done.stderr
    assert "exports/v1 was lost, and is there again" in done.stderr


def test_the_list_names_what_is_lost_and_the_way_back(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(ward / "exports")
    assert run(["exports"]) == ExitCode.DONE
    assert capsys.readouterr().err.strip() == "warning v1 was exported, and its folder is gone: pedcorpus rebuild v1"


def test_scripts_are_told_what_became_of_it(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (ward / "exports" / "v1" / "README.md").write_text("else", encoding="utf-8")
    assert run(["rebuild", "v1", "--json", "--into", "again"]) == ExitCode.NOT_SOUND
    told = json.loads(capsys.readouterr().out)
    assert told["same"] is True
    assert told["manifest"] == told["expected"]
    assert "README.md: has 4 bytes" in told["problems"][0]
    assert (ward / "again" / "v1" / "manifest.json").is_file()


def test_a_person_is_told_what_differs_why_and_what_to_do(
    ward: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (ward / "exports" / "v1" / "README.md").write_text("else", encoding="utf-8")
    assert run(["rebuild", "v1"]) == ExitCode.NOT_SOUND
    assert "move its folder away and run this again" in capsys.readouterr().err
    monkeypatch.setattr("pedcorpus.export.write.version", lambda _: "9.1")
    assert run(["rebuild", "v1"]) == ExitCode.NOT_SOUND
    told = capsys.readouterr().err
    assert "v1 made again: manifest.json is not what it was" in told
    assert "and this is 9.1" in told


@pytest.mark.parametrize(
    "arguments",
    [["rebuild", "v9"], ["rebuild", "../ward/exports/v1"], ["export", "--version", "../v1"], ["rebuild"]],
)
def test_what_names_no_version_is_refused_in_one_line(
    ward: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(ward.parent)
    assert run(arguments) == ExitCode.WRONG_USAGE
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert contents(ward.parent) == before
