"""Curate: de-identify, every check on every instruction it has not judged, then duplicates over all that stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pedcorpus.engine import Engine
from pedcorpus.flow.contamination import judge_contamination
from pedcorpus.flow.contradictions import find_contradictions
from pedcorpus.flow.deidentify import deidentify
from pedcorpus.flow.duplicates import find_duplicates
from pedcorpus.flow.engines import engine_of
from pedcorpus.flow.judging import judge_new
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.settings import Workspace

__all__ = ["CurateReport", "curate"]


@dataclass
class CurateReport:
    """What the checks said of what was new to them."""

    judged: int = 0
    """Instructions that at least one check saw for the first time."""
    findings: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How often each (check, severity, reason) was said, passes left out."""
    duplicates: int = 0
    """Instructions that became a duplicate of another."""
    contradictions: int = 0
    """Instructions that contradict other ones than before."""


def curate(workspace: Workspace, *, engine: Engine | None = None, progress: Progress = NO_PROGRESS) -> CurateReport:
    """Run what is new; each verdict is a row. A second run does nothing; `engine` none takes the setting.

    Raises:
        UsageError: a declared evaluation set cannot be read.
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
    report.duplicates = find_duplicates(corpus, settings, engine=engine, progress=progress)
    compared, said = judge_contamination(workspace, corpus, progress=progress)
    report.judged = max(report.judged, compared)
    report.findings.update(said)
    report.contradictions = find_contradictions(corpus)
    return report
