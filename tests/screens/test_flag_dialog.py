from __future__ import annotations

import pytest

from pedcorpus.screens.flag_dialog import FlagDialog, Handover
from pedcorpus.screens.words import Words
from tests.screens.dialog_app import answer_of, opened

KNOWN = ("li", "zhang", "赵医生")


@pytest.mark.parametrize(
    ("keys", "handover"),
    [
        pytest.param(["enter", *"look", "enter"], Handover("", "look"), id="whoever-comes-next"),
        pytest.param(["down", "enter", *"look", "enter"], Handover("li", "look"), id="by-arrow"),
        pytest.param([*"ZH", "enter", *"look", "enter"], Handover("zhang", "look"), id="by-its-first-letters"),
        pytest.param(["赵", "enter", "看", "enter"], Handover("赵医生", "看"), id="by-a-chinese-letter"),
        pytest.param([*"chen", "enter", *"look", "enter"], Handover("chen", "look"), id="a-new-name"),
        pytest.param([*"zh", "enter", "up", *"li", "enter", *"x", "enter"], Handover("li", "x"), id="back-to-change"),
        pytest.param(["enter", *"look", "escape"], None, id="escape"),
    ],
)
async def test_a_colleague_and_a_note_are_chosen_with_keys(keys, handover):
    assert await answer_of(FlagDialog(KNOWN, Words("zh")), keys) == handover


async def test_letters_that_are_keys_of_the_review_are_written():
    keys = ["enter", *"aredfu", "question_mark", "slash", "enter"]
    assert await answer_of(FlagDialog(KNOWN, Words("en")), keys) == Handover("", "aredfu?/")


async def test_a_new_name_is_called_new_before_it_is_taken():
    async with opened(FlagDialog(KNOWN, Words("en")), [*"lu"]) as app:
        assert "lu (new: nobody reviewed under this name yet)" in app.text


async def test_an_empty_note_is_not_taken():
    async with opened(FlagDialog(KNOWN, Words("zh")), ["enter", "space", "enter"]) as app:
        assert "写一句再保存" in app.text


async def test_a_colleagues_name_is_no_markup():
    async with opened(FlagDialog(["[red]li[/red]\x1b[31m"], Words("zh")), []) as app:
        assert "[red]li[/red]␛[31m" in app.text
