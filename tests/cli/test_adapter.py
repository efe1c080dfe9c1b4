from __future__ import annotations

import json
from pathlib import Path

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode

PUBLISHED = {"peft_type": "LORA", "lora_nums": 3, "r": 2, "lora_alpha": 4, "target_modules": ["up_proj"]}
LAYER = "base_model.model.model.layers.0.mlp.up_proj"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """One layer's experts, all zeros, in the published layout."""
    numpy = pytest.importorskip("safetensors.numpy", reason="needs the [train] extra")
    import numpy as np

    shapes = {"lora_moe_A": (3, 8, 2), "lora_moe_B": (3, 2, 16), "lora_route.weight": (2, 8), "w_noise": (8, 2)}
    (tmp_path / "published").mkdir()
    tensors = {f"{LAYER}.{part}": np.zeros(shape, dtype="float32") for part, shape in shapes.items()}
    numpy.save_file(tensors, tmp_path / "published" / "adapter_model.safetensors")
    (tmp_path / "published" / "adapter_config.json").write_text(json.dumps(PUBLISHED))
    return tmp_path / "published"


@pytest.mark.train
def test_an_adapter_is_converted_there_and_back(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mue, back = published.with_name("mue"), published.with_name("back")
    assert run(["adapter", "convert", str(published), str(mue)]) == ExitCode.DONE
    said = " ".join(capsys.readouterr().err.split())
    assert "1 layers, each with 2 specific experts of rank 2 beside the universal one" in said
    assert "pedcorpus chat --model BASE --adapter" in said
    assert run(["adapter", "convert", str(mue), str(back), "--to", "published"]) == ExitCode.DONE
    assert json.loads((back / "adapter_config.json").read_text())["lora_nums"] == 3


def test_what_is_no_adapter_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["adapter", "convert", str(tmp_path), str(tmp_path / "new")]) == ExitCode.WRONG_USAGE
    assert "there is no adapter_config.json; expected a saved adapter" in " ".join(capsys.readouterr().err.split())


@pytest.mark.train
def test_a_7b_is_made_a_llama_and_a_13b_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("transformers", reason="needs the [train] extra")
    from tests.baichuan2_folder import ORIGINAL_7B, ORIGINAL_13B, write_checkpoint

    seven, thirteen = write_checkpoint(tmp_path / "7b", ORIGINAL_7B), write_checkpoint(tmp_path / "13b", ORIGINAL_13B)
    (seven / "tokenizer.model").unlink()
    assert run(["model", "convert", str(seven), str(tmp_path / "llama"), "--llama"]) == ExitCode.DONE
    assert "holds no tokenizer; the new folder has none either" in " ".join(capsys.readouterr().err.split())
    assert run(["model", "convert", str(thirteen), str(tmp_path / "other"), "--llama"]) == ExitCode.WRONG_USAGE
    assert "adds ALiBi's bias" in " ".join(capsys.readouterr().err.split())


def test_what_to_make_of_a_model_has_to_be_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["model", "convert", str(tmp_path), str(tmp_path / "new")]) == ExitCode.WRONG_USAGE
    assert "--llama is what there is" in " ".join(capsys.readouterr().err.split())
