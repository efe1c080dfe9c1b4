import json

import pytest

pytest.importorskip("transformers", reason="needs the [train] extra")

from transformers import AutoTokenizer

import pedcorpus.models.baichuan2  # noqa: F401  # registers its tokenizer
from pedcorpus.errors import UsageError
from pedcorpus.models import chat_template
from pedcorpus.models.fitted_template import template_for
from tests.baichuan2_folder import ASSISTANT, USER, write_tokenizer

pytestmark = pytest.mark.train

TALK = [{"role": "user", "content": "发热"}, {"role": "assistant", "content": "测体温"}]


@pytest.fixture
def folder(tmp_path):
    return write_tokenizer(tmp_path)


@pytest.fixture
def tokenizer(folder):
    return AutoTokenizer.from_pretrained(folder)


def generation(folder, **ids):
    (folder / "generation_config.json").write_text(json.dumps(ids))


@pytest.mark.parametrize(
    ("user", "assistant"),
    [
        pytest.param(USER, ASSISTANT, id="as published"),
        pytest.param(ASSISTANT, USER, id="the other way round"),
        pytest.param(100, 101, id="other tokens of the vocabulary"),
        pytest.param(391, 392, id="tokens that no text becomes by itself"),
    ],
)
def test_turns_are_marked_with_the_tokens_of_the_configured_ids(folder, tokenizer, user, assistant):
    generation(folder, user_token_id=user, assistant_token_id=assistant)
    tokenizer.chat_template = template_for("baichuan2", folder, tokenizer)
    ids = tokenizer.apply_chat_template(TALK, return_dict=False)
    question, answer = tokenizer("发热").input_ids, tokenizer("测体温").input_ids
    assert ids == [user, *question, assistant, *answer, 2]


def test_without_configured_ids_the_published_spelling_is_taken(folder, tokenizer):
    generation(folder, eos_token_id=2)
    assert template_for("baichuan2", folder, tokenizer) == chat_template("baichuan2")


def test_other_templates_are_left_alone(folder, tokenizer):
    generation(folder, user_token_id=100)
    assert template_for("default", folder, tokenizer) == chat_template("default")
    assert template_for("tokenizer", folder, tokenizer) is None


@pytest.mark.parametrize("name", ["default", "chatml"])
def test_what_a_tokenizer_begins_texts_with_begins_a_conversation_once(tmp_path, name):
    folder = write_tokenizer(tmp_path, add_bos_token=True)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.chat_template = template_for(name, folder, tokenizer)
    ids = tokenizer.apply_chat_template(TALK, return_dict=False)
    assert tokenizer.bos_token_id is not None
    assert ids[0] == tokenizer.bos_token_id
    assert tokenizer.bos_token_id not in ids[1:]
    asked = tokenizer.apply_chat_template(TALK[:1], add_generation_prompt=True, return_dict=False)
    assert ids[: len(asked)] == asked


def test_baichuan2_is_as_published_without_one(tmp_path):
    folder = write_tokenizer(tmp_path, add_bos_token=True)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    assert template_for("baichuan2", folder, tokenizer) == chat_template("baichuan2")


@pytest.mark.parametrize(
    ("number", "said"),
    [(9999, "user_token_id is 9999, but the tokenizer knows 640"), (560, "a piece of ordinary text")],
)
def test_an_id_that_marks_nothing_is_refused(folder, tokenizer, number, said):
    generation(folder, user_token_id=number)
    with pytest.raises(UsageError, match=said):
        template_for("baichuan2", folder, tokenizer)
