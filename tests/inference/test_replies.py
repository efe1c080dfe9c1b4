import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from pedcorpus.inference import Generation, load_assistant

pytestmark = pytest.mark.train

QUESTIONS = ["发热？", "孩子发热怎么办？", "热性惊厥多见于几岁？请说明。", "热", "多喝水吗？", "孩子" * 40]
SETTINGS = Generation(max_new_tokens=24)


def asked(texts):
    return [[{"role": "user", "content": text}] for text in texts]


def replies_of(assistant, texts=QUESTIONS, *, generation=SETTINGS, batch_size=16):
    """In the order of what was asked."""
    ended = {}
    for some in assistant.replies(asked(texts), generation=generation, batch_size=batch_size):
        assert not ended.keys() & some.keys()
        ended |= some
    return [ended[place] for place in range(len(texts))]


@pytest.fixture(scope="module")
def assistant(model_folder):
    return load_assistant(model_folder)


@pytest.fixture(scope="module")
def one_by_one(assistant):
    return [assistant.reply(messages, generation=SETTINGS) for messages in asked(QUESTIONS)]


@pytest.mark.parametrize("size", [1, 2, 4, 16])
def test_replies_in_batches_are_those_given_one_by_one(assistant, one_by_one, size):
    assert replies_of(assistant, batch_size=size) == one_by_one


def test_an_adapter_answers_in_batches_as_alone(model_folder, adapter_folder):
    adapted = load_assistant(model_folder, adapter_folder)
    assert replies_of(adapted, QUESTIONS[:3]) == [
        adapted.reply(messages, generation=SETTINGS) for messages in asked(QUESTIONS[:3])
    ]


def test_the_longest_conversations_are_answered_first(assistant):
    first = next(assistant.replies(asked(QUESTIONS), generation=SETTINGS, batch_size=1))
    assert list(first) == [QUESTIONS.index(max(QUESTIONS, key=len))]


def test_a_reply_ends_at_its_own_end_though_its_neighbours_go_on(assistant, one_by_one, monkeypatch):
    made = assistant.tokenizer(one_by_one[0], add_special_tokens=False).input_ids
    monkeypatch.setattr(assistant.model.generation_config, "eos_token_id", made[3])
    alone = [assistant.reply(messages, generation=SETTINGS) for messages in asked(QUESTIONS)]
    assert replies_of(assistant) == alone
    assert alone[0] == assistant.tokenizer.decode(made[: made.index(made[3])]).strip() != one_by_one[0]


def test_replies_end_where_the_context_does(assistant):
    long = Generation(max_new_tokens=500)
    alone = [assistant.reply(messages, generation=long) for messages in asked(QUESTIONS)]
    assert replies_of(assistant, generation=long) == alone


def test_drawn_replies_depend_on_their_seed_alone(assistant):
    drawn = Generation(max_new_tokens=24, temperature=0.9, seed=5)
    alone = [assistant.reply(messages, generation=drawn) for messages in asked(QUESTIONS)]
    assert replies_of(assistant, generation=drawn) == alone


def test_no_conversation_has_no_reply(assistant):
    assert list(assistant.replies([], generation=SETTINGS)) == []
