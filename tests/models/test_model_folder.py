import json

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.models.model_folder import highest_text_id, is_adapter, model_shape, read_config

BAICHUAN2_7B = {
    "vocab_size": 125_696,
    "hidden_size": 4096,
    "intermediate_size": 11_008,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "max_position_embeddings": 4096,
}


def test_a_shape_counts_the_parameters_of_the_model():
    assert model_shape(BAICHUAN2_7B).parameters == 7_505_973_248  # as its model card says


def test_a_layer_that_makes_queries_keys_and_values_is_one():
    packed = model_shape({**BAICHUAN2_7B, "model_type": "baichuan"})
    assert packed.parameters == 7_505_973_248
    assert packed.linears["W_pack"] == (4096, 12_288)
    assert "q_proj" not in packed.linears


def test_the_13b_says_how_long_its_sequences_are_in_its_own_way():
    thirteen = {key: value for key, value in BAICHUAN2_7B.items() if key != "max_position_embeddings"}
    assert model_shape(thirteen).max_positions is None
    assert model_shape({**thirteen, "model_max_length": 4096}).max_positions == 4096


def test_shared_keys_and_a_shared_head_are_counted_once():
    shape = model_shape({**BAICHUAN2_7B, "num_key_value_heads": 8, "tie_word_embeddings": True})
    fewer = 32 * 2 * 4096 * (4096 - 1024) + 125_696 * 4096
    assert shape.parameters == 7_505_973_248 - fewer


def test_a_configuration_without_sizes_has_no_shape():
    assert model_shape({"model_type": "llama"}) is None


@pytest.mark.parametrize(("text", "said"), [("{", "cannot be read as JSON"), ("[]", "holds no JSON object")])
def test_a_broken_configuration_is_refused(tmp_path, text, said):
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(UsageError, match=said):
        read_config(tmp_path)


@pytest.mark.parametrize(
    ("vocabulary", "added", "expected"),
    [
        pytest.param({"a": 0, "b": 7}, [], 7, id="by name"),
        pytest.param([["a", 0.0], ["b", -1.0]], [], 1, id="by place"),
        pytest.param({"a": 0, "<image>": 9}, ["<image>"], 0, id="a token that no text becomes"),
    ],
)
def test_the_highest_id_that_text_becomes(tmp_path, vocabulary, added, expected):
    tokens = [{"content": name} for name in added]
    (tmp_path / "tokenizer.json").write_text(json.dumps({"model": {"vocab": vocabulary}, "added_tokens": tokens}))
    assert highest_text_id(tmp_path) == expected


def test_without_a_tokenizer_there_is_no_highest_id(tmp_path):
    assert highest_text_id(tmp_path) is None


def test_an_adapter_has_a_configuration_of_its_own(tmp_path):
    (tmp_path / "adapter_config.json").write_text("{}")
    assert is_adapter(tmp_path)
