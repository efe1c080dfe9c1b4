import math
from itertools import pairwise

import jieba
import pytest
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from nltk.translate.gleu_score import sentence_gleu
from rouge import Rouge

from pedcorpus.evaluation import Answer, Question
from pedcorpus.evaluation.scores.text import CHARACTERS, PAPER_MEASURES, WORDS
from pedcorpus.records import Message

REFERENCES = [
    "热性惊厥多见于6个月至3岁的孩子，体温骤升时发作，一般不超过5分钟。",
    "布洛芬每次5至10 mg/kg，每6小时一次。体温38.5 ℃以上时再用，一天不超过4次。",
    "先补液。轻度脱水可在家口服补液盐，按每公斤50毫升分次喝。",
]
REPLIES = [
    "热性惊厥多见于婴幼儿，体温骤升时发作，多在5分钟内停止。",
    "体温38.5 ℃以上时可用布洛芬，每次10 mg/kg。布洛芬每6小时一次。",
    "可以先在家口服补液盐，补液盐按每公斤50毫升分次喝，喝不下就去医院。",
]


def question(reference):
    return Question(id="1", messages=(Message(role="user", content="怎么办？"),), reference=reference)


def values(score, reply, reference):
    (found,) = score.values([Answer(question(reference), reply)])
    return found


def by_libraries(reply, reference):
    """The public code's own road, on tokens."""
    rouge = Rouge().get_scores(" ".join(reply), " ".join(reference))[0]
    weights = [(1, 0, 0, 0), (0.5, 0.5, 0, 0), (0.33, 0.33, 0.33, 0), (0.25, 0.25, 0.25, 0.25)]
    smoothing = SmoothingFunction().method3
    return {
        **{f"rouge_{name}": rouge[f"rouge-{name}"]["f"] for name in "12l"},
        **{
            f"bleu_{n}": sentence_bleu([reference], reply, weights=weight, smoothing_function=smoothing)
            for n, weight in enumerate(weights, 1)
        },
        "gleu": sentence_gleu([reference], reply),
        "distinct_1": len(set(reply)) / len(reply),
        "distinct_2": len(set(pairwise(reply))) / (len(reply) - 1),
    }


@pytest.mark.parametrize(("reply", "reference"), list(zip(REPLIES, REFERENCES, strict=True)))
def test_words_score_as_the_libraries_do(reply, reference):
    found = values(WORDS, reply, reference)
    expected = by_libraries(list(jieba.cut(reply)), list(jieba.cut(reference)))
    assert {name: found[name] for name in PAPER_MEASURES} == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("reply", "reference"), list(zip(REPLIES, REFERENCES, strict=True)))
def test_characters_score_as_the_libraries_do(reply, reference):
    found = values(CHARACTERS, reply, reference)
    expected = by_libraries(list("".join(reply.split())), list("".join(reference.split())))
    assert {name: found[f"char_{name}"] for name in PAPER_MEASURES} == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("reply", "reference", "expected"),
    [
        pytest.param(
            "咳嗽三天",
            "咳嗽两天",
            {
                "rouge_1": 3 / 4,
                "rouge_2": 1 / 3,
                "rouge_l": 3 / 4,
                "bleu_1": 3 / 4,
                "bleu_2": math.sqrt(3 / 4 * 1 / 3),
                "bleu_3": (3 / 4 * 1 / 3 * 1 / (2 * 2)) ** 0.33,
                "bleu_4": (3 / 4 * 1 / 3 * 1 / (2 * 2) * 1 / (4 * 1)) ** 0.25,
                "gleu": 4 / 10,
                "distinct_1": 1,
                "distinct_2": 1,
            },
            id="one character differs",
        ),
        pytest.param(
            "发热",
            "发热三天",
            {
                "rouge_1": 2 / 3,
                "rouge_2": 2 * 1 * (1 / 3) / (4 / 3),
                "rouge_l": 2 / 3,
                "bleu_1": math.exp(1 - 4 / 2),
                "bleu_2": math.exp(1 - 4 / 2),
                "bleu_3": math.exp(1 - 4 / 2) * (1 / 2) ** 0.33,
                "bleu_4": math.exp(1 - 4 / 2) * (1 / 2 * 1 / 4) ** 0.25,
                "gleu": 3 / 10,
                "distinct_1": 1,
                "distinct_2": 1,
            },
            id="half of it: the reply is too short",
        ),
        pytest.param(
            "咳咳咳咳",
            "咳嗽",
            {
                "rouge_1": 2 / 3,
                "rouge_2": 0,
                "rouge_l": 2 / 3,
                "bleu_1": 1 / 4,
                "bleu_2": math.sqrt(1 / 4 * 1 / (2 * 3)),
                "bleu_3": (1 / 4 * 1 / (2 * 3) * 1 / (4 * 2)) ** 0.33,
                "bleu_4": (1 / 4 * 1 / (2 * 3) * 1 / (4 * 2) * 1 / (8 * 1)) ** 0.25,
                "gleu": 1 / 10,
                "distinct_1": 1 / 4,
                "distinct_2": 1 / 3,
            },
            id="one character again and again",
        ),
    ],
)
def test_three_short_pairs_by_hand(reply, reference, expected):
    found = values(CHARACTERS, reply, reference)
    assert {name: found[f"char_{name}"] for name in expected} == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("score", [WORDS, CHARACTERS], ids=["words", "characters"])
@pytest.mark.parametrize("reply", ["", " \n ", "。", "。。。……！？", "."])
def test_a_reply_that_says_nothing_scores_nothing(score, reply):
    found = values(score, reply, REFERENCES[1])
    assert [found[score.prefix + name] for name in PAPER_MEASURES] == [0.0] * len(PAPER_MEASURES)
    assert found[f"{score.prefix}distinct_1_all"].total == 0


def test_one_token_in_place_of_several_scores_nothing():
    assert values(WORDS, "布洛芬", REFERENCES[1])["rouge_1"] == 0
    assert values(WORDS, "布洛芬", "布洛芬")["rouge_1"] == pytest.approx(1)


def test_a_reference_without_a_word_scores_nothing():
    assert values(WORDS, REPLIES[0], "……")["bleu_4"] == 0


def test_a_very_long_reply_is_scored():
    found = values(CHARACTERS, REPLIES[1] * 2000, REFERENCES[1])
    assert 0 < found["char_rouge_l"] < 1


def test_a_lone_surrogate_is_scored():
    assert values(WORDS, "热性惊厥\ud83d发作", REFERENCES[0])["rouge_1"] > 0


def test_every_value_is_announced_as_a_measure():
    for score in (WORDS, CHARACTERS):
        assert list(values(score, REPLIES[0], REFERENCES[0])) == [measure.name for measure in score.measures]
