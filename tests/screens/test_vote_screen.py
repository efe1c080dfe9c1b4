from __future__ import annotations

from contextlib import asynccontextmanager
from threading import Event

import pytest
from textual.events import Key, MouseScrollDown
from textual.widgets import Static

from pedcorpus.errors import CorpusBusy
from pedcorpus.records import Dimension
from pedcorpus.screens import VoteApp
from pedcorpus.screens.answer_pane import AnswerPane
from pedcorpus.screens.hand_in_dialog import HandInDialog
from pedcorpus.screens.help_dialog import HelpDialog
from pedcorpus.screens.vote_row import VoteRow
from tests.screens.fake_ballot import FakeBallot, pair
from tests.screens.settling import settled


@asynccontextmanager
async def opened(ballot, *, size=(120, 36), language="zh"):
    """The app over `ballot`; gives a function that presses keys and waits for the ballot, and the app."""
    app = VoteApp(ballot, language=language, clock=lambda: 0.0)
    async with app.run_test(size=size) as pilot:

        async def press(*keys):
            for key in (*keys, None):
                if key:
                    await pilot.press(key)
                await settled(pilot)

        await press()
        yield press, app, pilot


def screen_text(app):
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def text(app, name):
    return str(app.screen.query_one(f"#{name}", Static).content)


def pane(app, name):
    return app.screen.query_one(f"#{name}", AnswerPane)


def rows(app):
    """The rows as they stand: `▸ 专业性 ●○○`."""
    found = []
    for row in app.screen.query(VoteRow):
        name, *sides = (str(each.content) for each in row.query(Static))
        found.append(f"{name} {''.join(side[0] for side in sides)}")
    return found


async def test_arrows_judge_row_after_row_and_each_is_stored_at_once():
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, _):
        await press("left")
        assert ballot.calls == [("q1", {Dimension.PROFESSIONALISM: "left"}, 0.0)]
        assert rows(app) == ["  专业性 ●○○", "▸ 真实性 ○○○", "  安全性 ○○○"]
        await press("equals_sign", "right")
        assert [said for _, said, _ in ballot.calls[1:]] == [{Dimension.FACTUALITY: "tie"}, {Dimension.SAFETY: "right"}]
        assert rows(app) == ["  专业性 ●○○", "  真实性 ○●○", "▸ 安全性 ○○●"]
        assert "已保存 ✓" in text(app, "status")


async def test_a_row_can_be_chosen_and_judged_anew():
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, _):
        await press("down", "down", "left", "up", "up", "up", "right", "down", "down", "right")
        assert rows(app) == ["  专业性 ○○●", "▸ 真实性 ○○○", "  安全性 ○○●"]


@pytest.mark.parametrize(
    ("key", "side"),
    [("1", "left"), ("0", "tie"), ("2", "right"), ("１", "left"), ("０", "tie"), ("２", "right")],
)
async def test_one_key_judges_all_rows_full_width_too(key, side):
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, _):
        app.post_message(Key(key, key))
        await press()
        assert ballot.calls == [("q1", dict.fromkeys(Dimension, side), 0.0)]


async def test_a_full_width_equals_sign_is_a_tie():
    ballot = FakeBallot()
    async with opened(ballot) as (press, _, _):
        await press("＝")
        assert ballot.calls == [("q1", {Dimension.PROFESSIONALISM: "tie"}, 0.0)]


async def test_the_next_pair_comes_only_when_all_rows_are_judged():
    async with opened(FakeBallot()) as (press, app, _):
        await press("left", "left", "enter")
        assert "第 1/3 对" in screen_text(app)
        assert "还有：安全性" in text(app, "status")
        await press("left", "enter")
        assert "第 2/3 对" in screen_text(app)
        assert text(app, "progress") == "已判 1/3"


async def test_an_earlier_pair_can_be_seen_and_changed():
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, _):
        await press("1", "enter", "backspace")
        assert rows(app)[0] == "▸ 专业性 ●○○"
        await press("right", "end")
        assert ballot.judged()["q1"][Dimension.PROFESSIONALISM] == "right"
        assert "第 2/3 对" in screen_text(app)
        await press("backspace", "backspace")
        assert "这是第一对" in text(app, "status")


