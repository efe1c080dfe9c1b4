"""One browser's socket joined to one screen's process: what is drawn goes out, what is typed comes in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from pedcorpus.errors import ExitCode
from pedcorpus.web.app_process import AppProcess, Outcome
from pedcorpus.web.escapes import Drawing
from pedcorpus.web.open_screens import Ending, OpenScreen

__all__ = ["LONGEST_MESSAGE", "cells", "run_terminal"]

LONGEST_MESSAGE = 1 << 18
"""Bytes of one message from a browser at most: a pasted page or two."""
_SMALLEST, _LARGEST = 10, 1000
"""Columns or rows that are believed."""
_TOLD = (ExitCode.WRONG_USAGE, ExitCode.NOT_SOUND)
"""Exit codes of what ended on purpose, with its reason in one line."""
_TYPED = frozenset({"stdin", "resize", "focus", "blur", "ping"})


async def run_terminal(
    socket: web.WebSocketResponse, process: AppProcess, screen: OpenScreen, *, is_there: Callable[[], None]
) -> tuple[Ending, Outcome]:
    """Run until one side ends, or `screen` is asked to; then the process has ended, too.

    `is_there` is called when a key or the mouse was used.
    """
    drawing = asyncio.create_task(_draw(process, socket))
    typing = asyncio.create_task(_type(socket, process, is_there))
    try:
        sides: list[asyncio.Future[Any]] = [drawing, typing, screen.asked]
        await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
        ended = {task for task in (drawing, typing) if task.done()}
        await _stop(drawing, typing)
        outcome = await process.end()
    finally:
        process.kill()
        await _stop(drawing, typing)
    if screen.asked.done():
        return screen.asked.result(), outcome
    if typing in ended and not typing.exception():
        return typing.result(), outcome
    if socket.closed:
        return Ending.LOST, outcome
    if outcome.code in _TOLD:
        return Ending.NOT_OPENED, outcome
    has_left = drawing in ended and not drawing.exception() and drawing.result()
    return (Ending.LEFT if has_left and outcome.code == 0 else Ending.CRASHED), outcome


async def _stop(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _draw(process: AppProcess, socket: web.WebSocketResponse) -> bool:
    """Send on what the process draws; whether it said that it leaves."""
    drawing = Drawing()
    async for kind, payload in process.packets():
        if kind == b"D":
            if drawn := drawing.passed(payload):
                await socket.send_bytes(drawn)
        elif kind == b"M":
            told = json.loads(payload)
            if told.get("type") == "exit":
                return True
            if url := _page_asked_for(told):
                await socket.send_json(["open_url", {"url": url, "new_tab": True}])
    return False


def _page_asked_for(told: dict[str, Any]) -> str:  # JSON values
    """The address of a page's picture on this server; nothing else is ever opened."""
    url = str(told.get("url", ""))
    return url if told.get("type") == "open_url" and url.startswith("/page/") else ""


async def _type(socket: web.WebSocketResponse, process: AppProcess, is_there: Callable[[], None]) -> Ending:
    """Hand on what the browser sends, until it is gone or sends nonsense."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            return Ending.NOT_UNDERSTOOD
        try:
            kind, *values = json.loads(message.data)
            if kind not in _TYPED:
                return Ending.NOT_UNDERSTOOD
            if kind == "ping":
                await socket.send_json(["pong", str(values[0])[:40]])
            elif not _hand_on(kind, values, process):
                return Ending.CRASHED
        except (ValueError, TypeError, KeyError, IndexError, RecursionError):
            return Ending.NOT_UNDERSTOOD
        if kind == "stdin":
            is_there()
    return Ending.LOST


def _hand_on(kind: str, values: list[Any], process: AppProcess) -> bool:  # JSON values
    if kind == "stdin":
        if not isinstance(values[0], str):
            raise TypeError
        return process.type(values[0])
    if kind == "resize":
        return process.tell("resize", width=cells(values[0]["width"]), height=cells(values[0]["height"]))
    return process.tell(kind)


def cells(value: object) -> int:
    """Columns or rows that a browser asks for, within reason.

    Raises:
        ValueError: that is no number.
    """
    if not isinstance(value, (int, str)):
        raise ValueError(f"{value!r} is no number of cells")
    return min(max(int(value), _SMALLEST), _LARGEST)
