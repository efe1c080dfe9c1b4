import json
import pickle
import zipfile

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.training.fit import check_adapter, check_fit, check_lengths
from pedcorpus.training.recipe import Recipe

CONFIG = {
    "vocab_size": 10,
    "hidden_size": 8,
    "intermediate_size": 16,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "max_position_embeddings": 512,
}


def model(folder, **tokenizer):
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(CONFIG))
    if tokenizer:
        (folder / "tokenizer.json").write_text(json.dumps({"model": {"vocab": tokenizer}}))
    return folder


def adapter(folder, width):
    """A safetensors file's header alone: 8 bytes of its length, then names and shapes."""
    name = "base_model.model.model.layers.0.mlp.up_proj.mue_A"
    header = json.dumps({name: {"dtype": "F32", "shape": [8, width], "data_offsets": [0, 0]}}).encode()
    folder.mkdir()
    (folder / "adapter_config.json").write_text("{}")
    (folder / "adapter_model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header)
    return folder


def test_what_fits_is_let_through(tmp_path):
    check_fit(model(tmp_path, a=0, b=9), [Recipe("sft", trainer={"max_length": 512})])


def test_a_tokenizer_with_more_tokens_than_its_model_is_refused(tmp_path):
    with pytest.raises(UsageError, match="gives ids up to 10, the model knows 10 tokens"):
        check_fit(model(tmp_path, a=10), [])


def test_a_folder_without_a_tokenizer_is_refused(tmp_path):
    with pytest.raises(UsageError, match="has no tokenizer; put the files of the one that came with the model into it"):
        check_fit(model(tmp_path), [])


@pytest.mark.parametrize("name", ["tokenizer.model", "vocab.json", "tokenizer_config.json", "qwen.tiktoken"])
def test_any_tokenizers_file_is_one_to_try(tmp_path, name):
    (model(tmp_path) / name).write_text("{}")
    check_fit(tmp_path, [])


def test_a_loss_that_the_trainers_do_not_compute_is_refused(tmp_path):
    folder = model(tmp_path, a=0)
    (folder / "config.json").write_text(json.dumps(CONFIG | {"z_loss_weight": 2e-4}))
    with pytest.raises(UsageError, match=r"z_loss_weight 0\.0002, which the trainers do not compute; set it to 0"):
        check_fit(folder, [])


def test_sequences_over_the_models_are_refused():
    with pytest.raises(UsageError, match=r"at most 512 tokens .*; set sft\.trainer\.max_length=512"):
        check_lengths(512, [Recipe("cpt", trainer={"max_length": 512}), Recipe("sft", trainer={"max_length": 513})])


def test_an_adapter_is_no_model_to_start_from(tmp_path):
    with pytest.raises(UsageError, match="holds an adapter; give the model it was trained on"):
        check_fit(adapter(tmp_path / "adapter", 8), [])


def test_an_adapter_for_another_model_is_refused(tmp_path):
    base = model(tmp_path / "base")
    check_adapter(adapter(tmp_path / "own", 8), base)
    with pytest.raises(UsageError, match=r"another model: its up_proj takes 12 values, that of .* takes 8"):
        check_adapter(adapter(tmp_path / "other", 12), base)


def test_weights_with_code_are_refused_before_torch_is_loaded(tmp_path):
    with zipfile.ZipFile(model(tmp_path) / "pytorch_model.bin", "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps({"lm_head.weight": print}))
    with pytest.raises(UsageError, match=r"pytorch_model\.bin: would run builtins\.print when it is read"):
        check_fit(tmp_path, [])
