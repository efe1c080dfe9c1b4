from __future__ import annotations

import json

import pytest

from pedcorpus.records import Verdict
from pedcorpus.review import build_decision, edited_instruction
from pedcorpus.review.exchange import Known, Refusal, Taken, decision_line, judged, read_lines
from tests.screens import fake_desk as samples


def an_edit():
    original = samples.hostile()
    edited = edited_instruction(original, {"question": "这是什么？"})
    made = build_decision(original, Verdict.EDIT, reviewer="王医生", at=samples.NOON, edited=edited, note="<b>看</b>")
    return made, original, edited


def test_a_line_read_again_is_the_decision():
    decision, original, edited = an_edit()
    (told,) = read_lines([f"{decision_line(decision, original, edited)}\n".encode()])
    assert judged(told, Known(original), now=samples.NOON) == Taken(decision, edited)


def test_a_line_is_one_line_and_readable():
    line = decision_line(*an_edit())
    assert "\n" not in line
    assert "王医生" in line
    assert json.loads(line)["record"]["topic"] == "[b]标记[/b]"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b"{", "no JSON"),
        (b'"x"', "expected an object"),
        (b'{"verdict": "accept"}', "instruction is missing"),
        (b'{"instruction": "x", "instruction": "y"}', "stands twice"),
        (b'{"instruction": "x", "record": "y"}', "record is no object"),
        (b'{"instruction": "x", "record": {"question": 1}}', "no texts"),
        (b'{"instruction": "x", "edited": 7}', "no texts"),
        ('{"instruction": "惊厥"}'.encode("gb18030"), "not UTF-8"),
        (b'{"instruction": "' + b"x" * (8 << 20) + b'"}', "expected at most"),
        (b"[" * 100_000, "too deep"),
    ],
    ids=["cut", "text", "nameless", "twice", "record", "words", "edited", "gb18030", "huge", "deep"],
)
def test_a_damaged_line_is_named_by_its_number(line, found):
    read = list(read_lines([b"\n", line, b" \r\n"]))
    assert [type(each) for each in read] == [Refusal]
    assert read[0].place == "line 2"
    assert found in read[0].what
    assert read[0].code == "damaged"
