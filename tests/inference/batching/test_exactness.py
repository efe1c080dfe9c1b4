"""Replies made together are those that transformers' `generate` makes one by one."""

import random

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from transformers import LogitsProcessorList, RepetitionPenaltyLogitsProcessor

from pedcorpus.inference import Generation
from pedcorpus.inference.batching import Engine
from pedcorpus.inference.batching.alone import AloneDecoder
from pedcorpus.inference.batching.batch import Batch, Row
from pedcorpus.inference.batching.checked import can_share
from pedcorpus.inference.batching.choosing import Chooser
from pedcorpus.inference.batching.shared import SharedDecoder
from pedcorpus.inference.batching.text import Spelling
from tests.inference.batching.asking import ask
from tests.inference.batching.models import LAYOUTS, SIZES, gemma3, llama

pytestmark = pytest.mark.train

KINDS = {
    "greedy": Generation(max_new_tokens=24, repetition_penalty=1.0),
    "penalised": Generation(max_new_tokens=24, repetition_penalty=1.3),
    "drawn": Generation(max_new_tokens=24, temperature=0.8, top_p=0.9, seed=7),
}


def bare(model):
    return model.get_base_model() if hasattr(model, "get_base_model") else model


def engine_of(model, *, rows=4, queue=64):
    return Engine(SharedDecoder(bare(model), rows=rows), Chooser(), Spelling(spelt), ends=frozenset({1}), queue=queue)


def spelt(ids):
    return "".join(f"{each} " for each in ids)


def prompts(count, *, longest=30):
    dice = random.Random(5)
    return [[dice.randrange(2, SIZES["vocab_size"]) for _ in range(dice.randint(1, longest))] for _ in range(count)]


def generated(model, prompt, settings):
    """What `generate` makes of one prompt, its end-of-sequence token left out."""
    ids = torch.tensor([prompt])
    penalty = RepetitionPenaltyLogitsProcessor(settings.repetition_penalty, prompt_ignore_length=len(prompt))
    draw = {"do_sample": True, "temperature": settings.temperature, "top_p": settings.top_p, "top_k": 0}
    torch.manual_seed(settings.seed)
    made = model.generate(
        input_ids=ids,
        attention_mask=torch.ones_like(ids),
        max_new_tokens=min(settings.max_new_tokens, SIZES["max_position_embeddings"] - len(prompt)),
        logits_processor=LogitsProcessorList([penalty]),
        **(draw if settings.temperature else {"do_sample": False}),
    )[0, len(prompt) :]
    return [each for each in made.tolist() if each != 1]


def told(model, asked):
    """Replies to all that is asked at once."""
    engine = engine_of(model)
    heard = [ask(engine, prompt, settings)[1] for prompt, settings in asked]
    texts = [each.text for each in heard]
    engine.stop()
    return texts


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_replies_of_mixed_lengths_are_those_of_generate(layout):
    model = layout()
    asked = [(prompt, settings) for prompt in prompts(3) for settings in KINDS.values()]
    expected = [spelt(generated(model, prompt, settings)) for prompt, settings in asked]
    assert told(model, asked) == expected
    assert len({*expected}) > len(expected) / 2, "the replies are too much alike to tell anything"


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_prompt_read_in_pieces_between_steps_is_answered_as_at_once(layout):
    model, (first, second, tail) = layout(), prompts(3)
    asked = [Row(prompt, KINDS["greedy"], most=24) for prompt in (first, second, [*tail, *first, *second])]
    leaving, running, late = asked
    batch, made = Batch(SharedDecoder(bare(model), rows=3), Chooser()), {row: [] for row in asked}

    def step():
        for row, token in batch.step():
            made[row].append(token)

    batch.join([leaving, running])
    while late.unread > 5:
        batch.read(late, tokens=5)
        step()
        if leaving in batch.rows and late.read == 10:
            batch.leave(leaving)  # what was read of the third has to move up
    batch.join([late])
    while len(made[late]) < 12:
        step()
    for row in (running, late):
        said = generated(model, row.prompt, KINDS["greedy"])
        assert made[row][: len(said)] == said[: len(made[row])]


def test_a_model_that_shares_nothing_answers_one_after_the_other():
    model = gemma3()
    engine = Engine(AloneDecoder(model), Chooser(), Spelling(spelt), ends=frozenset({1}), queue=9)
    heard = [ask(engine, prompt, KINDS["greedy"])[1] for prompt in prompts(3)]
    assert [each.text for each in heard] == [spelt(generated(model, each, KINDS["greedy"])) for each in prompts(3)]
    engine.stop()


def test_a_reply_ends_where_the_context_does():
    model, prompt = llama(), prompts(1, longest=90)[0] * 3
    prompt = prompt[: SIZES["max_position_embeddings"] - 4]
    settings = Generation(max_new_tokens=50, repetition_penalty=1.0)
    assert told(model, [(prompt, settings)]) == [spelt(generated(model, prompt, settings))]


def test_who_else_is_answered_changes_no_draw():
    model, (prompt, *others) = llama(), prompts(6)
    alone = told(model, [(prompt, KINDS["drawn"])])
    together = told(model, [(prompt, KINDS["drawn"]), *((other, KINDS["drawn"]) for other in others)])
    assert together[0] == alone[0]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_layout_may_share(layout):
    model = layout()
    assert can_share(model, bare(model))


def test_a_model_that_answers_otherwise_in_rows_may_not(monkeypatch):
    model = gemma3()
    monkeypatch.setattr(SharedDecoder, "_mask", lambda *_: None)
    assert not can_share(model, model)


def test_a_model_that_reads_otherwise_in_pieces_may_not_share(monkeypatch):
    model, read = gemma3(), SharedDecoder._read
    monkeypatch.setattr(
        SharedDecoder, "_read", lambda self, pieces, start: read(self, pieces, start if not start else 1)
    )
    assert not can_share(model, model)
