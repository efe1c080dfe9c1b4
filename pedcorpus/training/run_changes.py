"""Changes of a run's record as it goes on: written whole each time, with its card, by the first of its processes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pedcorpus.training.processes import this_process
from pedcorpus.training.run_card import CARD_FILE, run_card
from pedcorpus.training.runs import Run, RunState, open_run, write_record

__all__ = ["changed", "end", "written"]


def changed(run: Run, **changes: Any) -> Run:  # fields of RunRecord
    """The run with these fields of its record changed."""
    return written(Run(run.root, run.record.model_copy(update=changes)))


def end(root: Path, state: RunState, reason: str) -> None:
    """Puts on record why the run in `root` stops here; what it had finished is in its record already."""
    changed(open_run(root), state=state, reason=reason)


def written(run: Run) -> Run:
    """The same run, its record and card on the disk; only the first process writes."""
    if this_process().is_first:
        write_record(run)
        (run.root / CARD_FILE).write_text(run_card(run), encoding="utf-8")
    return run
