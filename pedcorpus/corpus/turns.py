"""Turns at a file among processes and threads: any number of readers or one writer, in the order in which they came.

The kernel keeps the order and wakes who is next, and what it holds for a process that was killed is free at once. Two
files beside the corpus stand for it: who has taken `.queue` is next, and lets it go on taking `.turn`, so that a writer
who waits for readers to end keeps new ones behind itself. They hold nothing and are never deleted: whoever deletes a
lock file splits those who wait from those who come.

Where there are no such locks (Windows, a folder that cannot be written, some network drives) every turn is granted at
once, and the file's own lock decides, which is tried again and again by those who open it.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["Turns"]


class Turns:
    """The turns at one file."""

    def __init__(self, path: Path) -> None:
        self._queue = path.with_name(f"{path.name}.queue")
        self._turn = path.with_name(f"{path.name}.turn")

    @contextmanager
    def taken(self, *, shared: bool, deadline: float) -> Iterator[bool]:
        """Hold a turn, beside other `shared` ones or alone; whether it had to be waited for.

        `deadline` is of the monotonic clock.

        Raises:
            TimeoutError: it had not come by then.
        """
        with (
            _held(self._queue, deadline, shared=False) as next_in_line,
            _held(self._turn, deadline, shared=shared) as turn,
        ):
            next_in_line.let_go()
            yield next_in_line.was_waited_for or turn.was_waited_for


@contextmanager
def _held(path: Path, deadline: float, *, shared: bool) -> Iterator[_Lock]:
    lock = _Lock(path)
    lock.take(deadline, shared=shared)
    try:
        yield lock
    finally:
        lock.let_go()


class _Lock:
    """A lock of the kernel's on an open file; none where none is to be had."""

    def __init__(self, path: Path) -> None:
        self._handle = _opened(path)
        self.was_waited_for = False

    def take(self, deadline: float, *, shared: bool) -> None:
        """Wait for it until `deadline` of the monotonic clock.

        Raises:
            TimeoutError: it was not free by then.
        """
        if self._handle is None:
            return
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self._handle, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            self.was_waited_for = True
            waiter = _Waiter(self._handle, mode)
            self._handle = None  # from now on the waiter's
            self._handle = waiter.result(deadline)
        except OSError:  # this drive has no such locks
            self.let_go()

    def let_go(self) -> None:
        """Free it; nothing happens where it is not held."""
        if self._handle is not None:
            _close(self._handle)
            self._handle = None


class _Waiter(threading.Thread):
    """Waits in the kernel, which knows no time-out: who gives up leaves it behind, and it frees what it gets."""

    def __init__(self, handle: int, mode: int) -> None:
        super().__init__(name="turn at the corpus", daemon=True)
        self._handle, self._mode = handle, mode
        self._settling = threading.Lock()
        self._is_over = threading.Event()
        self._is_given_up = False
        self.start()

    def run(self) -> None:
        with suppress(OSError):  # no such locks here after all: the turn is granted
            fcntl.flock(self._handle, self._mode)
        with self._settling:
            if self._is_given_up:
                _close(self._handle)
            self._is_over.set()

    def result(self, deadline: float) -> int:
        """The file with the lock on it.

        Raises:
            TimeoutError: it was not free by `deadline`.
        """
        try:
            self._is_over.wait(max(deadline - time.monotonic(), 0))
        except BaseException:
            if not self._give_up():
                _close(self._handle)
            raise
        if self._give_up():
            raise TimeoutError
        return self._handle

    def _give_up(self) -> bool:
        """Whether there was a wait to give up: a lock that came in the last moment is ours."""
        with self._settling:
            self._is_given_up = not self._is_over.is_set()
            return self._is_given_up


def _opened(path: Path) -> int | None:
    """A colleague's lock file may be read only, and serves as well."""
    if fcntl is None:
        return None
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        with suppress(OSError):
            return os.open(path, flags | os.O_CLOEXEC, 0o666)
    return None


def _close(handle: int) -> None:
    """A process that was forked off may hold the file open too: closing alone would leave the lock to it."""
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_UN)
    os.close(handle)
