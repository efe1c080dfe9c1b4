"""One screen as a process of its own, spoken to in packets as Textual's web driver does; knows no browser.

A packet is one letter, the length in four bytes (big endian) and so many bytes: `D` what a terminal reads or
writes, `M` a message in JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

__all__ = ["AppProcess", "Outcome", "Packet"]

Packet = tuple[bytes, bytes]

_PRELUDE = b"__GANGLION__\n"
_PRELUDE_LINES = 10
_START_S = 180.0
_ENDING_S = ((signal.SIGTERM, 4.0), (signal.SIGKILL, 8.0))
"""What follows when it has not left so many seconds after it was asked, or sent the signal before."""
_SAID_BYTES = 8192
_BACKLOG_BYTES = 1 << 20
"""What a process may leave unread before it counts as stuck."""
_MOST_BYTES = 1 << 24
"""Length of the longest packet that is believed."""


@dataclass(frozen=True)
class Outcome:
    """How a process ended."""

    code: int
    said: str
    """The end of its stderr."""


@dataclass
class AppProcess:
    """Starts a command, and ends it whatever happens; `command` is no shell's."""

    command: Sequence[str]
    _process: Process | None = None
    _said: bytearray = field(default_factory=bytearray)
    _listener: asyncio.Task[None] | None = None

    async def start(self, width: int, height: int) -> None:
        """Start it at the size of its terminal, in cells."""
        self._process = await asyncio.create_subprocess_exec(
            *self.command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=os.environ | _terminal(width, height),
            start_new_session=True,  # Ctrl-C of the server is the server's to pass on
        )
        self._listener = asyncio.create_task(self._listen())

    async def packets(self) -> AsyncIterator[Packet]:
        """What it sends, until it ends or sends something else."""
        stdout = self._running.stdout
        assert stdout is not None
        with suppress(asyncio.IncompleteReadError, ConnectionResetError, TimeoutError, ValueError):
            async with asyncio.timeout(_START_S):
                if not await _find_prelude(stdout):
                    return
            while True:
                kind = await stdout.readexactly(1)
                length = int.from_bytes(await stdout.readexactly(4), "big")
                if length > _MOST_BYTES:
                    return
                yield kind, await stdout.readexactly(length)

    def type(self, text: str) -> bool:
        """Hand it what somebody typed; whether it still listens."""
        return self._send(b"D", text.encode("utf-8", "replace"))

    def tell(self, kind: str, **values: int) -> bool:
        """Hand it a message; whether it still listens."""
        return self._send(b"M", json.dumps({"type": kind, **values}).encode())

    async def end(self) -> Outcome:
        """Have it end: asked, then told, then made to. Nobody may be reading its packets any more."""
        process = self._running
        emptying = asyncio.create_task(self._empty())
        self.tell("quit")
        for number, patience_s in _ENDING_S:
            if await self._has_ended(patience_s):
                break
            self._signal(number)
        code = await process.wait()
        emptying.cancel()
        if self._listener:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._listener, 1.0)
        return Outcome(code, self._said.decode("utf-8", "replace"))

    @property
    def pid(self) -> int:
        return self._running.pid

    @property
    def _running(self) -> Process:
        if self._process is None:
            raise RuntimeError("this process was not started")
        return self._process

    def kill(self) -> None:
        """End it at once."""
        if self._process and self._process.returncode is None:
            self._signal(signal.SIGKILL)

    async def _has_ended(self, patience_s: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._running.wait(), patience_s)
            return True
        return False

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._running.pid, number)

    def _send(self, kind: bytes, payload: bytes) -> bool:
        stdin = self._running.stdin
        assert stdin is not None
        if stdin.is_closing() or stdin.transport.get_write_buffer_size() > _BACKLOG_BYTES:
            return False
        stdin.write(kind + len(payload).to_bytes(4, "big") + payload)
        return True

    async def _empty(self) -> None:
        """Read on, so that it can write its last words and leave."""
        stdout = self._running.stdout
        assert stdout is not None
        while await stdout.read(1 << 16):
            pass

    async def _listen(self) -> None:
        """Keep the end of what it says on stderr."""
        stderr = self._running.stderr
        assert stderr is not None
        while said := await stderr.read(4096):
            self._said += said
            del self._said[:-_SAID_BYTES]


def _terminal(width: int, height: int) -> dict[str, str]:
    """The environment that makes a Textual app speak in packets."""
    return {
        "TEXTUAL_DRIVER": "pedcorpus.screens.browser_driver:BrowserDriver",
        "TEXTUAL_FPS": "60",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TERM_PROGRAM": "textual",
        "COLUMNS": str(width),
        "ROWS": str(height),
        "PYTHONUTF8": "1",
    }


async def _find_prelude(stdout: asyncio.StreamReader) -> bool:
    for _ in range(_PRELUDE_LINES):
        line = await stdout.readline()
        if line == _PRELUDE:
            return True
        if not line:
            return False
    return False
