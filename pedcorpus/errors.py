"""What can go wrong, as one tree, and the exit code each kind ends the program with.

PedcorpusError
├── UsageError          the command or its arguments cannot be carried out as given
│   ├── SettingsError   pedcorpus.toml, a declaration or a recipe holds wrong values
│   ├── MissingExtra    an optional part of the package is not installed
│   ├── EndpointError   a language model's server cannot be used: wrong key or model, no quota, no answer
│   └── DecidedMeanwhile  somebody else settled an item before a reviewer's own decision came
├── InputError          one file or row cannot be used; the rest of the batch goes on
├── CorpusError         the corpus file is not sound, or cannot be used now
│   └── CorpusBusy      another process held the corpus longer than we waited
├── WorkerLost          an item ended the worker that it ran on
├── StoreError          replies of language models cannot be kept or read back
├── ExportError         an export is not sound
├── PushError           a version could not be sent
└── TrainingHalted      training could not go on; what was kept can be gone on from
    ├── TrainingDiverged  its losses or weights are no numbers any more
    └── TrainingStopped   somebody asked for it
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import ClassVar, Literal

__all__ = [
    "CorpusBusy",
    "CorpusError",
    "CorpusTrouble",
    "DecidedMeanwhile",
    "EndpointError",
    "ExitCode",
    "ExportError",
    "InputError",
    "MissingExtra",
    "PedcorpusError",
    "PushError",
    "SettingsError",
    "StoreError",
    "TrainingDiverged",
    "TrainingHalted",
    "TrainingStopped",
    "UsageError",
    "WorkerLost",
]


class ExitCode(IntEnum):
    """How a command ended; scripts rely on these."""

    DONE = 0
    SOME_FAILED = 1
    WRONG_USAGE = 2
    NOT_SOUND = 3
    STOPPED = 75
    """Asked to stop by SIGTERM: what was done is kept, and the command can be gone on with."""
    INTERRUPTED = 130


class PedcorpusError(Exception):
    """Anything this package raises on purpose; its text is one line fit to be shown."""

    exit_code: ClassVar[ExitCode] = ExitCode.NOT_SOUND


class UsageError(PedcorpusError):
    """Raised when a command cannot be carried out as it was given."""

    exit_code = ExitCode.WRONG_USAGE


class SettingsError(UsageError):
    """Raised when a settings file, declaration or recipe holds wrong values; lists all of them."""

    def __init__(self, path: Path | str, problems: Sequence[str]) -> None:
        super().__init__("\n".join(f"{path}: {problem}" for problem in problems))
        self.path = path
        self.problems = tuple(problems)


class MissingExtra(UsageError):
    """Raised when a feature needs an optional part of the package that is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs the [{extra}] extra; run: pip install 'pedcorpus[{extra}]'")
        self.extra = extra


class EndpointError(UsageError):
    """Raised when a language model's server cannot be used as it is configured; what was paid for is kept."""


class DecidedMeanwhile(UsageError):
    """Raised when an item was settled since the reviewer read it; their own decision was not stored."""

    def __init__(self, instruction: str, by: Sequence[str]) -> None:
        """`by` are the reviewers whose decisions settled it."""
        names = " and ".join(by)
        super().__init__(f"{instruction} was decided by {names} meanwhile; your decision was not stored: read it again")
        self.instruction = instruction
        self.by = tuple(by)


class InputError(PedcorpusError):
    """Raised when one file or row cannot be used; it is stored as a failure and the batch goes on."""

    exit_code = ExitCode.SOME_FAILED

    def __init__(self, where: str, reason: str, detail: str) -> None:
        """`where` names the file and place, `reason` is a stable code, `detail` says found, expected, next step.

        What a file holds may stand in `detail`, line breaks and all; the message is one line.
        """
        detail = " ".join(detail.split())
        super().__init__(f"{where}: {detail}")
        self.where = where
        self.reason = reason
        self.detail = detail


CorpusTrouble = Literal["busy", "gone", "read_only", "full", "memory", "damaged", "foreign", "newer", "older", "other"]
"""What keeps a corpus from being used, as a stable code: screens say it in the reader's language."""


class CorpusError(PedcorpusError):
    """Raised when the corpus file is not sound, cannot be used now, or was made by a newer version."""

    def __init__(self, message: str, *, trouble: CorpusTrouble = "other") -> None:
        """`trouble` says of what kind it is; `message` says the rest."""
        super().__init__(message)
        self.trouble = trouble


class CorpusBusy(CorpusError):
    """Raised when another process held the corpus for longer than we were willing to wait."""

    def __init__(self, message: str) -> None:
        """`message` says by whom, where that is known."""
        super().__init__(message, trouble="busy")


class StoreError(PedcorpusError):
    """Raised when replies of language models cannot be kept or read back: full disk, damaged file."""


class WorkerLost(PedcorpusError):
    """Raised when an item ended its worker, on its own and tried again; what was finished before is stored."""

    def __init__(self, worker: str) -> None:
        """`worker` names what was lost."""
        super().__init__(f"{worker} ended on its own; what was done is stored: run the command again to go on")


class ExportError(PedcorpusError):
    """Raised when an export does not hold what its manifest says."""


class PushError(PedcorpusError):
    """Raised when a version could not be sent to where it was meant to go; the version itself is as it was."""


class TrainingHalted(PedcorpusError):
    """Raised when training cannot go on, with the last good checkpoint named: full disk, no memory."""


class TrainingDiverged(TrainingHalted):
    """Raised when losses or weights are no numbers any more; no checkpoint of them is made."""


class TrainingStopped(TrainingHalted):
    """Raised when training was asked to stop: a checkpoint was made, where a step had been done."""

    exit_code = ExitCode.STOPPED
