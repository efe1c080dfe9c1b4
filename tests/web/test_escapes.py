from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.web.escapes import Drawing


@pytest.mark.parametrize(
    ("sent", "passed"),
    [
        ("惊厥 \x1b[31m红\x1b[0m", "惊厥 \x1b[31m红\x1b[0m"),
        ("\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\", "␛]8;;https://evil.example\x1b\\here␛]8;;\x1b\\"),
        ("x\x1b]52;c;aGk=\x07", "x␛]52;c;aGk=\x07"),
        # asks for what is in the clipboard
        ("\x1b]52;c;?\x07", "␛]52;c;?\x07"),
        ("\x1bPq\x1b\\", "␛Pq\x1b\\"),
        ("\x9d8;;x\x9c", "\ufffd8;;x\ufffd"),
        ("\x9b31m", "\ufffd31m"),
        ("é", "é"),
    ],
)
def test_what_is_more_than_drawing_is_made_visible(sent: str, passed: str) -> None:
    assert Drawing().passed(sent.encode()).decode() == passed


def test_copying_alone_is_passed_on() -> None:
    assert Drawing().passed(b"\x1b]52;c;aGk=\x07") == b"\x1b]52;c;aGk=\x07"


def test_a_pointer_is_no_drawing() -> None:
    assert Drawing().passed(b"\x1b]22;default\x07") == b""


@given(st.text(alphabet="\x1b]P8;\x9d\x9b\x07惊é", max_size=12), st.integers(0, 40))
def test_where_a_packet_ends_makes_no_difference(text: str, cut: int) -> None:
    whole, parts = Drawing(), Drawing()
    data = b"." + text.encode() + b"."
    assert parts.passed(data[:cut]) + parts.passed(data[cut:]) == whole.passed(data)
