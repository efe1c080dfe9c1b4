from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.training.runs import (
    PhaseRecord,
    Run,
    RunRecord,
    list_runs,
    new_run_folder,
    newest_run,
    open_run,
    write_record,
)


def done(phase: str, *, adapter: bool = False) -> PhaseRecord:
    return PhaseRecord(
        phase=phase,
        output=f"{phase}/{'adapter' if adapter else 'model'}",
        adapter=adapter,
        rows=3,
        steps=2,
        first_loss=2.0,
        last_loss=1.0,
        trainable=5,
        parameters=10,
        seed=42,
        seconds=1.5,
    )


def a_run(runs: Path, *finished: PhaseRecord, start: str = "base") -> Run:
    root = new_run_folder(runs, "v1")
    record = RunRecord(
        id=root.name,
        state="finished",
        export="../../exports/v1",
        export_version="v1",
        export_sha256="0" * 64,
        start=start,
        phases=("cpt", "mue"),
        finished=finished,
    )
    write_record(Run(root, record))
    return Run(root, record)


def test_run_folders_are_numbered_across_versions(tmp_path):
    names = [new_run_folder(tmp_path, version).name for version in ("v1", "v2", "v2")]
    assert names == ["0001-v1", "0002-v2", "0003-v2"]


def test_two_processes_never_get_the_same_number(tmp_path):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        made = list(pool.map(new_run_folder, [tmp_path] * 12, [f"v{n}" for n in range(12)]))
    assert sorted(path.name[:4] for path in made) == [f"{n:04d}" for n in range(1, 13)]


def test_what_is_written_is_read(tmp_path):
    run = a_run(tmp_path, done("cpt"))
    assert open_run(run.root) == run


def test_the_newest_run_is_the_one_that_finished_a_phase(tmp_path):
    first = a_run(tmp_path, done("cpt"))
    a_run(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "0009-v1").mkdir()
    assert [run.record.id for run in list_runs(tmp_path)] == ["0001-v1", "0002-v1"]
    assert newest_run(tmp_path) == first


def test_no_runs_is_none(tmp_path):
    assert newest_run(tmp_path / "runs") is None
    assert newest_run(tmp_path) is None


def test_the_model_is_that_of_the_last_whole_phase_and_the_adapter_goes_on_it(tmp_path):
    run = a_run(tmp_path, done("cpt"), done("sft"), done("mue", adapter=True))
    assert run.model_path == run.root / "sft/model"
    assert run.adapter_path == run.root / "mue/adapter"


def test_a_run_without_a_whole_phase_has_the_model_it_started_from(tmp_path):
    run = a_run(tmp_path, done("mue", adapter=True), start="../0007-v1/dfpo/model")
    assert run.model_path == tmp_path / "0007-v1/dfpo/model"


def test_a_run_that_ends_in_a_whole_phase_has_no_adapter(tmp_path):
    assert a_run(tmp_path, done("cpt")).adapter_path is None


def test_a_folder_without_a_record_is_no_run(tmp_path):
    with pytest.raises(UsageError, match=r"is no run folder; `run\.json` is missing"):
        open_run(tmp_path)
