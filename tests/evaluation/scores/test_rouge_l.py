"""ROUGE-L is held against the package on texts that it can still take."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge import Rouge

from pedcorpus.evaluation.scores.rouge_l import LONGEST, rouge_l

TOKENS = st.lists(st.sampled_from(["发", "热", "咳", "3", ".", "38.5", "a b", "嗽"]), min_size=1, max_size=25)


@settings(max_examples=150, deadline=None)
@given(TOKENS, TOKENS)
def test_it_is_the_packages_rouge_l(reply, reference):
    joined = [" ".join(tokens) for tokens in (reply, reference)]
    if all(text.strip(".") for text in joined):
        expected = Rouge(["rouge-l"]).get_scores(*joined)[0]["rouge-l"]["f"]
        assert rouge_l(reply, reference) == pytest.approx(expected, abs=1e-12)


def test_texts_of_thousands_of_tokens_do_not_end_in_a_recursion_error():
    reply = [str(number) for number in range(3000)]
    assert rouge_l(reply, reply) == pytest.approx(1)


def test_what_stands_after_the_longest_length_is_not_looked_at():
    reference = ["发热"] * LONGEST
    assert rouge_l([*reference, "咳嗽"], [*reference, "腹泻"]) == pytest.approx(1)


def test_full_stops_alone_are_nothing():
    assert rouge_l([".", "."], ["发热"]) == 0
