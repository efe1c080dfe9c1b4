"""Run folders: what was trained, from what, and what came out of it; knows nothing of how training is done.

runs/0001-v1/
  run.json, README.md            this record, and the same told in Markdown; written anew after every phase
  base/                          the tiny model, where none was given
  cpt/ sft/ dfpo/ mue/           model/ or adapter/, recipe.yaml, metrics.jsonl, loss.png, tensorboard/;
                                 checkpoints/ until it is done; gates.jsonl, gates.json, gates.png of a mixture
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from pedcorpus.errors import UsageError
from pedcorpus.records import Record

__all__ = [
    "BASE_FOLDER",
    "Converted",
    "Downloaded",
    "HeldOut",
    "PhaseRecord",
    "Resumption",
    "Run",
    "RunRecord",
    "RunState",
    "find_run",
    "list_runs",
    "new_run_folder",
    "newest_run",
    "open_run",
    "path_from",
    "write_record",
]

RUN_FILE = "run.json"
BASE_FOLDER = "base"
_LOCK = ".lock"

RunState = Literal["running", "finished", "interrupted", "failed"]


class HeldOut(Record):
    """What a phase makes of rows that it does not train on."""

    part: str
    """`text` and `instruction` in pre-training, else `all`."""
    rows: int
    first_perplexity: float
    """When it was first measured: before the first step in pre-training."""
    last_perplexity: float


class PhaseRecord(Record):
    """One finished phase."""

    phase: str
    output: str
    """Folder of what was trained, inside the run folder."""
    adapter: bool
    """Whether it is an adapter, to be loaded on the model that the phase started from."""
    rows: int
    """Rows of the view that a pass trains on."""
    parts: dict[str, int] = Field(default_factory=dict)
    """How many of each kind or task; empty where the view does not tell."""
    steps: int
    """Optimiser steps."""
    first_loss: float | None
    """Mean over the first logging interval."""
    last_loss: float | None
    """Mean over the last logging interval."""
    held_out: tuple[HeldOut, ...] = ()
    trainable: int
    """Parameters that were trained."""
    parameters: int
    """All parameters, an adapter's included."""
    seed: int
    seconds: float
    """Time of the phase, loading and saving included."""


class Resumption(Record):
    """One time that a run was gone on with."""

    phase: str
    step: int
    """Steps of the phase that were done; 0 where it began anew."""


class Converted(Record):
    """The GGUF file that a run's first model was made from."""

    file: str
    """From the run folder."""
    sha256: str


class Downloaded(Record):
    """The model of the Hugging Face Hub that a run starts from."""

    repository: str
    """`org/name`."""
    commit: str


