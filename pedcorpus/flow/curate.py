"""Curate: every check on every instruction it has not judged, then duplicates over all that stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pedcorpus.corpus import (
    Corpus,
    add_duplicates,
    add_findings,
    current_duplicates,
    current_sources,
    load_instructions,
    origin_texts,
    to_check,
    to_compare,
)
from pedcorpus.curate import (
    Check,
    Subject,
    changed_memberships,
    check_id,
    checks,
    comparable,
    exact_duplicates,
)
from pedcorpus.engine import batches
from pedcorpus.flow.deidentify import deidentify
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Severity, Source
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


def curate(workspace: Workspace, *, progress: Progress = NO_PROGRESS) -> CurateReport:
    """Run what is new; each verdict is a row. A second run does nothing.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    corpus = open_corpus(workspace)
    deidentify(corpus, workspace.settings.curate.privacy)  # evidence is held against what may be read
    active = checks(workspace.settings.curate)
    with corpus.unit(read_only=True) as unit:
        pending = _pending({check: to_check(unit, check_id(check)) for check in active})
        sources = current_sources(unit)
    report = CurateReport()
    with progress.stage("check", sum(map(len, pending.values()))) as stage:
        for missing, ids in pending.items():
            for batch in batches(ids, _BATCH):
                _judge(corpus, missing, batch, sources, report)
                stage.advance(len(batch))
    _compare(corpus, report)
    return report


def _pending(missing_by_check: Mapping[Check, Sequence[str]]) -> dict[tuple[Check, ...], list[str]]:
    """Ids grouped by the checks that they still need, so that each record is loaded once."""
    needed: dict[str, list[Check]] = {}
    for check, ids in missing_by_check.items():
        for identifier in ids:
            needed.setdefault(identifier, []).append(check)
    groups: dict[tuple[Check, ...], list[str]] = {}
    for identifier, missing in sorted(needed.items()):
        groups.setdefault(tuple(missing), []).append(identifier)
    return groups


def _judge(
    corpus: Corpus, missing: Sequence[Check], ids: Sequence[str], sources: Mapping[str, Source], report: CurateReport
) -> None:
    with corpus.unit() as unit:
        instructions = list(load_instructions(unit, ids, sources))
        texts = origin_texts(unit, ids)
        subjects = [Subject(instruction, texts) for instruction in instructions]
        findings = [finding for check in missing for finding in check.verdicts(subjects)]
        add_findings(unit, findings)
    report.judged += len(ids)
    report.findings.update(
        (finding.check, str(finding.severity), finding.reason)
        for finding in findings
        if finding.severity is not Severity.PASS
    )


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
