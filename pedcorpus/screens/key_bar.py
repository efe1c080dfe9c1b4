"""The line of keys at the foot of a screen; each hint can be clicked instead."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

__all__ = ["KeyBar", "KeyHint"]


class KeyHint(Static):
    """One key with its word."""

    DEFAULT_CSS = "KeyHint { padding-right: 1; }"

    def __init__(self, key: str, word: str, action: str) -> None:
        super().__init__(Content.assemble((f" {key} ", "$footer-key-foreground bold"), word))
        self._action = action

    async def on_click(self, event: Click) -> None:
        event.stop()
        await self.screen.run_action(self._action)


class KeyBar(Horizontal):
    """Hints side by side: (key, word, action) each."""

    def __init__(self, hints: Sequence[tuple[str, str, str]], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._hints = hints

    def compose(self) -> ComposeResult:
        for hint in self._hints:
            yield KeyHint(*hint)
