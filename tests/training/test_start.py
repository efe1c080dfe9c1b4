import json
import shutil

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.training import train
from pedcorpus.training.phase import PHASES
from pedcorpus.training.plan import plan_training
from pedcorpus.training.resume import plan_resuming
from pedcorpus.training.runs import Downloaded, Run, write_record
from pedcorpus.training.start import find_start
from tests.training.conftest import SMALL
from tests.training.test_plan import model_folder
from tests.training.test_runs import a_run

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """The snapshot of ward/small in a Hub's cache that nothing can be fetched into."""
    constants = pytest.importorskip("huggingface_hub.constants", reason="needs the [train] extra")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    root = tmp_path / "hub/models--ward--small"
    (root / "refs").mkdir(parents=True)
    (root / "refs/main").write_text(COMMIT)
    (root / "snapshots").mkdir()
    return model_folder(root / "snapshots" / COMMIT)


def test_a_model_of_the_hub_is_started_from_at_its_commit(export, hub, tmp_path):
    start = plan_training(export=export, runs=tmp_path / "runs", phases=["sft"], model="ward/small").start
    assert (start.model, start.hub.commit, str(start)) == (hub, COMMIT, "ward/small at 0123456789ab")


def test_a_folder_here_comes_before_a_model_of_the_hub(export, hub, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    model_folder(tmp_path / "ward/small")
    start = plan_training(export=export, runs=tmp_path / "runs", phases=["sft"], model="ward/small").start
    assert (start.model.resolve(), start.hub) == (tmp_path / "ward/small", None)


def test_a_gguf_file_is_left_to_be_converted_by_the_run(export, tmp_path):
    (tmp_path / "small.gguf").write_bytes(b"GGUF")
    start = plan_training(export=export, runs=tmp_path / "runs", phases=["sft"], model=tmp_path).start
    assert (start.model, start.gguf) == (None, tmp_path / "small.gguf")


def test_a_run_that_is_gone_on_with_keeps_to_its_commit(export, hub, tmp_path):
    run = a_run(tmp_path / "runs")
    digest = plan_training(export=export, runs=tmp_path, phases=["cpt"], model=hub).export.sha256
    told = {"state": "interrupted", "export": str(export), "export_sha256": digest, "start": "gone", "phases": ("cpt",)}
    told["downloaded"] = Downloaded(repository="ward/small", commit=COMMIT)
    write_record(Run(run.root, run.record.model_copy(update=told)))
    (run.root / "cpt").mkdir(exist_ok=True)
    (run.root / "cpt/recipe.yaml").write_text(json.dumps({"phase": "cpt"}))
    (hub.parents[1] / "refs/main").write_text("f" * 40)
    start = plan_resuming(tmp_path / "runs", run.root.name).start
    assert (start.model, start.hub.commit) == (hub, COMMIT)


@pytest.mark.train
def test_a_run_has_the_model_s_name_and_commit_on_record(export, hub, road, tmp_path):
    shutil.copytree(road.root / "cpt/model", hub, dirs_exist_ok=True)
    run = train(export=export, runs=tmp_path / "runs", phases=["sft"], model="ward/small", overrides=SMALL[:4])
    assert run.record.state == "finished"
    assert run.record.downloaded == Downloaded(repository="ward/small", commit=COMMIT)
    assert f"| from the Hub | ward/small, commit `{COMMIT}` |" in (run.root / "README.md").read_text()


def test_a_name_without_an_owner_is_a_folder(tmp_path):
    with pytest.raises(UsageError, match="there is no such model folder"):
        find_start("small", tmp_path, PHASES["sft"])
