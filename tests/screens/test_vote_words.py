from __future__ import annotations

import string

import pytest
from rich.cells import cell_len

from pedcorpus.records import Dimension
from pedcorpus.screens.vote_words import VOTE_WORDS, VoteWords


@pytest.mark.parametrize("key", VOTE_WORDS)
def test_both_languages_have_the_same_gaps(key):
    zh, en = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in VOTE_WORDS[key])
    assert zh == en
    assert all(VOTE_WORDS[key])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_fits_80_by_24_and_explains_every_dimension(language):
    words = VoteWords(language)
    lines = words("help.text").split("\n")
    assert len(lines) <= 19
    assert max(map(cell_len, lines)) <= 72
    assert all(words(f"dimension.{dimension}") in words("help.text") for dimension in Dimension)


def test_what_the_reviewers_screen_says_too_is_said_in_its_words():
    assert VoteWords("en")("key.quit") == "quit"
