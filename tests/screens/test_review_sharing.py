"""The review screen beside other reviewers: what they have or decide is dropped, and told where it matters."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event

import pytest

from pedcorpus.errors import CorpusBusy
from pedcorpus.records import Verdict
from pedcorpus.review import WINDOW, QueueFilter
from pedcorpus.screens import run_review
from pedcorpus.screens.messages import DeskNoticed
from pedcorpus.screens.review_app import ReviewApp
from pedcorpus.screens.words import Words
from tests.screens.fake_desk import FakeDesk, age_question, sample_items
from tests.screens.test_review_screen import notice, opened, sheet, status, topics

ALL = QueueFilter()


def many(count):
    """So many items that no others are like them."""
    return [(age_question(question=f"孩子{number}个月时会发作吗？"), ()) for number in range(count)]


async def test_what_others_have_on_screen_is_left_out_without_a_word():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        desk.held |= {desk.items[5][0].id}
        await press("a", "a")
        assert "手足口病" not in topics(app)
        assert (notice(app), len(desk.decisions)) == ("", 2)


async def test_what_others_settled_is_said_and_the_next_item_is_there():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        desk.settled[desk.items[0][0].id] = "li"
        await press("a")
        assert desk.decisions == []
        assert "li" in notice(app)
        assert "川崎病有哪些主要表现" in sheet(app)


async def test_an_edit_of_what_others_settled_ends_with_its_form():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        await press("e")
        desk.settled[desk.items[0][0].id] = "li"
        app.screen._line.decide(desk.items[0][0].id, Verdict.ACCEPT)
        await press()
        assert not app.screen.is_editing
        assert "li" in notice(app)


async def test_an_item_on_screen_stays_there_though_somebody_else_takes_it():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        desk.held |= {desk.items[0][0].id}
        app.screen._look()
        await press()
        assert "已持续6分钟未止" in sheet(app)


async def test_where_others_have_all_that_is_left_it_is_said():
    desk = FakeDesk()
    desk.held |= {instruction.id for instruction, _ in desk.items}
    async with opened(desk) as (_, app, _):
        assert "正在别人屏幕上" in sheet(app)


@pytest.mark.parametrize("told", ["clock_went_back", "leases_lost", "leases_unusable", "also_elsewhere"])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_what_is_the_matter_with_the_desk_is_told_once(told, language):
    desk = FakeDesk(untold=(told,))
    async with opened(desk, language=language) as (press, app, _):
        assert notice(app) == Words(language)(f"desk.{told}")
        await press("a")
        assert notice(app) == ""


async def test_what_was_told_before_the_queue_was_read_stays_to_be_read():
    async with opened(FakeDesk()) as (press, app, _):
        app.screen.post_message(DeskNoticed(["leases_lost"]))
        app.screen._line.read_queue(ALL)
        await press()
        assert notice(app) == Words("zh")("desk.leases_lost")


async def test_the_item_on_screen_comes_first_at_each_look_and_the_next_ones_behind_it():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        await press("down")
        assert desk.looks[-1] == tuple(entry.id for entry in app.screen._worklist.shown[1:])


class ShortDesk(FakeDesk):
    """Gives six entries at first, and as many as are asked for later."""

    def queue(self, wanted=ALL, *, first=WINDOW):
        return super().queue(wanted, first=6 if first == WINDOW else first)


async def test_more_of_the_queue_is_asked_for_when_it_runs_low(monkeypatch):
    monkeypatch.setattr("pedcorpus.screens.review_state._LOW", 3)
    desk = ShortDesk(many(20))
    async with opened(desk) as (press, app, _):
        await press(*"aaa")
        assert len(topics(app)) == 3
        await press("a")
        assert len(topics(app)) == 16


async def test_a_filter_is_the_desks_to_apply():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        app.screen._filter(QueueFilter(topic="川崎病", reason="quote_not_found"))
        await press()
        assert topics(app) == ["川崎病"]
        assert desk.wanted[-1][0].reason == "quote_not_found"


async def test_an_answer_to_an_earlier_filter_changes_nothing():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        app.screen._filter(QueueFilter(topic="川崎病"))
        app.screen._filter(QueueFilter(topic="婴儿腹泻"))
        await press()
        assert topics(app) == ["婴儿腹泻"]


async def test_undo_puts_the_item_back_where_the_reviewer_stands_without_reading_the_queue():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        await press("a", "down", "u")
        assert len(desk.wanted) == 1
        assert (app.screen._worklist.cursor, topics(app)[1]) == (1, "热性惊厥")
        assert "已持续6分钟未止" in sheet(app)


async def test_what_could_not_be_read_ahead_is_read_when_its_turn_comes():
    desk = FakeDesk([*sample_items(), *many(20)])
    async with opened(desk) as (press, app, _):
        desk.fail_next = CorpusBusy("held")
        app.screen._look()
        await press()
        assert notice(app) == ""
        await press("a", "a")
        assert len(desk.decisions) == 2
        assert "已保存" in status(app)


def test_the_desk_is_closed_when_the_review_ends(monkeypatch):
    monkeypatch.setattr(ReviewApp, "run", lambda _: None)
    desk = FakeDesk()
    run_review(desk)
    assert desk.is_closed


@dataclass
class LongQueueDesk(FakeDesk):
    """Gives its first queue at once, and any other when `may_go` is set."""

    may_go: Event = field(default_factory=Event)

    def queue(self, wanted=ALL, *, first=WINDOW):
        assert not self.wanted or self.may_go.wait(5)
        return super().queue(wanted, first=first)


async def test_no_decision_waits_for_the_queue():
    desk = LongQueueDesk()
    async with opened(desk) as (press, app, pilot):
        await pilot.press("f5", "a")
        while not desk.decisions:
            await pilot.pause(0.01)
        desk.may_go.set()
        await press()
        assert topics(app)[0] == "川崎病"
