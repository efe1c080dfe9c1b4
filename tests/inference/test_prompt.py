from types import SimpleNamespace

import pytest

from pedcorpus.inference.prompt import end_ids


@pytest.mark.parametrize(
    ("named", "tokenizers", "expected"),
    [
        pytest.param(7, 2, {7}, id="the model's"),
        pytest.param([7, 8], 2, {7, 8}, id="several"),
        pytest.param(0, 2, {0}, id="the first of the vocabulary is one too"),
        pytest.param(None, 2, {2}, id="the tokenizer's where the model names none"),
        pytest.param([], 2, {2}, id="an empty list names none"),
        pytest.param(None, None, set(), id="none"),
    ],
)
def test_a_reply_ends_with_what_the_model_says_else_its_tokenizer(named, tokenizers, expected):
    model = SimpleNamespace(generation_config=SimpleNamespace(eos_token_id=named))
    assert end_ids(model, SimpleNamespace(eos_token_id=tokenizers)) == expected
