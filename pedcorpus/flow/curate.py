"""Curate: de-identify, every check on every instruction it has not judged, then duplicates over all that stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pedcorpus.corpus import (
    Corpus,
    add_duplicates,
    current_duplicates,
    current_sources,
    load_instructions,
    to_compare,
)
from pedcorpus.curate import (
    changed_memberships,
    comparable,
    exact_duplicates,
)
from pedcorpus.engine import Engine
from pedcorpus.flow.deidentify import deidentify
from pedcorpus.flow.engines import engine_of
from pedcorpus.flow.judging import judge_new
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.settings import Workspace

__all__ = ["CurateReport", "curate"]

_BATCH = 1000


@dataclass
class CurateReport:
    """What the checks said of what was new to them."""

    judged: int = 0
    """Instructions that at least one check saw for the first time."""
    findings: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How often each (check, severity, reason) was said, passes left out."""
    duplicates: int = 0
    """Instructions that became a duplicate of another."""


def curate(workspace: Workspace, *, engine: Engine | None = None, progress: Progress = NO_PROGRESS) -> CurateReport:
    """Run what is new; each verdict is a row. A second run does nothing; `engine` none takes the setting.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    engine = engine or engine_of(workspace)
    corpus = open_corpus(workspace)
    settings = workspace.settings.curate
    deidentify(corpus, settings.privacy)  # evidence is held against what may be read
    report = CurateReport()
    for judged in judge_new(corpus, settings, engine=engine, progress=progress):
        report.judged += judged.instructions
        report.findings.update(judged.said())
    _compare(corpus, report)
    return report


def _compare(corpus: Corpus, report: CurateReport) -> None:
    with corpus.unit() as unit:
        sources = current_sources(unit)
        rows = to_compare(unit)
        loaded = load_instructions(unit, [row.id for row in rows], sources)
        items = [
            comparable(instruction, accepted=row.accepted, sound=row.sound)
            for row, instruction in zip(rows, loaded, strict=True)
        ]
        changed = changed_memberships(exact_duplicates(items), current_duplicates(unit))
        add_duplicates(unit, changed)
    report.duplicates = sum(not row.kept for row in changed)
