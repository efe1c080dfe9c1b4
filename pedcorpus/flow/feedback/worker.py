"""Takes feedback in beside a server: a thread that waits to be woken, and runs the command in a process of its own.

A process, because reading and checking would hold up the replies that the server makes, and because it can be stopped
at any time: what it has not finished waits on.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType

from pedcorpus.errors import CorpusError
from pedcorpus.flow.feedback.waiting import waiting_files
from pedcorpus.settings import Workspace

__all__ = ["FeedbackWorker"]

_LEAVING_S = 5.0
"""Seconds that a process has to end after it was told to."""


class FeedbackWorker:
    """Takes in what waits when it starts and whenever it is woken; where that fails, again later."""

    def __init__(
        self,
        workspace: Workspace,
        command: Sequence[str],
        *,
        tell: Callable[[str], None],
        retry_s: tuple[float, float] = (5.0, 120.0),
    ) -> None:
        """`command` takes in what waits; `tell` hears why it could not, once until it could; `retry_s` is the pause
        after the first failure, and the longest one.
        """
        self._workspace, self._command, self._tell = workspace, command, tell
        self._shortest_s, self._longest_s = retry_s
        self._woken, self._stopping = threading.Event(), threading.Event()
        self._starting = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._run, name="pedcorpus-feedback", daemon=True)

    def __enter__(self) -> FeedbackWorker:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._starting:
            self._stopping.set()
        self._woken.set()
        for number in (signal.SIGTERM, signal.SIGKILL):
            self._signal(number)
            self._thread.join(_LEAVING_S)

    def wake(self) -> None:
        """Something waits; may be called from any thread."""
        self._woken.set()

    def _run(self) -> None:
        pause_s = 0.0
        while not self._stopping.wait(pause_s):
            self._woken.clear()  # whoever comes from here on wakes it again
            trouble = self._trouble()
            if trouble and not pause_s:
                self._tell(f"feedback waits and is tried again: {trouble}")
            pause_s = min(max(2 * pause_s, self._shortest_s), self._longest_s) if trouble else 0.0
            if not trouble:
                self._woken.wait()

    def _trouble(self) -> str:
        """Takes in what waits; why that failed, or nothing."""
        try:
            before = waiting_files(self._workspace)
            said = self._said() if before else ""
            left = set(before) & set(waiting_files(self._workspace))
        except (CorpusError, OSError) as error:
            return str(error)
        return (said or "no reason is known") if left and not self._stopping.is_set() else ""

    def _said(self) -> str:
        """Runs the command; its last words."""
        with self._starting:
            if self._stopping.is_set():
                return ""
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,  # Ctrl-C of the server is the server's to pass on
            )
        said: str = self._process.communicate()[1]
        return said.strip().rpartition("\n")[2].removeprefix("error ")

    def _signal(self, number: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
