"""An app that shows one dialog over nothing, and what it answered."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from textual.app import App
from textual.screen import ModalScreen

import pedcorpus.screens

NOTHING = object()


class DialogApp(App[None]):
    """Ends with the dialog."""

    CSS_PATH = Path(pedcorpus.screens.__file__).with_name("review.tcss")

    def __init__(self, dialog: ModalScreen) -> None:
        super().__init__()
        self.dialog = dialog
        self.answer: object = NOTHING

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self._answered)

    @property
    def text(self) -> str:
        """What is on screen."""
        return "\n".join(strip.text for strip in self.screen._compositor.render_strips())

    def _answered(self, answer: object) -> None:
        self.answer = answer


@asynccontextmanager
async def opened(dialog: ModalScreen, keys: Sequence[str], *, size: tuple[int, int] = (80, 24)):
    """The dialog after `keys`; gives the app."""
    app = DialogApp(dialog)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        yield app


async def answer_of(dialog: ModalScreen, keys: Sequence[str]) -> object:
    """What the dialog answers to `keys`; `NOTHING` while it is open."""
    async with opened(dialog, keys) as app:
        return app.answer
