from __future__ import annotations

import pytest

from pedcorpus.screens.dialogs import ReasonDialog
from pedcorpus.screens.help_dialog import HelpDialog
from pedcorpus.screens.words import Words
from tests.screens.dialog_app import answer_of, opened

FORTY = {f"reason_{place}": {"zh": f"原因{place}", "en": f"reason {place}"} for place in range(1, 41)}


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        pytest.param(["3"], "reason_3", id="a-number"),
        pytest.param(["３"], "reason_3", id="a-number-of-a-chinese-input-method"),
        pytest.param(["0"], "reason_10", id="the-tenth"),
        pytest.param(["c"], "reason_13", id="letters-go-on"),
        pytest.param([*["down"] * 39, "enter"], "reason_40", id="beyond-all-keys"),
        pytest.param(["escape"], None, id="none"),
    ],
)
async def test_each_of_many_reasons_can_be_chosen(keys, reason):
    assert await answer_of(ReasonDialog(FORTY, Words("zh")), keys) == reason


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_help_stands_whole_on_80_by_24(language):
    words = Words(language)
    async with opened(HelpDialog(words), []) as app:
        shown = app.text
        assert all(line.removeprefix("# ") in shown for line in words("help.text").split("\n"))
