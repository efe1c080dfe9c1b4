import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.curate.near import gram_sets, joined

TEXTS = st.text(alphabet="热性惊厥发烧abc𠀀😀", max_size=30)


def sizes(texts: list[str], n: int) -> list[int]:
    return gram_sets(texts, n).sizes.tolist()


@given(st.lists(TEXTS, max_size=8), st.integers(1, 5))
def test_a_set_holds_each_n_gram_once(texts: list[str], n: int) -> None:
    distinct = [len({text[i : i + n] for i in range(len(text) - n + 1)}) for text in texts]
    assert sizes(texts, n) == [max(count, 1) if text else 0 for text, count in zip(texts, distinct, strict=True)]


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_texts_may_come_in_any_portions(texts: list[str]) -> None:
    whole = gram_sets(texts, 3)
    parts = joined(gram_sets([text], 3) for text in texts)
    assert np.array_equal(whole.grams, parts.grams)
    assert np.array_equal(whole.offsets, parts.offsets)


def test_texts_shorter_than_the_n_gram_differ() -> None:
    sets = gram_sets(["发热", "咳嗽", "热", "发热"], 3)
    assert sets.sizes.tolist() == [1, 1, 1, 1]
    assert len(set(sets.grams.tolist())) == 3
    assert sets.grams[0] == sets.grams[3]


def test_a_question_shares_nothing_with_an_answer() -> None:
    question, answer = gram_sets(["热性惊厥"], 2, kind=1), gram_sets(["热性惊厥"], 2, kind=2)
    assert not set(question.grams.tolist()) & set(answer.grams.tolist())


def test_sets_are_taken_in_the_order_asked_for() -> None:
    sets = gram_sets(["热性惊厥", "", "肺炎", "手足口病"], 2)
    taken = sets.taken(np.array([3, 1, 0]))
    assert taken.sizes.tolist() == [3, 0, 3]
    assert taken.grams[3:].tolist() == sets.grams[:3].tolist()


def test_a_million_characters_are_one_text() -> None:
    assert sizes(["热性惊厥" * 250_000], 3) == [4]


@pytest.mark.parametrize("texts", [[], [""], ["", ""]])
def test_no_text_at_all_has_no_n_grams(texts: list[str]) -> None:
    assert sizes(texts, 3) == [0] * len(texts)