async def test_what_was_judged_before_is_gone_on_from():
    ballot = FakeBallot()
    ballot.cast("q1", dict.fromkeys(Dimension, "tie"), seconds=1.0)
    ballot.cast("q2", {Dimension.PROFESSIONALISM: "left"}, seconds=1.0)
    async with opened(ballot) as (_, app, _):
        assert "第 2/3 对" in screen_text(app)
        assert rows(app) == ["  专业性 ●○○", "▸ 真实性 ○○○", "  安全性 ○○○"]


async def test_a_vote_that_was_not_stored_is_taken_off_the_screen_and_told():
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, _):
        ballot.fail_next = CorpusBusy("corpus.duckdb: held by another process")
        await press("1")
        assert rows(app)[2] == "▸ 安全性 ○○○"
        assert "未保存：另一个程序一直占着语料库" in text(app, "notice")
        await press("enter")
        assert "第 1/3 对" in screen_text(app)
        await press("1", "enter")
        assert "第 2/3 对" in screen_text(app)
        assert text(app, "notice") == ""


async def test_what_was_stored_after_a_failure_stands():
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, _):
        ballot.fail_next = CorpusBusy("held")
        for key in ("left", "right"):
            app.post_message(Key(key, None))
        await press()
        assert ballot.judged() == {"q1": {Dimension.FACTUALITY: "right"}}
        assert rows(app)[:2] == ["  专业性 ○○○", "  真实性 ○○●"]
        assert "未保存" in text(app, "notice")


async def test_keys_typed_at_once_are_taken_in_their_order():
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, _):
        for key in ("left", "right", "left", "enter", "1"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await press()
        sides = [next(iter(said.values())) for _, said, _ in ballot.calls[:3]]
        assert sides == ["left", "right", "left"]
        assert "第 2/3 对" in screen_text(app)


async def test_after_the_last_pair_enter_asks_and_enter_alone_hands_nothing_in():
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, _):
        await press("1", "enter", "1", "enter", "1", "enter")
        assert isinstance(app.screen, HandInDialog)
        assert "3 对全部判完" in screen_text(app)
        await press("enter")
        assert not isinstance(app.screen, HandInDialog)
        assert not ballot.handed_in


async def test_after_the_last_pair_comes_one_that_was_left_open():
    async with opened(FakeBallot()) as (press, app, _):
        app.screen._paper = app.screen._paper.at(2)
        await press("1", "enter")
        assert "第 1/3 对" in screen_text(app)


@pytest.mark.parametrize("key", ["2", "２"])
async def test_once_handed_in_nothing_is_shown_or_judged(key):
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, _):
        await press("1", "ctrl+s")
        assert "判完 1 对，还有 2 对没判" in screen_text(app)
        app.post_message(Key(key, key))
        await press("left", "1", "backspace", "enter")
        assert ballot.handed_in
        assert len(ballot.calls) == 1
        assert "已交卷" in screen_text(app)
        assert "退烧药" not in screen_text(app)
        await press("q")
        assert app._exit


async def test_keys_typed_while_it_is_being_handed_in_are_no_votes():
    is_open = Event()

    class Slow(FakeBallot):
        def hand_in(self):
            is_open.wait(10)
            super().hand_in()

    ballot = Slow()
    async with opened(ballot) as (press, app, pilot):
        await press("1", "ctrl+s")
        for key in ("2", "left", "right"):
            await pilot.press(key)
        is_open.set()
        await press()
        assert ballot.handed_in
        assert len(ballot.calls) == 1
        assert "已交卷" in screen_text(app)


async def test_a_hand_in_that_fails_leaves_the_votes_open():
    ballot = FakeBallot()
    async with opened(ballot) as (press, _, __):
        await press("1", "ctrl+s")
        ballot.fail_next = CorpusBusy("somebody writes")
        await press("2", "left")
        assert not ballot.handed_in
        assert len(ballot.calls) == 2


async def test_a_session_handed_in_before_opens_closed():
    async with opened(FakeBallot(handed_in=True)) as (_, app, _):
        assert "已交卷" in screen_text(app)
        assert "退烧药" not in screen_text(app)


async def test_a_hand_in_elsewhere_closes_this_screen():
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, _):
        ballot.handed_in, ballot.fail_next = True, CorpusBusy("wang has handed these votes in")
        app.screen._judge({Dimension.SAFETY: "left"})
        await press()
        assert "已交卷" in screen_text(app)


async def test_a_changed_run_is_told_on_the_first_screen():
    async with opened(FakeBallot(earlier=7)) as (press, app, _):
        assert "此前判断的 7 对另计" in text(app, "notice")
        await press("left")
        assert text(app, "notice") == ""