class RunRecord(Record):
    """What `run.json` holds."""

    id: str
    state: RunState
    """`running` in a run that is not running any more means that it was killed."""
    reason: str = ""
    """Why it did not finish."""
    export: str
    """Folder of the export, from the run folder."""
    export_version: str
    export_sha256: str
    """Of the export's manifest."""
    start: str
    """Folder of the model that the first phase started from, from the run folder."""
    converted_from: Converted | None = None
    """Where that is a GGUF file's, made into a folder when the run began."""
    downloaded: Downloaded | None = None
    """Where that is one of the Hub's."""
    parent: str | None = None
    """Run whose output that is, if it is one's."""
    phases: tuple[str, ...] = Field(min_length=1)
    """Phases asked for, in order."""
    finished: tuple[PhaseRecord, ...] = ()
    resumed: tuple[Resumption, ...] = ()
    """Each time that it was gone on with, in order."""
    versions: dict[str, str] = Field(default_factory=dict)
    """Of the packages that trained."""
    hardware: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """A run folder and its record."""

    root: Path
    record: RunRecord

    @property
    def model_path(self) -> Path:
        """Folder of the newest whole model: what the next phase starts from, and what the adapter goes on."""
        models = [phase for phase in self.record.finished if not phase.adapter]
        return self.root / models[-1].output if models else self.start_path

    @property
    def export_path(self) -> Path:
        """Folder of the export that it is trained from."""
        return _resolved(self.root, self.record.export)

    @property
    def start_path(self) -> Path:
        """Folder of the model that its first phase starts from."""
        return _resolved(self.root, self.record.start)

    @property
    def makes_base(self) -> bool:
        """Whether that is a model that it made itself, tiny or converted."""
        return self.start_path == self.root / BASE_FOLDER

    @property
    def gguf_path(self) -> Path | None:
        """The file that it was converted from, if any."""
        converted = self.record.converted_from
        return _resolved(self.root, converted.file) if converted else None

    @property
    def is_unfinished(self) -> bool:
        """Whether there is something to go on with, and nobody does."""
        return self.record.state != "finished" and not self.is_under_way

    @property
    def is_under_way(self) -> bool:
        """Whether a process trains in it now."""
        try:
            with (self.root / _LOCK).open("r") as handle:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else trains in it until the block ends.

        Raises:
            UsageError: somebody does.
        """
        with (self.root / _LOCK).open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise UsageError(f"{self.root}: is being trained by another process") from error
            yield

    @property
    def adapter_path(self) -> Path | None:
        """Folder of the adapter that was trained on `model_path`; none when the last phase trained a whole model."""
        last = self.record.finished[-1] if self.record.finished else None
        return self.root / last.output if last is not None and last.adapter else None


def list_runs(runs_dir: Path) -> tuple[Run, ...]:
    """All runs, oldest first; folders without a readable record are not runs."""
    if not runs_dir.is_dir():
        return ()
    records = ((path, _read(path / RUN_FILE)) for path in sorted(runs_dir.iterdir(), key=_age))
    return tuple(Run(path, record) for path, record in records if record is not None)


def newest_run(runs_dir: Path) -> Run | None:
    """The newest run that has finished a phase; none when there is none."""
    return next((run for run in reversed(list_runs(runs_dir)) if run.record.finished), None)


def open_run(root: Path) -> Run:
    """The run in the folder `root`.

    Raises:
        UsageError: there is none.
    """
    record = _read(root / RUN_FILE)
    if record is None:
        raise UsageError(f"{root}: is no run folder; `{RUN_FILE}` is missing or not readable")
    return Run(root, record)


def find_run(runs_dir: Path, name: str) -> Run:
    """The run called `name`, or in the folder `name`.

    Raises:
        UsageError: there is none.
    """
    return open_run(runs_dir / name if (runs_dir / name).is_dir() else Path(name))


def new_run_folder(runs_dir: Path, version: str) -> Path:
    """Makes `0002-<version>` after `0001-…`; two processes never get the same number."""
    runs_dir.mkdir(parents=True, exist_ok=True)
    with _locked(runs_dir / ".lock"):
        number = max((_age(path)[0] for path in runs_dir.iterdir()), default=0) + 1
        folder = runs_dir / f"{number:04d}-{version}"
        folder.mkdir()
    return folder


def write_record(run: Run) -> None:
    """Writes `run.json` whole or not at all."""
    draft = run.root / f".{RUN_FILE}"
    draft.write_text(run.record.model_dump_json(indent=2) + "\n", encoding="utf-8")
    draft.replace(run.root / RUN_FILE)


def path_from(root: Path, path: Path) -> str:
    """`path` as a record of the run in `root` holds it: relative, so that a workspace can be moved."""
    return Path(os.path.relpath(path.resolve(), root.resolve())).as_posix()


def _resolved(root: Path, stored: str) -> Path:
    return Path(os.path.normpath(root / stored))


def _read(path: Path) -> RunRecord | None:
    try:
        return RunRecord.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _age(path: Path) -> tuple[int, str]:
    """Number and name of a run folder, for sorting; 0 for what is none."""
    number = path.name.split("-", 1)[0]
    return (int(number) if number.isdecimal() else 0, path.name)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
