from __future__ import annotations

import pytest

from pedcorpus.export.formats.format import Talk, talk_of
from tests.export.formats.handmade import messages


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["u:问"], Talk("", [], "问")),
        (["s:系统", "u:问"], Talk("系统", [], "问")),
        (["u:一", "a:答", "u:二"], Talk("", [("一", "答")], "二")),
        (["s:系统", "u:一", "a:甲", "u:二", "a:乙", "u:三"], Talk("系统", [("一", "甲"), ("二", "乙")], "三")),
        ([], None),
        (["s:系统"], None),
        (["a:您好", "u:问"], None),
        (["u:一", "u:二"], None),
        (["u:一", "a:答"], None),
        (["u:一", "s:系统", "u:二"], None),
    ],
)
def test_a_talk_is_system_then_turns_with_the_users_last(said: list[str], expected: Talk | None) -> None:
    assert talk_of(messages(*said)) == expected
