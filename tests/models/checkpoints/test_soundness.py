import json
import os
import shutil
import subprocess
import sys

import pytest

pytest.importorskip("torch", reason="needs the [train] extra")

import torch
from safetensors.torch import load_file, save_file

import pedcorpus.models.baichuan2  # noqa: F401  # registers it with transformers
from pedcorpus.errors import UsageError
from pedcorpus.models.checkpoints import check_model
from pedcorpus.models.checkpoints.reading import read_tensors
from tests.baichuan2_folder import write_checkpoint

pytestmark = pytest.mark.train


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return write_checkpoint(tmp_path_factory.mktemp("sound") / "model", shard="60KB")


@pytest.fixture
def folder(sound, tmp_path):
    return shutil.copytree(sound, tmp_path / "model")


def tensors(folder):
    return {name: value for path in folder.glob("*.safetensors") for name, value in load_file(path).items()}


def as_bin(folder, **how):
    """The same weights as the original repositories have them: pickles, in shards."""
    index = json.loads((folder / "model.safetensors.index.json").read_text())
    for path in sorted(folder.glob("*.safetensors")):
        torch.save(load_file(path), path.with_suffix(".bin"), **how)
        path.unlink()
    names = {name: place.replace(".safetensors", ".bin") for name, place in index["weight_map"].items()}
    (folder / "pytorch_model.bin.index.json").write_text(json.dumps({"weight_map": names}))
    (folder / "model.safetensors.index.json").unlink()
    return folder


def change_config(folder, **changes):
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, **changes}))


def refusal(folder):
    with pytest.raises(UsageError) as refused:
        check_model(folder)
    assert "\n" not in str(refused.value)
    return str(refused.value)


class Code:
    """Runs something when it is read."""

    def __reduce__(self):
        return os.system, ("true",)


@pytest.mark.parametrize("how", [None, {}, {"_use_new_zipfile_serialization": False}])
def test_sound_shards_pass_as_safetensors_and_as_pickles_of_both_formats(folder, how):
    if how is not None:
        as_bin(folder, **how)
    check_model(folder)


def test_a_models_whole_state_passes_as_it_is_pickled(folder):
    from transformers import AutoModelForCausalLM

    state = AutoModelForCausalLM.from_pretrained(folder).state_dict()  # parameters, and what modules tell of versions
    for path in folder.glob("model*"):
        path.unlink()
    torch.save({**state}, folder / "pytorch_model.bin")
    check_model(folder)
    torch.save(state, folder / "pytorch_model.bin")
    check_model(folder)
    assert AutoModelForCausalLM.from_pretrained(folder).lm_head.weight.equal(state["lm_head.weight"])


def test_tensors_of_a_pickle_are_read(folder):
    before = tensors(folder)
    read = {name: value for path in as_bin(folder).glob("*.bin") for name, value in read_tensors(path).items()}
    assert read.keys() == before.keys()
    assert all(torch.equal(read[name], before[name]) for name in read)


@pytest.mark.parametrize("how", [{}, {"_use_new_zipfile_serialization": False}])
def test_a_pickle_with_code_is_refused_and_not_run(folder, how):
    path = sorted(as_bin(folder).glob("*.bin"))[0]
    torch.save({"lm_head.weight": Code()}, path, **how)
    assert f"{path}: would run posix.system when it is read" in refusal(folder)
    with pytest.raises(UsageError, match=r"would run posix\.system"):
        read_tensors(path)


def test_missing_shards_are_named(folder):
    first, second, *others = sorted(folder.glob("*.safetensors"))
    first.unlink()
    second.unlink()
    assert f"2 of {len(others) + 2} shards are missing: {first.name}, {second.name}; copy them" in refusal(folder)


@pytest.mark.parametrize(("kind", "said"), [("safetensors", "is cut off: "), ("bin", "is cut off, or was not written")])
def test_a_shard_that_is_cut_off_is_named(folder, kind, said):
    path = sorted((as_bin(folder) if kind == "bin" else folder).glob(f"model-*.{kind}"))[0]
    path.write_bytes(path.read_bytes()[:-100])
    assert f"{path}: {said}" in refusal(folder)


@pytest.mark.parametrize("kind", ["safetensors", "bin"])
def test_a_configuration_of_another_size_is_refused(folder, kind):
    if kind == "bin":
        as_bin(folder)
    change_config(folder, hidden_size=40)
    said = refusal(folder)
    assert "config.json and weights are of different models" in said
    assert "model.embed_tokens.weight is 640 × 40" in said
    assert "it is 640 × 32" in said


def test_a_configuration_of_fewer_blocks_is_refused(folder):
    change_config(folder, num_hidden_layers=1)
    assert "holds model.layers.1.input_layernorm.weight and 6 more, which a model of its config.json" in refusal(folder)


def test_a_lost_tensor_is_named(folder):
    kept = {name: value for name, value in tensors(folder).items() if name != "model.norm.weight"}
    for path in folder.glob("model*"):
        path.unlink()
    save_file(kept, folder / "model.safetensors")
    assert "its weights lack model.norm.weight, which" in refusal(folder)


@pytest.mark.parametrize("changes", [{"vocab_size": 64_000}, {"architectures": ["BaiChuanForCausalLM"]}])
def test_the_first_baichuan_is_refused(folder, changes):
    change_config(folder, **changes)
    assert "is a checkpoint of the first Baichuan" in refusal(folder)


def test_a_tokenizer_that_is_cut_off_or_of_another_model_is_refused(folder):
    change_config(folder, vocab_size=639)
    for path in folder.glob("model*"):
        path.unlink()
    assert "tokenizer.model: does not fit the model: it has 640 pieces, the model knows 639" in refusal(folder)
    (folder / "tokenizer.model").write_bytes((folder / "tokenizer.model").read_bytes()[:300])
    assert "tokenizer.model: is no whole SentencePiece model" in refusal(folder)


def test_constants_in_old_checkpoints_are_no_matter(folder):
    path = sorted(folder.glob("*.safetensors"))[0]
    save_file({**load_file(path), "model.layers.0.self_attn.rotary_emb.inv_freq": torch.zeros(4)}, path)
    check_model(folder)


def test_an_index_may_not_name_files_elsewhere(folder):
    (folder / "model.safetensors.index.json").write_text('{"weight_map": {"a": "../b.safetensors"}}')
    assert "names ../b.safetensors, which is not in its folder" in refusal(folder)


def test_looking_at_checkpoints_does_not_import_torch():
    rooms = ("checkpoints", "moe_adapter", "llama", "fitted_template")
    code = f"import sys; {'; '.join(f'import pedcorpus.models.{room}' for room in rooms)}; "
    code += "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
