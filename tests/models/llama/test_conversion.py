import json

import pytest

pytest.importorskip("transformers", reason="needs the [train] extra")

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaForCausalLM

from pedcorpus.errors import UsageError
from pedcorpus.models.llama import convert_to_llama
from tests.baichuan2_folder import ORIGINAL_13B, write_checkpoint

pytestmark = pytest.mark.train

TEXT = "孩子发热38.5℃，咳嗽 2 天。\n  𠮷🤒</s>"


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return write_checkpoint(tmp_path_factory.mktemp("source") / "baichuan2", shard="60KB")


@pytest.fixture(scope="module")
def made(source):
    return convert_to_llama(source, source.with_name("llama")).folder


def test_the_llama_has_the_same_logits(source, made):
    ids = torch.randint(3, 640, (2, 40), generator=torch.Generator().manual_seed(0))
    own, llama = AutoModelForCausalLM.from_pretrained(source), AutoModelForCausalLM.from_pretrained(made)
    assert isinstance(llama, LlamaForCausalLM)
    with torch.no_grad():
        expected = own(ids).logits
        assert expected.std() > 0.1
        assert (llama(ids).logits - expected).abs().max() < 1e-4


def test_the_tokenizer_goes_along_and_needs_no_code_of_ours(source, made):
    own, along = AutoTokenizer.from_pretrained(source), AutoTokenizer.from_pretrained(made)
    assert type(along).__module__.startswith("transformers.")
    assert along(TEXT).input_ids == own(TEXT).input_ids
    assert (along.eos_token_id, along.pad_token_id) == (2, 0)
    assert (made / "tokenizer.model").is_file()


def test_shards_stay_shards_and_turn_tokens_stay_named(source, made):
    names = json.loads((made / "model.safetensors.index.json").read_text())["weight_map"]
    assert len(set(names.values())) == len(list(source.glob("model-*.safetensors"))) > 1
    assert json.loads((made / "generation_config.json").read_text())["user_token_id"] == 195


def test_half_precision_stays_half(tmp_path):
    source = write_checkpoint(tmp_path / "source")
    AutoModelForCausalLM.from_pretrained(source, dtype=torch.bfloat16).save_pretrained(source)
    made = convert_to_llama(source, tmp_path / "llama").folder
    assert LlamaForCausalLM.from_pretrained(made).dtype == torch.bfloat16
    rows = AutoModelForCausalLM.from_pretrained(made).lm_head.weight.float().norm(dim=1)
    assert rows.sub(1).abs().max() < 0.01


def test_a_13b_is_refused_with_the_reason(tmp_path):
    source = write_checkpoint(tmp_path / "source", ORIGINAL_13B)
    with pytest.raises(UsageError, match="adds ALiBi's bias to attention"):
        convert_to_llama(source, tmp_path / "llama")
    assert not (tmp_path / "llama").exists()


def test_another_model_is_refused(tmp_path):
    (tmp_path / "config.json").write_text('{"model_type": "qwen3"}')
    with pytest.raises(UsageError, match=r"is a qwen3 by its config\.json; expected Baichuan2's"):
        convert_to_llama(tmp_path, tmp_path / "llama")
