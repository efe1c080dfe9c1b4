from __future__ import annotations

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.review.exchange import Refusal, Reviewers, Told


def by(account, tool=""):
    return Told("line 1", "x", {"reviewer": account} if account is not None else {}, tool=tool)


def name(reviewers, told):
    named = reviewers.named(told)
    return named.code if isinstance(named, Refusal) else named.fields["reviewer"]


@pytest.mark.parametrize(
    ("words", "told", "expected"),
    [
        ([], by("wang"), "wang"),
        (["li"], by("wang"), "wang"),
        (["wang=王"], by("wang"), "王"),
        (["li"], by(""), "li"),
        (["li"], by(None), "li"),
        ([], by(None), "no_reviewer"),
        ([], by("7", "label-studio"), "label-studio:7"),
        (["wang"], by("7", "label-studio"), "wang"),
        (["7=wang", "li"], by("8", "label-studio"), "li"),
        (["a=b=c"], by("a=b", "label-studio"), "c"),
        ([], by("", "label-studio"), "no_reviewer"),
    ],
)
def test_an_account_gets_its_name(words, told, expected):
    assert name(Reviewers.of(words), told) == expected


def test_a_plain_name_stays_with_its_first_account():
    reviewers = Reviewers.of(["wang"])
    assert [name(reviewers, by(account, "argilla")) for account in "aba"] == ["wang", "another_reviewer", "wang"]


@pytest.mark.parametrize("words", [["wang", "li"], [""], ["7="], ["=wang"]])
def test_names_that_cannot_be_told_apart_are_refused(words):
    with pytest.raises(UsageError, match="NAME"):
        Reviewers.of(words)
