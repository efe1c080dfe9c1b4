from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.screens.plain import editable, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("惊厥\n注意", "惊厥\n注意"),
        ("\x1b[31m红", "␛[31m红"),
        ("铃\x07\x7f", "铃␇␡"),
        ("a\tb\r", "a b␍"),
        ("\u202e反向\u2066", "\ufffd反向\ufffd"),
        ("c1\x9b", "c1\ufffd"),
        ("一\u2028二", "一\n二"),
        # a lone surrogate cannot be written to a terminal
        ("\ud800", "\ufffd"),
        ("👨\u200d👩", "👨\u200d👩"),
    ],
)
def test_control_characters_become_pictures(text, shown):
    assert plain(text) == shown


@given(st.text(max_size=50))
def test_every_character_keeps_its_place(text):
    assert len(plain(text)) == len(text)


def test_an_untouched_text_comes_back_as_it_was():
    assert editable(plain("\x1b\u202e惊厥"), before="\x1b\u202e惊厥") == "\x1b\u202e惊厥"


def test_a_picture_that_the_source_itself_has_stays():
    assert editable("␛ 改", before="␛") == "␛ 改"
    assert editable("␛ 改", before="\x1b") == "\x1b 改"
