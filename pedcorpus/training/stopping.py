"""SIGTERM while training: what is under way is finished and kept, then the program ends with a code of its own.

A scheduler sends it before it takes a machine away. Ctrl-C is not held up: what was kept last can be gone on from.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pedcorpus.errors import TrainingStopped

__all__ = ["Stop", "stopping"]


class Stop:
    """Whether this process was asked to stop, and whether it may do so at once."""

    def __init__(self) -> None:
        self.is_asked = False
        self.is_stepping = False
        """Between two checkpoints: whoever steps looks at `is_asked` after each step."""

    def ask(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Stop after this step, or now if none is under way.

        Raises:
            TrainingStopped: none is.
        """
        self.is_asked = True
        if not self.is_stepping:
            raise TrainingStopped("stopped before the first step")


@contextmanager
def stopping() -> Iterator[Stop]:
    """SIGTERM asks to stop until the block ends; outside the main thread signals stay as they are."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGTERM, stop.ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, before)
