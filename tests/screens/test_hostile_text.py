"""Whatever a source, a colleague or an error says is text on every screen: no markup, no link, no command."""

from __future__ import annotations

import re
import unicodedata

import pytest
from rich.cells import cell_len
from textual.drivers.headless_driver import HeadlessDriver

from pedcorpus.errors import CorpusError
from pedcorpus.records import Verdict
from pedcorpus.review import EvidenceContext, ReviewItem, build_decision
from tests.screens import fake_desk
from tests.screens.fake_desk import NOON, FakeDesk, finding, made, quote
from tests.screens.test_review_screen import opened, screen_text

MARKUP = "[@click=app.quit]按[/] [link=javascript:alert(1)]看[/link] [red]红[/red] <script>x</script>"
COMMANDS = "\x1b[7777m\x1b]8;;https://evil.example\x1b\\链\x1b]52;c;cHduZWQ=\x07\x9b7777m\x9d52;c;eA==\x9c\x1bPq\x1b\\"
BIDI = "\u202e\u2066反\u2069\u200f\u061c"
HOSTILE = f"{MARKUP} {COMMANDS} {BIDI}"

_OF_THE_APP = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]22;[a-z-]*\x07")
"""Colours, places, modes; and the shape of the mouse."""


class HostileDesk(FakeDesk):
    """Every word on it comes from an enemy."""

    def _item(self, instruction_id: str) -> ReviewItem:
        item = super()._item(instruction_id)
        contexts = [
            EvidenceContext(
                evidence=context.evidence,
                source=context.source.model_copy(update={"title": HOSTILE, "edition": HOSTILE}),
                document=context.document.model_copy(update={"path": HOSTILE}),
                text=context.text,
                start=context.start,
                end=context.end,
            )
            for context in item.contexts
        ]
        return ReviewItem(item.instruction, item.status, item.findings, item.decisions, tuple(contexts))


def desk() -> HostileDesk:
    record = made(
        "medkqa",
        topic=HOSTILE,
        question=HOSTILE,
        aspect="other",
        answer=HOSTILE,
        license=HOSTILE,
        evidence=[quote(HOSTILE, passage=HOSTILE, section=HOSTILE)],
    )
    told = finding(record, "error", "unheard_of", HOSTILE, path="answer", start=3, end=30)
    flagged = build_decision(record, Verdict.FLAG, reviewer=HOSTILE, at=NOON, note=HOSTILE)
    items = [(record, (told,)), *fake_desk.sample_items()]
    return HostileDesk(items, reviewer=HOSTILE, known=(HOSTILE, "li"), decisions=[flagged], verdicts=(told,))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a terminal would be sent."""
    sent: list[str] = []
    monkeypatch.setattr(HeadlessDriver, "is_headless", False)
    monkeypatch.setattr(HeadlessDriver, "write", lambda _, data: sent.append(data))
    return sent


def harm_in(sent: list[str]) -> set[str]:
    """Characters that a terminal would obey and the app did not send itself."""
    said = _OF_THE_APP.sub("", "".join(sent).replace("\x1b[7777m", "\x00"))
    return {character for character in said if unicodedata.category(character) in ("Cc", "Cf", "Cs")} - {"\n", "\r"}


@pytest.mark.parametrize(
    ("language", "keys"),
    [
        ("zh", ("j", "k", "p", "p", "question_mark", "escape", "t", "s", "escape", "left_square_bracket")),
        ("en", ("r", "escape", "f", "l", "escape", "escape", "slash", *"[@click=x]", "enter", "escape", "a", "u", "d")),
        ("zh", ("f", "escape", "r", "escape", "e", "tab", *"[b]", "ctrl+s")),
    ],
    ids=["looking", "deciding", "editing"],
)
async def test_no_screen_obeys_a_text(terminal: list[str], keys: tuple[str, ...], language: str) -> None:
    async with opened(desk(), language=language) as (press, app, _):
        await press(*keys)
        assert app.is_running
        assert app._exit is False
    assert len("".join(terminal)) > 5000, "something was drawn"
    assert not harm_in(terminal)


async def test_markup_stands_on_the_screen_as_it_stands_in_the_text(terminal: list[str]) -> None:
    async with opened(desk(), size=(200, 60)) as (_, app, _pilot):
        shown = re.sub(r"\s+", "", screen_text(app))
        for each in ("[@click=app.quit]按[/]", "[red]红[/red]", "<script>x</script>", "␛[7777m", "␛]52;c;cHduZWQ=␇"):
            assert each in shown


async def test_nothing_in_a_text_can_be_clicked(terminal: list[str]) -> None:
    async with opened(desk()) as (press, app, pilot):
        for strip in app.screen._compositor.render_strips():
            for segment in strip:
                assert segment.style is None or (segment.style.link is None and "@click" not in segment.style.meta)
        for row, line in enumerate(screen_text(app).splitlines()):
            if "click=" in line:
                await pilot.click(offset=(cell_len(line[: line.index("click=")]), row))
        await press()
        assert app.is_running


async def test_an_error_that_quotes_a_text_is_text(terminal: list[str]) -> None:
    failing = desk()
    async with opened(failing) as (press, app, _):
        failing.fail_next = CorpusError(HOSTILE)
        await press("d")
        assert "[@click=app.quit]" in screen_text(app)
    assert not harm_in(terminal)
