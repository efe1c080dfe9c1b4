"""Status: what is in the corpus, by source, task and status, and the next sensible command."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pedcorpus.corpus import (
    SourceCounts,
    count_everything,
    counts_by_source,
    counts_by_task,
    current_sources,
    standing_failures,
)
from pedcorpus.export import newest_export
from pedcorpus.flow.feedback import count_waiting
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Failure, Source, Status
from pedcorpus.settings import Workspace
from pedcorpus.tasks import task_names

__all__ = ["LAST_STEP", "CorpusStatus", "SourceCounts", "corpus_status"]

LAST_STEP = "pedcorpus train"
"""Next where nothing else is left; whoever knows of runs knows what comes after it."""
_COUNTED = [status for status in Status if status is not Status.SUPERSEDED]


@dataclass(frozen=True)
class CorpusStatus:
    """A snapshot of the corpus in numbers."""

    totals: dict[str, int]
    """Current rows of `sources`, `documents`, `passages`, `triples`, `dialogues`, `failures`."""
    instructions: dict[str, dict[str, int]]
    """By task and status; every task and status is there, with 0 where there is none."""
    superseded: int
    by_source: list[tuple[Source, SourceCounts]]
    failures: list[Failure]
    next_step: str
    feedback_waiting: int = 0
    """Rated exchanges of the chat that are not in the corpus yet."""

    def as_json(self) -> dict[str, Any]:
        """The shape that scripts rely on; `pending` and `feedback_waiting` stand in it where there are any."""
        has_pending = self.total(Status.PENDING) > 0
        shown = [status for status in _COUNTED if has_pending or status is not Status.PENDING]
        instructions = {task: {str(each): counts[each] for each in shown} for task, counts in self.instructions.items()}
        waiting = {"feedback_waiting": self.feedback_waiting} if self.feedback_waiting else {}
        return {**self.totals, "instructions": instructions, **waiting}

    def total(self, status: Status) -> int:
        """Instructions of all tasks at `status`."""
        return sum(counts[status] for counts in self.instructions.values())


def corpus_status(workspace: Workspace) -> CorpusStatus:
    """Count everything in one read.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    with open_corpus(workspace).unit(read_only=True) as unit:
        totals = count_everything(unit)
        found = counts_by_task(unit)
        sources = current_sources(unit)
        by_source = [(sources[counts.source], counts) for counts in counts_by_source(unit)]
        failures = standing_failures(unit)
    tasks = sorted({*task_names(), *found})
    instructions = {task: {str(status): found.get(task, {}).get(status, 0) for status in _COUNTED} for task in tasks}
    superseded = sum(counts.get(Status.SUPERSEDED, 0) for counts in found.values())
    sums = Counter[str]()
    for counts in instructions.values():
        sums.update(counts)
    next_step = _next_step(workspace, totals, sums)
    waiting = count_waiting(workspace)
    return CorpusStatus(totals, instructions, superseded, by_source, failures, next_step, waiting)


def _next_step(workspace: Workspace, totals: dict[str, int], statuses: Counter[str]) -> str:
    if not totals["documents"]:
        return "pedcorpus ingest FOLDER"
    if not sum(statuses.values()):
        return "pedcorpus generate"
    if statuses[Status.CANDIDATE] or statuses[Status.DRAFT]:
        if not statuses[Status.ACCEPTED]:
            return "pedcorpus review"
        if newest_export(workspace.exports) is None:
            return "pedcorpus review, or pedcorpus export --version v1"
        return "pedcorpus review"
    if statuses[Status.PENDING]:
        return "pedcorpus review by another reader, or pedcorpus review --adjudicate"
    return LAST_STEP if newest_export(workspace.exports) else "pedcorpus export --version v1"
