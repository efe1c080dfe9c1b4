import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from pedcorpus.inference import Generation
from pedcorpus.inference.batching import offline
from pedcorpus.inference.batching.alone import AloneDecoder
from pedcorpus.inference.batching.shared import SharedDecoder
from tests.inference.batching.models import gemma3, llama
from tests.inference.batching.test_exactness import generated, prompts

pytestmark = pytest.mark.train

PENALISED = Generation(max_new_tokens=12, repetition_penalty=1.3)
PROMPTS = prompts(7)
ENDS = frozenset({1, 10, 20, 30, 40, 50, 60})  # often one of them comes before the twelfth token


@pytest.fixture(scope="module")
def model():
    return gemma3()


def answered(decoder, asked=PROMPTS, *, ends=frozenset({1})):
    """Replies as they ended, by place."""
    ended = {}
    for some in offline.replies_as_they_end(decoder, asked, PENALISED, ends=ends):
        ended |= some
    return ended


def expected(model):
    return {place: generated(model, prompt, PENALISED) for place, prompt in enumerate(PROMPTS)}


@pytest.mark.parametrize("rows", [1, 3, 16])
def test_replies_are_those_of_generate(model, rows):
    assert answered(SharedDecoder(model, rows=rows)) == expected(model)


def test_a_model_that_shares_nothing_answers_too(model):
    assert answered(AloneDecoder(model)) == expected(model)


@pytest.mark.parametrize("rows", [1, 3])
def test_prompts_longer_than_a_pass_are_read_in_pieces(model, monkeypatch, rows):
    monkeypatch.setattr(offline, "JOINT_TOKENS", 5)
    assert answered(SharedDecoder(model, rows=rows)) == expected(model)


def test_where_nothing_is_shared_prompts_are_read_whole_though_they_are_long(model, monkeypatch):
    monkeypatch.setattr(offline, "JOINT_TOKENS", 5)
    assert answered(AloneDecoder(model)) == expected(model)


def test_a_reply_that_ended_gives_its_place_to_the_next_prompt(monkeypatch):
    decoder, steps = SharedDecoder(llama(), rows=2), []
    step = decoder.step
    monkeypatch.setattr(decoder, "step", lambda tokens: steps.append(len(tokens)) or step(tokens))
    lengths = [min(len(ids) + 1, 12) for ids in answered(decoder, ends=ENDS).values()]  # with the token that ended it
    assert len({*lengths}) > 2
    assert sum(steps) == sum(lengths)  # nobody is carried along
    assert steps.count(1) < max(lengths)  # and none stands empty while prompts wait


def test_the_longest_prompts_come_first_and_replies_as_they_end(model):
    places = [*answered(SharedDecoder(model, rows=1))]
    assert places == sorted(places, key=lambda place: (-len(PROMPTS[place]), place))


def test_scores_that_are_no_numbers_make_no_reply(model, monkeypatch):
    decoder = SharedDecoder(model, rows=2)
    step, broken = decoder.step, PROMPTS[3][-1]

    def one_broken(tokens):
        scores = step(tokens).clone()
        scores[[token == broken for token in tokens]] = float("nan")
        return scores

    monkeypatch.setattr(decoder, "step", one_broken)
    ended = answered(decoder)
    assert 3 not in ended
    assert ended
