import json
import shutil
import subprocess
import sys

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.inference import load_assistant


@pytest.mark.parametrize("given", ["model", "adapter"])
def test_a_folder_without_a_model_or_adapter_is_refused(tmp_path, given):
    (tmp_path / "model").mkdir()
    if given == "adapter":
        (tmp_path / "model/config.json").write_text("{}")
    expected = "config.json" if given == "model" else "adapter_config.json"
    with pytest.raises(UsageError, match=f"there is no {expected}"):
        load_assistant(tmp_path / "model", tmp_path / "adapter")


def test_an_unknown_template_is_refused_before_anything_is_loaded(tmp_path):
    with pytest.raises(UsageError, match="no prompt template is called 'qwen'"):
        load_assistant(tmp_path, template="qwen")


@pytest.mark.train
def test_a_folder_that_is_no_causal_model_is_refused(tmp_path):
    pytest.importorskip("torch", reason="needs the [train] extra")
    (tmp_path / "config.json").write_text('{"model_type": "llama"}')
    with pytest.raises(UsageError, match="cannot be loaded as a causal language model"):
        load_assistant(tmp_path)


@pytest.mark.train
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"num_attention_heads": 7}, "hidden_size is 32, which 7 attention heads do not divide"),
        ({"position_embedding": "learnt"}, "position_embedding is 'learnt', expected 'rotary' or 'alibi'"),
        ({"rms_norm_eps": "small"}, "Field 'rms_norm_eps' expected float, got str"),
    ],
)
def test_a_configuration_that_makes_no_model_is_told_in_one_line(tmp_path, changed, said):
    pytest.importorskip("torch", reason="needs the [train] extra")
    config = {"model_type": "baichuan", "hidden_size": 32, "num_attention_heads": 4, **changed}
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(UsageError) as refused:
        load_assistant(tmp_path)
    assert f"cannot be loaded as a causal language model: {said}" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.train
def test_a_named_template_replaces_the_tokenizers_own(model_folder):
    own, named = load_assistant(model_folder, template="tokenizer"), load_assistant(model_folder, template="chatml")
    assert own.tokenizer.chat_template != named.tokenizer.chat_template
    assert "im_start" in named.tokenizer.chat_template


@pytest.mark.train
def test_a_tokenizer_without_a_template_needs_a_named_one(model_folder, tmp_path):
    copy = shutil.copytree(model_folder, tmp_path / "model")
    (copy / "chat_template.jinja").unlink()
    with pytest.raises(UsageError, match="no prompt template of its own; name one"):
        load_assistant(copy)
    assert load_assistant(copy, template="default").tokenizer.chat_template


@pytest.mark.train
def test_an_adapter_of_another_model_is_refused(model_folder, adapter_folder, tmp_path):
    from transformers import AutoTokenizer

    from pedcorpus.models.tiny import TinyShape, tiny_model

    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    tokenizer.save_pretrained(tmp_path)
    shape = TinyShape(hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2)
    tiny_model(tokenizer, shape).save_pretrained(tmp_path)
    with pytest.raises(UsageError, match="does not go on this model"):
        load_assistant(tmp_path, adapter_folder)


def test_importing_inference_does_not_import_torch():
    code = "import sys, pedcorpus.inference; sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
