import pytest

from pedcorpus.evaluation.likelihood import Likelihood
from pedcorpus.inference import load_assistant
from pedcorpus.inference.likelihood import Weighed, answer_likelihoods

pytestmark = pytest.mark.train
pytest.importorskip("torch", reason="needs the [train] extra")


@pytest.fixture(scope="module")
def assistant(model_folder):
    return load_assistant(model_folder)


def weighed(question, *answers):
    return Weighed([{"role": "user", "content": question}], answers)


ASKED = [
    weighed("孩子发热怎么办？", "多喝水。", "先测体温", "水"),
    weighed("热？", "热性惊厥多见于6个月至3岁。", "", "岁"),
    weighed("孩子" * 100, "多喝水。", "水" * 200),
]


def found(assistant, asked, **options):
    whole = {}
    for some in answer_likelihoods(assistant, asked, **options):
        whole |= some
    return [whole[place] for place in range(len(asked))]


def naive(assistant, messages, answer):
    """One answer alone, token by token, without a batch or padding."""
    import torch

    prompt = assistant.tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_dict=False)
    ids = assistant.tokenizer.encode(answer, add_special_tokens=False)
    total = 0.0
    for place, wanted in enumerate(ids):
        given = torch.tensor([[*prompt, *ids[:place]]])
        with torch.no_grad():
            total += float(torch.log_softmax(assistant.model(given).logits[0, -1], dim=-1)[wanted])
    return Likelihood(total, len(ids))


@pytest.mark.parametrize("batch_size", [1, 4])
def test_each_answer_is_as_likely_as_alone(assistant, batch_size):
    for asked, likelihoods in zip(ASKED[:2], found(assistant, ASKED[:2], batch_size=batch_size), strict=True):
        for answer, likelihood in zip(asked.answers, likelihoods, strict=True):
            alone = naive(assistant, asked.messages, answer)
            assert likelihood.tokens == alone.tokens
            assert likelihood.log == pytest.approx(alone.log, abs=1e-4)


def test_an_answer_without_a_token_is_certain(assistant):
    assert found(assistant, ASKED)[1][1] == Likelihood(0.0, 0)


def test_what_is_longer_than_the_context_loses_its_head(assistant):
    likelihoods = found(assistant, ASKED)[2]
    assert all(each.log < 0 for each in likelihoods)
    assert likelihoods[1].tokens == 63
