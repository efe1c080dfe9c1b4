import json

import pytest

pytest.importorskip("torch", reason="needs the [train] extra")

from huggingface_hub.errors import StrictDataclassError
from transformers import AutoConfig, AutoModelForCausalLM

from pedcorpus.models.baichuan2 import Baichuan2Config, Baichuan2ForCausalLM
from tests.models.baichuan2.small import LAYOUTS, SMALL, random_model

pytestmark = pytest.mark.train

AUTO_MAP = {
    "AutoConfig": "configuration_baichuan.BaichuanConfig",
    "AutoModelForCausalLM": "modeling_baichuan.BaichuanForCausalLM",
}
PUBLISHED = {
    "architectures": ["BaichuanForCausalLM"],
    "auto_map": AUTO_MAP,
    "tokenizer_class": "BaichuanTokenizer",
    "model_type": "baichuan",
    "_from_model_config": True,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "pad_token_id": 0,
    "hidden_act": "silu",
    "initializer_range": 0.02,
    "rms_norm_eps": 1e-06,
    "tie_word_embeddings": False,
    "torch_dtype": "bfloat16",
    "transformers_version": "4.29.2",
    "use_cache": True,
    "model_max_length": 4096,
    "vocab_size": 125696,
    "z_loss_weight": 0,
}
"""What the configurations of both published sizes have in common."""
SEVEN = {"hidden_size": 4096, "intermediate_size": 11008, "num_attention_heads": 32, "num_hidden_layers": 32}
SEVEN |= {"max_position_embeddings": 4096}
THIRTEEN = {"hidden_size": 5120, "intermediate_size": 13696, "num_attention_heads": 40, "num_hidden_layers": 40}
THIRTEEN |= {"gradient_checkpointing": False}
SIZES = {"7b": PUBLISHED | SEVEN, "13b": PUBLISHED | THIRTEEN}


@pytest.fixture
def no_questions(monkeypatch):
    """Whoever would ask whether to trust remote code gets no chance to."""
    monkeypatch.setattr("builtins.input", lambda *_: pytest.fail("asked whether to run remote code"))


def written(folder, config):
    (folder / "config.json").write_text(json.dumps(config))
    return folder


@pytest.mark.parametrize(("size", "layout"), [("7b", "rotary"), ("13b", "alibi")])
def test_the_published_configurations_load_as_they_are(tmp_path, no_questions, size, layout):
    config = AutoConfig.from_pretrained(written(tmp_path, SIZES[size]))
    assert isinstance(config, Baichuan2Config)
    assert config.position_embedding == layout
    assert (config.vocab_size, config.hidden_size) == (125696, SIZES[size]["hidden_size"])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_weights_beside_a_configuration_that_names_remote_code_load_without_it(tmp_path, no_questions, layout):
    random_model(layout).save_pretrained(tmp_path)
    written(tmp_path, PUBLISHED | SMALL | LAYOUTS[layout])
    assert isinstance(AutoModelForCausalLM.from_pretrained(tmp_path), Baichuan2ForCausalLM)


def test_what_is_written_has_the_names_that_other_programs_know(model, tmp_path):
    model.save_pretrained(tmp_path)
    config = json.loads((tmp_path / "config.json").read_text())
    assert (config["model_type"], config["architectures"]) == ("baichuan", ["BaichuanForCausalLM"])
    assert ("max_position_embeddings" in config) == (model.config.position_embedding == "rotary")


def test_a_configuration_can_name_its_layout(tmp_path):
    named = SIZES["7b"] | {"position_embedding": "alibi"}
    assert AutoConfig.from_pretrained(written(tmp_path, named)).is_alibi
    named = SIZES["13b"] | {"position_embedding": "rotary"}
    assert AutoConfig.from_pretrained(written(tmp_path, named)).max_position_embeddings == 4096


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"num_attention_heads": 7}, "which 7 attention heads do not divide"),
        ({"position_embedding": "learnt"}, "position_embedding is 'learnt', expected 'rotary' or 'alibi'"),
        ({"rms_norm_eps": "small"}, "rms_norm_eps"),
    ],
)
def test_what_makes_no_model_is_refused(changed, said):
    with pytest.raises(StrictDataclassError, match=said):
        Baichuan2Config(**SMALL | changed)
