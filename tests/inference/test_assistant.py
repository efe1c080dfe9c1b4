from contextlib import closing
from itertools import zip_longest

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from transformers import LogitsProcessorList, RepetitionPenaltyLogitsProcessor

from pedcorpus.errors import UsageError
from pedcorpus.inference import Generation, load_assistant

pytestmark = pytest.mark.train

SHORT = Generation(max_new_tokens=12)


def user(text):
    return {"role": "user", "content": text}


@pytest.fixture
def assistant(model_folder):
    return load_assistant(model_folder)


def prompt_text(assistant, messages, generation=SHORT):
    return assistant.tokenizer.decode(assistant._prompt(messages, generation))


def test_the_same_question_has_the_same_reply(assistant):
    first = assistant.reply([user("孩子发热怎么办？")], generation=SHORT)
    assert first
    assert assistant.reply([user("孩子发热怎么办？")], generation=SHORT) == first


def test_the_pieces_make_up_the_reply(assistant):
    pieces = []
    reply = assistant.reply([user("发热？")], generation=SHORT, on_text=pieces.append)
    assert "".join(pieces).strip() == reply
    assert "发热？" not in reply


@pytest.mark.parametrize("penalty", [1.0, 1.3])
def test_greedy_replies_are_those_of_generate(assistant, penalty):
    messages = [user("发热？")]
    settings = Generation(max_new_tokens=24, repetition_penalty=penalty)
    prompt = torch.tensor([assistant._prompt(messages, settings)])
    spares_the_question = RepetitionPenaltyLogitsProcessor(penalty, prompt_ignore_length=prompt.shape[1])
    ids = assistant.model.generate(
        prompt,
        attention_mask=torch.ones_like(prompt),
        max_new_tokens=24,
        do_sample=False,
        logits_processor=LogitsProcessorList([spares_the_question]),
    )
    expected = assistant.tokenizer.decode(ids[0, prompt.shape[1] :], skip_special_tokens=True)
    assert assistant.reply(messages, generation=settings) == expected.strip()


def test_the_penalty_spares_the_questions_own_words(assistant):
    def first_tokens(penalty):
        settings = Generation(max_new_tokens=1, repetition_penalty=penalty)
        return ["".join(assistant.stream([user(text)], generation=settings)) for text in ("孩子发热怎么办？", "多喝水")]

    assert all(first_tokens(1.0))
    assert first_tokens(50.0) == first_tokens(1.0)


def test_the_penalty_keeps_the_reply_from_repeating_itself(assistant):
    def tokens(penalty):
        settings = Generation(max_new_tokens=30, repetition_penalty=penalty)
        reply = assistant.reply([user("孩子发热怎么办？")], generation=settings)
        return assistant.tokenizer(reply).input_ids

    assert len(set(tokens(50.0))) > len(set(tokens(1.0)))


def test_drawing_depends_on_the_seed_alone(assistant):
    def drawn(seed):
        return assistant.reply([user("发热？")], generation=Generation(max_new_tokens=12, temperature=1.5, seed=seed))

    assert drawn(1) == drawn(1)
    assert len({drawn(seed) for seed in range(4)}) > 1


def test_closing_the_stream_stops_the_model(assistant):
    with closing(assistant.stream([user("发热？")], generation=Generation(max_new_tokens=40))) as stream:
        next(stream)
    assert assistant.reply([user("发热？")], generation=SHORT)


def test_an_error_of_the_model_reaches_the_reader(assistant, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("out of memory")

    monkeypatch.setattr(assistant.model, "forward", fail)
    with pytest.raises(RuntimeError, match="out of memory"):
        assistant.reply([user("发热？")])


def test_scores_that_are_no_numbers_are_told(assistant):
    with torch.no_grad():
        next(assistant.model.parameters()).fill_(torch.nan)
    with pytest.raises(UsageError, match="scores are no numbers"):
        assistant.reply([user("发热？")])


def test_two_conversations_may_be_read_in_turns(assistant):
    asked = [[user("发热？")], [user("孩子咳嗽怎么办？")]]
    alone = ["".join(assistant.stream(messages, generation=SHORT)) for messages in asked]
    streams = [assistant.stream(messages, generation=SHORT) for messages in asked]
    pairs = list(zip_longest(*streams, fillvalue=""))
    assert ["".join(pieces) for pieces in zip(*pairs, strict=True)] == alone


def test_earlier_turns_are_part_of_the_prompt(assistant):
    messages = [user("发热"), {"role": "assistant", "content": "多喝水"}, user("咳")]
    assert prompt_text(assistant, messages) == "问：\n发热\n答：\n多喝水</s>\n问：\n咳\n答：\n"


def test_the_oldest_turns_give_way_and_the_system_turn_stays(assistant):
    system = {"role": "system", "content": "儿"}
    messages = [system, user("热" * 30), {"role": "assistant", "content": "水" * 30}, user("咳")]
    assert prompt_text(assistant, messages) == "儿\n\n问：\n咳\n答：\n"


def test_a_question_longer_than_the_context_keeps_its_end(assistant):
    assert prompt_text(assistant, [user("热" * 200)]).endswith("热\n答：\n")


def test_an_adapter_changes_the_reply(assistant, model_folder, adapter_folder):
    adapted = load_assistant(model_folder, adapter_folder)
    question = [user("孩子发热怎么办？")]
    assert adapted.reply(question, generation=SHORT) != assistant.reply(question, generation=SHORT)
    assert adapted.reply(question, generation=SHORT) == adapted.reply(question, generation=SHORT)
