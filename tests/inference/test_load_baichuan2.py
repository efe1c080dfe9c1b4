import json
import shutil

import pytest

pytest.importorskip("peft", reason="needs the [train] extra")

import torch
from transformers import AutoModelForCausalLM

from pedcorpus.errors import UsageError
from pedcorpus.inference import Generation, load_assistant
from pedcorpus.models.moe_adapter import convert_adapter
from tests.baichuan2_folder import ASSISTANT, ORIGINAL_7B, ORIGINAL_13B, USER, write_checkpoint
from tests.published_adapter import with_restated, write_published

pytestmark = pytest.mark.train

ASKED = [{"role": "user", "content": "孩子发热两天"}]
TARGETS = ("W_pack", "o_proj", "gate_proj", "up_proj", "down_proj")  # all but the head, the fork's own choice


@pytest.fixture(scope="module", params=[ORIGINAL_7B, ORIGINAL_13B], ids=["7B", "13B"])
def base(request, tmp_path_factory):
    return write_checkpoint(tmp_path_factory.mktemp("base") / "model", request.param)


@pytest.fixture(scope="module")
def published(base):
    folder = base.with_name("published")
    return folder, write_published(folder, AutoModelForCausalLM.from_pretrained(base), targets=TARGETS)


def test_the_published_adapter_is_refused_with_the_line_that_converts_it(base, published):
    folder, _ = published
    with pytest.raises(UsageError, match=rf"pedcorpus adapter convert {folder} {folder}-mue$"):
        load_assistant(base, folder, template="baichuan2")


def test_a_converted_adapter_replies_as_the_published_layer_would(base, published, tmp_path):
    folder, tensors = published
    few = Generation(max_new_tokens=8)
    converted = convert_adapter(folder, tmp_path / "mue").folder
    plain = load_assistant(base, template="baichuan2")
    with with_restated(plain.model, tensors):
        expected = plain.reply(ASKED, generation=few)
    assert load_assistant(base, converted, template="baichuan2").reply(ASKED, generation=few) == expected
    assert plain.reply(ASKED, generation=few) != expected


def test_a_prompt_is_the_originals(base):
    assistant = load_assistant(base, template="baichuan2")
    ids = assistant.tokenizer.apply_chat_template(ASKED, add_generation_prompt=True, return_dict=False)
    assert ids == [USER, *assistant.tokenizer(ASKED[0]["content"]).input_ids, ASSISTANT]


def test_a_long_conversation_is_cut_to_what_the_model_reads(base):
    assistant = load_assistant(base, template="baichuan2")
    long = [{"role": "user", "content": "发热" * 400}]
    assert len(assistant._prompt(long, Generation(max_new_tokens=56))) == 200


def test_weights_and_tokenizer_that_cannot_be_used_are_one_line(base, tmp_path):
    broken = shutil.copytree(base, tmp_path / "broken")
    (broken / "tokenizer.model").write_bytes((broken / "tokenizer.model").read_bytes()[:500])
    with pytest.raises(UsageError, match=r"tokenizer\.model: is no whole SentencePiece model"):
        load_assistant(broken, template="baichuan2")
    config = json.loads((broken / "config.json").read_text())
    (broken / "config.json").write_text(json.dumps({**config, "intermediate_size": 64}))
    with pytest.raises(UsageError, match=r"by config\.json model\.layers\.0\.mlp\.gate_proj\.weight is 64 × 32"):
        load_assistant(broken, template="baichuan2")


def test_an_adapter_for_fewer_blocks_is_refused(base, tmp_path):
    small = write_checkpoint(tmp_path / "small", ORIGINAL_7B, num_hidden_layers=1)
    write_published(tmp_path / "published", AutoModelForCausalLM.from_pretrained(small), targets=TARGETS)
    converted = convert_adapter(tmp_path / "published", tmp_path / "mue").folder
    with pytest.raises(UsageError, match=r"it lacks \S+layers\.1\S+mue_\S+ and others; name the model"):
        load_assistant(base, converted, template="baichuan2")


def test_a_folder_without_a_tokenizer_says_so(base, tmp_path):
    bare = shutil.copytree(base, tmp_path / "bare")
    for path in bare.glob("tokenizer*"):
        path.unlink()
    with pytest.raises(UsageError, match=r"bare: holds no tokenizer; expected its tokenizer\.model"):
        load_assistant(bare, template="baichuan2")


def test_an_adapter_with_code_is_refused(base, published, tmp_path):
    class Code:
        def __reduce__(self):
            return eval, ("1",)

    own = convert_adapter(published[0], tmp_path / "mue").folder
    (own / "adapter_model.safetensors").unlink()
    torch.save({"x": Code()}, own / "adapter_model.bin")
    with pytest.raises(UsageError, match=r"adapter_model\.bin: would run .*eval when"):
        load_assistant(base, own, template="baichuan2")
