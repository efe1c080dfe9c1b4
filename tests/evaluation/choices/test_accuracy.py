import pytest

from pedcorpus.evaluation.choices import (
    ChoiceQuestion,
    asked_for_letters,
    asked_openly,
    by_letters,
    by_likelihood,
    exam_result,
)
from pedcorpus.evaluation.likelihood import Likelihood

OPTIONS = {"A": "甲", "B": "乙乙", "C": "丙"}


def question(answer, *, subject="", several=None, language="zh"):
    return ChoiceQuestion(f"q{answer}", "样例题？", OPTIONS, frozenset(answer), subject, several, language)


def test_exactly_the_right_letters_are_right_and_none_is_wrong():
    asked = [question("B"), question("AC", several=True), question("AC", several=True), question("A")]
    result = exam_result(asked, by_letters(asked, ["答案是B", "A、C", "A", "不知道"]), "letter")
    assert (result.overall.right, result.overall.of, result.without_letter) == (2, 4, 1)
    assert result.overall.share.estimate == 0.5
    assert result.overall.share.low == pytest.approx(0.0676, abs=1e-4)
    assert result.overall.chance == pytest.approx((1 / 3 + 1 / 4 + 1 / 4 + 1 / 3) / 4)


def test_each_subject_has_its_own_accuracy():
    asked = [question("A", subject="儿科"), question("B", subject="儿科"), question("A", subject="外科")]
    result = exam_result(asked, by_letters(asked, ["A", "A", "A"]), "letter")
    assert {name: (each.right, each.of) for name, each in result.subjects.items()} == {"儿科": (1, 2), "外科": (1, 1)}


def test_the_likeliest_option_need_not_be_the_likeliest_by_token():
    weights = {"A": Likelihood(-3.0, 1), "B": Likelihood(-4.0, 2), "C": Likelihood(-9.0, 3)}
    asked = [question("B"), question("AB")]
    assert by_likelihood(asked, [weights, weights], per_token=False) == [frozenset("A"), None]
    assert by_likelihood(asked, [weights, weights], per_token=True) == [frozenset("B"), None]
    result = exam_result(asked, by_likelihood(asked, [weights, weights], per_token=True), "likelihood_per_token")
    assert (result.overall.right, result.overall.of, result.not_asked) == (1, 1, 1)


def test_an_exam_with_nothing_to_decide_has_no_share():
    assert exam_result([question("AB")], [None], "likelihood").overall.share is None


@pytest.mark.parametrize(
    ("several", "language", "wanted"),
    [
        (None, "zh", "请选出正确答案，只写选项字母。"),
        (True, "zh", "本题有多个正确答案，请写出全部正确选项的字母。"),
        (False, "en", "One answer is right; write its letter only."),
    ],
)
def test_the_prompt_shows_the_options_and_says_what_is_wanted(several, language, wanted):
    (asked,) = asked_for_letters(question("A", several=several, language=language))
    assert asked.content == f"样例题？\nA. 甲\nB. 乙乙\nC. 丙\n{wanted}"
    assert asked_openly(question("A"))[0].content == "样例题？"
