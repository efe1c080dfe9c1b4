from __future__ import annotations

import pytest

from pedcorpus.screens.filter_dialog import Facet, FilterDialog, Picked, Value
from pedcorpus.screens.words import Words
from tests.screens.dialog_app import NOTHING, answer_of, opened

REASONS = Facet("reason", "检查", [Value("dose_misread", "剂量", 12), Value("over_ceiling", "超量", 3)])
TOPICS = Facet("topic", "病种", [Value("热性惊厥", "热性惊厥", 40), Value("川崎病", "川崎病", 7)], chosen="川崎病")


def dialog(*facets):
    return FilterDialog(facets or (REASONS, TOPICS), Words("zh"))


@pytest.mark.parametrize(
    ("keys", "picked"),
    [
        pytest.param(["down", "enter"], Picked("reason", "dose_misread"), id="a-finding"),
        pytest.param(["enter"], Picked("reason", ""), id="all"),
        pytest.param(["tab", "enter"], Picked("topic", "川崎病"), id="what-is-chosen-is-marked"),
        pytest.param(["tab", "惊", "厥", "enter"], Picked("topic", "热性惊厥"), id="written"),
        pytest.param(
            ["tab", "shift+tab", "down", "down", "down", "enter"], Picked("reason", "over_ceiling"), id="last"
        ),
        pytest.param(["down", "escape"], None, id="escape"),
        pytest.param([*"zzz", "enter"], NOTHING, id="nothing-like-it"),
    ],
)
async def test_one_part_of_the_filter_is_chosen_with_keys(keys, picked):
    assert await answer_of(dialog(), keys) == picked


async def test_each_value_stands_with_its_count():
    async with opened(dialog(), []) as app:
        (line,) = [line for line in app.text.splitlines() if "剂量" in line]
        assert line.rstrip(" │").endswith(" 12")


async def test_thousands_of_topics_are_narrowed_by_writing():
    topics = Facet("topic", "病种", [Value(f"病{n}", f"病{n}", 4321) for n in range(3000)])
    async with opened(dialog(topics), []) as app:
        assert app.text.count(" 4321") == 13
        assert "还有 2800 个，写字缩小" in app.text
    assert await answer_of(dialog(topics), [*"病2999", "enter"]) == Picked("topic", "病2999")


async def test_a_topic_is_no_markup():
    async with opened(dialog(Facet("topic", "病种", [Value("x", "[red]红[/red]\x07", 1)])), []) as app:
        assert "[red]红[/red]␇" in app.text


async def test_a_corpus_without_findings_is_filtered_by_topic_at_once():
    nothing_found = Facet("reason", "检查", [])
    assert await answer_of(dialog(nothing_found, TOPICS), ["up", "enter"]) == Picked("topic", "热性惊厥")
