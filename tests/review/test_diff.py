from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.review import field_diff


def signed(before, after):
    signs = {"same": "=", "removed": "-", "added": "+"}
    return [signs[segment.kind] + segment.text for segment in field_diff(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("注意呼吸抑制", "注意呼吸抑制", ["=注意呼吸抑制"]),
        ("3～5 mg", "0.3～0.5 mg", ["+0.", "=3～", "+0.", "=5 mg"]),
        ("", "监测", ["+监测"]),
        ("监测", "", ["-监测"]),
        # one equal character between two changes would tear the words apart
        ("甲的乙尾", "丙的丁尾", ["-甲的乙", "+丙的丁", "=尾"]),
    ],
)
def test_changes_are_shown_by_character(before, after, expected):
    assert signed(before, after) == expected


@given(st.text("ab。\n惊厥", max_size=40), st.text("ab。\n惊厥", max_size=40))
def test_the_segments_join_to_both_texts(before, after):
    segments = field_diff(before, after)
    assert "".join(item.text for item in segments if item.kind != "added") == before
    assert "".join(item.text for item in segments if item.kind != "removed") == after


def test_a_very_long_answer_is_compared_quickly():
    before = "".join(f"第{n}条要点是观察体温。" for n in range(2000))
    after = before.replace("第7条", "第七条").replace("第1990条", "末条")
    began = time.process_time()
    segments = field_diff(before, after)
    assert time.process_time() - began < 2
    assert "".join(item.text for item in segments if item.kind != "removed") == after
