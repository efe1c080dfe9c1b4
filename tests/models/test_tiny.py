import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from pedcorpus.models import chat_template
from pedcorpus.models.tiny import TinyShape, tiny_model, tiny_tokenizer

pytestmark = pytest.mark.train

TEXTS = ["发热是儿童常见的症状。", "热性惊厥多见于6个月至3岁。", "Fever is common in children."] * 20
SHAPE = TinyShape(hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2)


@pytest.fixture
def tokenizer():
    return tiny_tokenizer(TEXTS, vocab_size=320, chat_template=chat_template("default"))


@pytest.mark.parametrize("text", ["发热", "从未见过的字：龘。", "39.5 ℃, 0.3～0.5 mg/kg\n\n🙂"])
def test_any_text_survives_encoding(tokenizer, text):
    assert tokenizer.decode(tokenizer(text).input_ids) == text


def test_a_prompt_encodes_to_the_head_of_prompt_and_answer(tokenizer):
    user, answer = {"role": "user", "content": "发热？"}, {"role": "assistant", "content": "《儿科学》：多喝水。"}
    ids = {"tokenize": True, "return_dict": False}
    prompt = tokenizer.apply_chat_template([user], add_generation_prompt=True, **ids)
    whole = tokenizer.apply_chat_template([user, answer], **ids)
    assert whole[: len(prompt)] == prompt
    assert tokenizer.eos_token_id in whole[len(prompt) :]


def test_the_same_texts_and_seed_make_the_same_tokenizer_and_weights(tokenizer):
    again = tiny_tokenizer(TEXTS, vocab_size=320, chat_template=chat_template("default"))
    assert again.get_vocab() == tokenizer.get_vocab()
    one, two = tiny_model(tokenizer, SHAPE).state_dict(), tiny_model(again, SHAPE).state_dict()
    assert all(torch.equal(one[name], two[name]) for name in one)


def test_making_it_leaves_the_callers_random_state(tokenizer):
    torch.manual_seed(4)
    expected = torch.rand(1)
    torch.manual_seed(4)
    tiny_model(tokenizer, SHAPE)
    assert torch.equal(torch.rand(1), expected)


def test_the_model_knows_its_end_and_padding(tokenizer):
    config = tiny_model(tokenizer, SHAPE).config
    assert (config.eos_token_id, config.pad_token_id) == (tokenizer.eos_token_id, tokenizer.pad_token_id)
    assert config.vocab_size == len(tokenizer)
