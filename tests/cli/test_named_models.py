"""What `chat` and `serve` talk to; how `evaluate` names models is in `test_evaluate`."""

import json
from pathlib import Path

import pytest

from pedcorpus.cli.named_models import named_model, talked_to
from pedcorpus.errors import UsageError
from pedcorpus.settings import Workspace
from tests.training.test_runs import a_run, done


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a workspace with a run of sft and mue, a plain model folder, an adapter and a GGUF file."""
    monkeypatch.chdir(tmp_path)
    a_run(tmp_path / "runs", done("sft"), done("mue", adapter=True))
    for folder in ("plain", "lora"):
        (tmp_path / folder).mkdir()
    (tmp_path / "plain/config.json").write_text("{}")
    (tmp_path / "lora/adapter_config.json").write_text(json.dumps({"base_model_name_or_path": "plain"}))
    (tmp_path / "small.gguf").write_bytes(b"GGUF")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "adapter", "expected"),
    [
        pytest.param(None, None, ("0001-v1", "runs/0001-v1/sft/model", "runs/0001-v1/mue/adapter"), id="newest run"),
        pytest.param("0001-v1/sft", None, ("0001-v1/sft", "runs/0001-v1/sft/model", None), id="a phase"),
        pytest.param("base", None, ("base", "runs/0001-v1/base", None), id="what the newest run started from"),
        pytest.param("plain", None, ("plain", "plain", None), id="a folder"),
        pytest.param("small.gguf", None, ("small.gguf", "small.gguf", None), id="a GGUF file"),
        pytest.param("lora", None, ("lora", "plain", "lora"), id="an adapter goes on the model that it names"),
        pytest.param("plain", "lora", ("lora", "plain", "lora"), id="a folder with an adapter"),
        pytest.param(None, "lora", ("lora", "runs/0001-v1/sft/model", "lora"), id="the newest run with an adapter"),
    ],
)
def test_a_command_talks_to(ward, name, adapter, expected):
    found = talked_to(Workspace.at(ward), name, Path(adapter) if adapter else None, purpose="serve")
    folders = [path and str(path.resolve().relative_to(ward.resolve())) for path in (found.model, found.adapter)]
    assert (found.name, *folders) == expected


def test_base_beside_a_run_of_another_workspace_is_what_that_one_started_from(ward, tmp_path_factory):
    empty = Workspace.at(tmp_path_factory.mktemp("empty"))
    found = named_model("base", empty, beside=["base", str(ward / "runs/0001-v1")])
    assert found.model.resolve() == (ward / "runs/0001-v1/base").resolve()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "nowhere: is no run of this workspace, no phase of one, and no folder of a model or adapter"),
        ("0001-v1/cpt", "run 0001-v1 has no finished phase 'cpt'; it has: sft, mue"),
    ],
)
def test_what_is_no_model_is_refused(ward, name, said):
    with pytest.raises(UsageError, match=said):
        talked_to(Workspace.at(ward), name, None, purpose="serve")
