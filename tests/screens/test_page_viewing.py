from __future__ import annotations

from threading import Event

import pytest
from textual.events import MouseScrollDown

from pedcorpus.records import Verdict
from pedcorpus.review import NoPicture
from pedcorpus.screens.page_pane import PageCanvas, PagePane
from tests.screens import fake_desk
from tests.screens.fake_desk import FakeDesk
from tests.screens.settling import settled
from tests.screens.test_review_screen import opened, screen_text


def canvas(app):
    return app.screen.query_one(PageCanvas)


def title(app):
    return str(app.screen.query_one(PagePane).border_title)


def source(app):
    return app.screen.query_one("#source").text


def page_in_view(app):
    """Shares of the page's width and height that are in view."""
    window = canvas(app).window
    left, top, right, bottom = window.region
    return min(1, (right - left) / window.width_pt), min(1, (bottom - top) / window.height_pt)


def box_in_view(app):
    left, top, right, bottom = canvas(app).window.region
    return left < 60 and top < 200 and bottom > 213 and right > 100


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (200, 60)])
async def test_p_shows_the_quotes_page_beside_the_answer(size):
    async with opened(FakeDesk(), size=size) as (press, app, _):
        await press("p")
        assert canvas(app).display
        assert box_in_view(app)
        assert title(app) == "引文 1 · p. 12 · 儿科学样章 · chapter7.pdf"
        assert "⣿" in screen_text(app)
        assert app.screen.query_one("#sheet").region.height > 2


@pytest.mark.parametrize("key", ["p", "escape"])
async def test_the_page_is_left_for_the_text(key):
    async with opened(FakeDesk()) as (press, app, _):
        await press("p", key)
        assert not app.screen.is_page_open
        assert "静脉缓慢注射" in source(app)
        assert app.focused is app.screen.query_one("#sheet")


async def test_plus_and_minus_change_the_size_and_0_goes_back_to_the_quote():
    async with opened(FakeDesk()) as (press, app, _):
        await press("p")
        at_first = canvas(app).window
        await press("+")
        assert canvas(app).window.column_pt < at_first.column_pt
        await press(*["-"] * 12)
        assert page_in_view(app) == (1, 1)
        assert "▀" in screen_text(app) or "▄" in screen_text(app)
        await press("0")
        assert canvas(app).window == at_first


@pytest.mark.parametrize(
    ("key", "edge", "grows"),
    [("right", 0, True), ("left", 0, False), ("down", 1, True), ("up", 1, False), ("pagedown", 1, True)],
)
async def test_arrows_move_the_page_that_is_looked_at(key, edge, grows):
    async with opened(FakeDesk()) as (press, app, _):
        await press("p", "right", "right", "down", "down")
        before, current = canvas(app).window.region[edge], app.screen._worklist.cursor
        await press(key)
        assert (canvas(app).window.region[edge] > before) is grows
        assert canvas(app).window.region[edge] != before
        assert app.screen._worklist.cursor == current


async def test_after_tab_the_arrows_move_along_the_queue_again():
    async with opened(FakeDesk()) as (press, app, _):
        await press("p", "shift+tab", "down")
        assert app.screen._worklist.cursor == 1


async def test_a_number_shows_the_page_of_that_quote():
    async with opened(FakeDesk()) as (press, app, _):
        await press("p", "2")
        assert title(app).startswith("引文 2 · p. 12")
        await press("9")
        assert title(app).startswith("引文 2 · p. 12")


async def test_quotes_of_one_page_are_drawn_from_one_picture():
    desk = FakeDesk()
    async with opened(desk) as (press, _, _):
        await press("p", "2", "1", "p", "p")
        assert desk.pages == [12]


async def test_a_decision_is_taken_with_the_page_open_and_the_next_items_page_comes():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        await press("p", "a")
        assert [decision.verdict for decision in desk.decisions] == [Verdict.ACCEPT]
        assert title(app).startswith("引文 1 · p. 15")
        assert box_in_view(app)


@pytest.mark.parametrize(("language", "said"), [("zh", "这段引文没有页面"), ("en", "This quote has no page")])
async def test_a_quote_without_a_page_says_so_above_its_text(language, said):
    desk = FakeDesk([(fake_desk.from_graph(), ())])
    async with opened(desk, language=language) as (press, app, _):
        await press("p")
        assert not app.screen.is_page_open
        assert said in source(app).replace("\n", "")
        assert "手足口病,has_symptom" in source(app)
        await press("p")
        assert said not in source(app).replace("\n", "")


async def test_after_an_item_without_a_page_the_next_one_is_shown_on_its_page():
    desk = FakeDesk([(fake_desk.from_graph(), ()), (fake_desk.rehydration(), ())])
    async with opened(desk) as (press, app, _):
        await press("p", "n")
        assert title(app).startswith("引文 1 · p. 5")
        assert app.screen.is_page_open


async def test_an_original_that_is_gone_is_told_with_what_to_do():
    desk = FakeDesk(no_picture=NoPicture("original_gone", "chapter7.pdf"))
    async with opened(desk) as (press, app, _):
        await press("p")
        assert not app.screen.is_page_open
        assert "重新导入" in source(app)
        assert "chapter7.pdf" in source(app)


async def test_a_corpus_that_is_busy_is_told():
    desk = FakeDesk()
    async with opened(desk) as (press, app, _):
        desk.fail_next = fake_desk.busy()
        await press("p")
        assert "页面读取失败" in source(app)


async def test_a_page_that_takes_long_keeps_no_decision_waiting():
    desk, may_go = FakeDesk(), Event()
    draw = desk.page_picture

    def slowly(evidence):
        assert may_go.wait(10)
        return draw(evidence)

    desk.page_picture = slowly
    async with opened(desk) as (_, _, pilot):
        await pilot.press("p", "a")
        for _ in range(200):
            await pilot.pause(0.01)
            if desk.decisions:
                break
        assert desk.decisions
        may_go.set()
        await settled(pilot)


async def test_the_view_fits_the_terminal_after_a_resize():
    async with opened(FakeDesk()) as (press, app, pilot):
        await press("p")
        await pilot.resize_terminal(80, 24)
        await press()
        window = canvas(app).window
        assert (window.columns, window.rows) == tuple(canvas(app).size)


async def test_the_wheel_moves_the_page():
    async with opened(FakeDesk()) as (press, app, pilot):
        await press("p")
        before = canvas(app).window.top
        await pilot._post_mouse_events([MouseScrollDown], PageCanvas)
        assert canvas(app).window.top > before


async def test_keys_of_the_page_do_nothing_while_it_is_closed():
    async with opened(FakeDesk()) as (press, app, _):
        await press("+", "0", "2", "right")
        assert not app.screen.is_page_open
        assert canvas(app).window is None
