"""Which of a run's processes this is: torchrun starts them, the first one keeps the record, all train.

torchrun's variables are read without torch; what is said between processes needs it.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

__all__ = [
    "Process",
    "first_before_others",
    "join_others",
    "tell_launcher",
    "this_process",
    "told_by_first",
    "wait_for_all",
]

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Process:
    """One of those that train together."""

    index: int
    count: int

    @property
    def is_first(self) -> bool:
        """Whether it is the one that writes the run's record."""
        return self.index == 0

    @property
    def is_alone(self) -> bool:
        return self.count == 1

    def __str__(self) -> str:
        return f"process {self.index} of {self.count}"


def this_process() -> Process:
    """This one, as torchrun's variables say; alone where there are none."""
    return Process(int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1")))


def join_others(*, use_cpu: bool) -> None:
    """Connects this process to the others, and waits until each has come here."""
    if this_process().is_alone:
        return
    from accelerate import PartialState

    PartialState(cpu=use_cpu).wait_for_everyone()


def told_by_first(value: _Value) -> _Value:
    """What the first process gives here; every process has to ask, in the same order."""
    if this_process().is_alone:
        return value
    from accelerate.utils import broadcast_object_list

    told: list[_Value] = broadcast_object_list([value])
    return told[0]


def wait_for_all() -> None:
    """Until each process has come here."""
    if this_process().is_alone:
        return
    from accelerate import PartialState

    PartialState().wait_for_everyone()


@contextmanager
def first_before_others() -> Iterator[None]:
    """The first process does what is in the block while the others wait; they do it when it is done."""
    if not this_process().is_first:
        wait_for_all()
    yield
    if this_process().is_first:
        wait_for_all()


def tell_launcher(message: str) -> None:
    """Why this process ends, for torchrun, which tells the first reason of all."""
    if path := os.environ.get("TORCHELASTIC_ERROR_FILE"):
        Path(path).write_text(json.dumps({"message": message, "timestamp": int(time.time())}), encoding="utf-8")
