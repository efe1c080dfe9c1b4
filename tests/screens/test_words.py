from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import pedcorpus.screens
from pedcorpus.records import Verdict
from pedcorpus.screens.vote_words import VOTE_WORDS
from pedcorpus.screens.words import WORDS, Words


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_the_same_gaps(key):
    zh, en = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in WORDS[key])
    assert zh == en or key.startswith("advice.")
    assert WORDS[key][0]


def test_every_key_that_a_screen_asks_for_is_in_the_table():
    folder = Path(pedcorpus.screens.__file__).parent
    asked = {
        key for path in folder.glob("*.py") for key in re.findall(r'words\(\s*"([\w.]+)"', path.read_text("utf-8"))
    }
    assert len(asked) > 40
    assert asked <= WORDS.keys() | VOTE_WORDS.keys()


def test_every_verdict_that_is_stored_has_words():
    assert {f"verdict.{verdict}" for verdict in Verdict if verdict is not Verdict.UNDO} <= WORDS.keys()


def test_an_unknown_reason_stands_for_itself():
    assert Words("zh").reason("near_duplicate") == "near duplicate"
