"""Import: decisions that were taken elsewhere, read from a file, judged one by one, and added where they are sound.

A line that cannot be taken is told with its place and what to do; the others are taken. Doing it twice is doing it
once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from pedcorpus.corpus import (
    Unit,
    add_decisions,
    add_findings,
    add_instructions,
    current_sources,
    histories,
    load_instructions,
    origin_texts,
    statuses,
)
from pedcorpus.curate import Check, Subject, checks
from pedcorpus.flow.decision_files import DecisionFormat, read_decisions
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Decision, Finding, Instruction, Status
from pedcorpus.review import readers_of
from pedcorpus.review.exchange import Known, Refusal, Repeated, Reviewers, Taken, Told, judged
from pedcorpus.settings import OverlapSettings, Workspace

__all__ = ["ImportedDecisions", "import_decisions"]

_BATCH = 1_000
"""Decisions that are judged and added in one unit of work, for which others wait."""


@dataclass
class ImportedDecisions:
    """What became of a file of decisions."""

    path: str
    format: DecisionFormat
    read: int = 0
    """Decisions that the file tells of, refused ones included."""
    taken: Counter[str] = field(default_factory=Counter)
    """By verdict."""
    repeated: int = 0
    """What the corpus had already."""
    refused: list[Refusal] = field(default_factory=list)


def import_decisions(
    workspace: Workspace,
    path: Path,
    *,
    form: DecisionFormat | None = None,
    reviewers: Sequence[str] = (),
    dry_run: bool = False,
) -> ImportedDecisions:
    """Take the decisions in `path`; without `form` its format is recognised.

    `reviewers` are the `NAME` of whoever decided, where the file names nobody or one account, and `ACCOUNT=NAME`. A
    `dry_run` judges everything and stores nothing.

    Raises:
        UsageError: the file cannot be read, or is in none of the formats.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    corpus = open_corpus(workspace)
    form, found = read_decisions(path, form=form, limit_mb=workspace.settings.ingest.limits.file_mb)
    settings = workspace.settings
    intake = _Intake(Reviewers.of(reviewers), lambda: checks(settings.curate), settings.review.overlap)
    report = ImportedDecisions(str(path), form)
    for batch in _batches(found):
        with corpus.unit(read_only=dry_run) as unit:
            intake.judge(unit, batch, report)
            if not dry_run:
                intake.store(unit)
    return report


def _batches(found: Iterable[Told | Refusal]) -> Iterator[list[Told | Refusal]]:
    remaining = iter(found)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


class _Intake:
    """Decisions on their way from one file into the corpus."""

    def __init__(self, reviewers: Reviewers, active: Callable[[], Sequence[Check]], overlap: OverlapSettings) -> None:
        """`active` makes the checks that judge an edited record; it is called when there is one."""
        self._overlap = overlap
        self._reviewers = reviewers
        self._active = active
        self._in_file: set[str] = set()
        self._taken: list[Decision] = []
        self._stored = 0
        self._by_instruction: dict[str, list[Decision]] = {}
        self._edited: dict[str, Instruction] = {}

    def judge(self, unit: Unit, batch: Sequence[Told | Refusal], report: ImportedDecisions) -> None:
        """Judge `batch` in its order; what an earlier decision of the file did counts for the later ones."""
        ids = sorted({told.instruction for told in batch if isinstance(told, Told)})
        instructions = {item.id: item for item in load_instructions(unit, ids, current_sources(unit))}
        stored, standing = histories(unit, ids), statuses(unit, ids)
        now = datetime.now(UTC)
        for told in batch:
            report.read += 1
            named = told if isinstance(told, Refusal) else self._reviewers.named(told)
            if isinstance(named, Refusal):
                report.refused.append(named)
                continue
            key = named.instruction
            history = _joined(stored.get(key, []), self._by_instruction.get(key, []))
            known = Known(
                instructions.get(key) or self._edited.get(key),
                history,
                is_superseded=standing.get(key) is Status.SUPERSEDED,
                readers=readers_of(key, self._overlap),
                in_file=frozenset(each.id for each in history if each.id in self._in_file),
            )
            self._count(judged(named, known, now=now), report)

    def _count(self, outcome: Taken | Repeated | Refusal, report: ImportedDecisions) -> None:
        if isinstance(outcome, Refusal):
            report.refused.append(outcome)
        elif isinstance(outcome, Repeated):
            report.repeated += 1
            self._in_file.add(outcome.decision)
        else:
            report.taken[outcome.decision.verdict] += 1
            self._keep(outcome)

    def _keep(self, taken: Taken) -> None:
        decision = taken.decision
        self._taken.append(decision)
        self._in_file.add(decision.id)
        for key in {decision.instruction, decision.edited} - {None}:
            self._by_instruction.setdefault(str(key), []).append(decision)
        if taken.edited is not None:
            self._edited[taken.edited.id] = taken.edited

    def store(self, unit: Unit) -> None:
        """Add what was taken since the last time, edited records with the verdicts of the checks."""
        new = self._taken[self._stored :]
        edited = [self._edited[decision.edited] for decision in new if decision.edited]
        stored = {item.id for item in load_instructions(unit, [item.id for item in edited], {})}
        if made := [item for item in edited if item.id not in stored]:
            add_instructions(unit, made)
            add_findings(unit, self._verdicts(unit, made))
        add_decisions(unit, new)
        self._stored = len(self._taken)

    def _verdicts(self, unit: Unit, edited: Sequence[Instruction]) -> list[Finding]:
        texts = origin_texts(unit, [item.id for item in edited])
        subjects = [Subject(item, texts) for item in edited]
        return [finding for check in self._active() for finding in check.verdicts(subjects)]


def _joined(stored: Sequence[Decision], new: Sequence[Decision]) -> tuple[Decision, ...]:
    return tuple({decision.id: decision for decision in (*stored, *new)}.values())