async def test_nothing_of_a_reply_is_markup():
    async with opened(FakeBallot([pair("q", "[b]问[/b]", "[red]甲[/red] \x1b[31m", "$x [@click=quit]乙[/]")])) as (
        _,
        app,
        _,
    ):
        shown = screen_text(app)
        for literal in ("[b]问[/b]", "[red]甲[/red] ␛[31m", "[@click=quit]乙[/]"):
            assert literal in shown


async def test_answers_scroll_together_or_apart():
    long = "\n".join(map(str, range(200)))
    async with opened(FakeBallot([pair("q", "问", long, long)])) as (press, app, _):
        await press("pagedown")
        assert pane(app, "left").scroll_offset.y == pane(app, "right").scroll_offset.y > 0
        pane(app, "left").post_message(AnswerPane.Wheeled(pane(app, "left"), -500))
        await press()
        assert pane(app, "right").scroll_offset.y == 0
        await press("s", "pagedown")
        assert pane(app, "left").scroll_offset.y > pane(app, "right").scroll_offset.y == 0


async def test_the_wheel_turns_both_answers():
    long = "\n".join(map(str, range(200)))
    async with opened(FakeBallot([pair("q", "问", long, long)])) as (press, app, pilot):
        await pilot._post_mouse_events([MouseScrollDown], "#left")
        await press()
        assert pane(app, "left").scroll_offset.y == pane(app, "right").scroll_offset.y == 3


async def test_answers_are_of_one_width_side_by_side_and_stacked_where_narrow():
    async with opened(FakeBallot(), size=(121, 36)) as (_, app, _):
        left, right = pane(app, "left").region, pane(app, "right").region
        assert abs(left.width - right.width) <= 1
        assert left.y == right.y
    async with opened(FakeBallot(), size=(80, 24)) as (_, app, _):
        left, right = pane(app, "left").region, pane(app, "right").region
        assert (left.x, left.width, right.y) == (right.x, right.width, left.bottom)
        assert right.height >= 5


async def test_where_it_cannot_be_read_nothing_is_shown_or_judged():
    ballot = FakeBallot()
    async with opened(ballot, size=(70, 24)) as (press, app, pilot):
        await press("1")
        assert ballot.calls == []
        assert "窗口太小：70 × 24" in screen_text(app)
        assert "体重12 kg" not in screen_text(app)
        await pilot.resize_terminal(72, 20)
        await press("1")
        assert "体重12 kg" in screen_text(app)
        assert len(ballot.calls) == 1


async def test_the_mouse_judges_goes_on_and_hands_in():
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, pilot):
        for dimension in Dimension:
            await pilot.click(f"#row-{dimension} .vote-side.-right")
            await press()
        assert ballot.judged()["q1"] == dict.fromkeys(Dimension, "right")
        hints = {str(hint.content): hint for hint in app.screen.query("#vote-keys KeyHint")}
        await pilot.click(next(hint for word, hint in hints.items() if "下一对" in word))
        await press()
        assert "第 2/3 对" in screen_text(app)


async def test_another_language_shows_the_same_place():
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, _):
        await press("1", "enter", "left", "l")
        shown = screen_text(app)
        assert "pair 2 of 3" in shown
        assert rows(app)[0] == "  professionalism ●○○"
        await press("right", "l")
        assert rows(app)[1] == "  真实性 ○○●"


async def test_help_explains_the_three_dimensions():
    async with opened(FakeBallot(), size=(80, 24)) as (press, app, _):
        await press("question_mark")
        assert isinstance(app.screen, HelpDialog)
        assert "安全性：照着做不会伤到孩子" in screen_text(app)


async def test_leaving_waits_until_the_last_vote_is_stored():
    ballot = FakeBallot()
    async with opened(ballot) as (press, app, _):
        for key in ("1", "q"):
            app.post_message(Key(key, key))
        await press()
        assert ballot.judged()["q1"] == dict.fromkeys(Dimension, "left")
        assert app._exit


async def test_seconds_are_counted_from_when_a_pair_is_shown():
    ballot, now = FakeBallot(), [0.0]
    app = VoteApp(ballot, clock=lambda: now[0])
    async with app.run_test(size=(120, 36)) as pilot:
        for keys, at in (("1", 7.0), ("enter", 9.0), ("1", 12.0)):
            now[0] = at
            await pilot.press(keys)
            await settled(pilot)
    assert [seconds for _, _, seconds in ballot.calls] == [7.0, 3.0]
