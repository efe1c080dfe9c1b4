from __future__ import annotations

from contextlib import asynccontextmanager

from rich.text import Text
from textual.app import App

from pedcorpus.screens.field_editor import FieldEditor

LONG = "小儿肺炎的护理要点包括保持呼吸道通畅、合理喂养与观察病情变化。" * 650


@asynccontextmanager
async def editing(text):
    class EditorApp(App[None]):
        def compose(self):
            yield FieldEditor(text, has_lines=True)

    async with EditorApp().run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        yield pilot, pilot.app.query_one(FieldEditor)


def shown(app):
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_what_is_typed_into_20000_characters_stands_at_the_cursor():
    async with editing(LONG) as (pilot, editor):
        await pilot.press("新", "字", "left", "left", "x")
        assert editor.text == f"{LONG}x新字"
        assert "x新字" in shown(pilot.app)


async def test_a_key_in_20000_characters_divides_them_a_few_times_not_once_a_row(monkeypatch):
    divisions = []
    divide = Text.divide
    monkeypatch.setattr(Text, "divide", lambda line, offsets: (divisions.append(line), divide(line, offsets))[1])
    async with editing(LONG) as (pilot, _):
        divisions.clear()
        await pilot.press("x")
        await pilot.pause()
        assert 1 <= len([line for line in divisions if len(line) > 20_000]) <= 5


async def test_text_that_was_pasted_over_a_selection_is_drawn_in_its_place():
    async with editing("地西泮0.3 mg/kg") as (pilot, editor):
        editor.select_all()
        await pilot.pause()
        editor.replace("咪达唑仑", *editor.selection)
        await pilot.pause()
        assert "咪达唑仑" in shown(pilot.app)
        assert "地西泮" not in shown(pilot.app)
