from __future__ import annotations

import asyncio
import sys

from pedcorpus.web.app_process import AppProcess

APP = "from textual.app import App; App().run()"


async def opened() -> AppProcess:
    """An empty app that has drawn itself."""
    process = AppProcess([sys.executable, "-c", APP])
    await process.start(80, 24)
    async for kind, _ in process.packets():
        assert kind == b"D"
        break
    return process


async def test_a_screen_ends_when_nobody_can_type_any_more() -> None:
    process = await opened()
    process._running.stdin.close()  # as when its server was killed
    assert await asyncio.wait_for(process._running.wait(), 20) == 0
    assert (await process.end()).said == ""


async def test_a_screen_ends_when_it_is_asked() -> None:
    process = await opened()
    outcome = await process.end()
    assert (outcome.code, outcome.said) == (0, "")
