"""Acceptance by sampling: strata and what reviewers said of them → which rows to read, and which are accepted unread.

Rows of a lot that a plan accepted stay one lot, held against that plan, for as long as its acceptance stands; all other
rows of the stratum are the open lot, held against the settings of now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from pedcorpus.corpus import (
    Corpus,
    StratumRow,
    Unit,
    add_decisions,
    add_plan,
    is_any_accepted_by_plan,
    plan_decisions,
    plans_by_id,
    still_candidates,
    stratum_rows,
)
from pedcorpus.errors import UsageError
from pedcorpus.flow.reviewer import reviewer_name
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Decision, SamplingPlan, Severity, Status, Verdict
from pedcorpus.review import Assessment, LotRow, LotVerdict, Stratum, assess_lot, undo_decision
from pedcorpus.settings import SamplingSettings, Workspace

__all__ = ["AppliedPlan", "Lot", "PlanReport", "Sample", "apply_plan", "review_plan", "sample_to_read", "unsound_rows"]

_BATCH = 20_000
_WAITING = (Status.DRAFT, Status.CANDIDATE, Status.PENDING)


@dataclass(frozen=True)
class Lot:
    """One lot held against its plan, and what of it a plan has accepted already."""

    assessment: Assessment
    accepted: tuple[str, ...]
    """Rows that stand accepted by the plan."""
    unsound: tuple[str, ...]
    """Of these, the ones whose acceptance is to be taken back."""
    members: tuple[str, ...]


@dataclass(frozen=True)
class PlanReport:
    """Every lot, by stratum, and how many rows no plan may accept."""

    lots: Sequence[Lot]
    one_by_one: int
    """Rows with a finding or a flag that wait: a person decides on each."""
    elsewhere: Sequence[str] = ()
    """Rows that a plan accepted in another corpus, and that got a finding or a flag since they came with an export."""


@dataclass(frozen=True)
class AppliedPlan:
    """What applying the plans changed."""

    accepted: int
    taken_back: int


def review_plan(workspace: Workspace) -> PlanReport:
    """How every stratum stands; nothing is changed.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    return _report(_read(open_corpus(workspace)), workspace.settings.review.plan)


def apply_plan(workspace: Workspace, reviewer: str | None) -> AppliedPlan:
    """Accept the rest of every lot that passed; take back what plans accepted and their samples no longer bear out.

    Doing it twice is doing it once. `reviewer` answers for it: each decision carries that name and the plan's id.

    Raises:
        UsageError: acceptance by sampling is not turned on in the settings, and there is nothing to take back.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    settings = workspace.settings.review.plan
    corpus, name = open_corpus(workspace), reviewer_name(workspace, reviewer)
    report = _report(_read(corpus), settings)
    taken_back = _take_back(corpus, report)
    if not settings.enabled:
        return _only_taken_back(taken_back)
    if taken_back:
        report = _report(_read(corpus), settings)
    passed = [lot for lot in report.lots if lot.assessment.acceptable]
    with corpus.unit() as unit:
        for lot in passed:
            add_plan(unit, lot.assessment.plan, lot.members)
    return AppliedPlan(sum(_accept(corpus, lot.assessment, name) for lot in passed), taken_back)


def unsound_rows(unit: Unit, settings: SamplingSettings) -> list[str]:
    """Rows accepted by plans whose lots no longer pass or are not known here, or that got a finding or a flag since."""
    if not is_any_accepted_by_plan(unit):
        return []
    return _unsound(_report(_everything(unit), settings))


def _unsound(report: PlanReport) -> list[str]:
    return [*(name for lot in report.lots for name in lot.unsound), *report.elsewhere]


def _take_back(corpus: Corpus, report: PlanReport) -> int:
    unsound, at = _unsound(report), datetime.now(UTC)
    if not unsound:
        return 0
    with corpus.unit() as unit:
        return add_decisions(unit, [undo_decision(each, at=at) for each in plan_decisions(unit, unsound)])


def _only_taken_back(taken_back: int) -> AppliedPlan:
    if taken_back:
        return AppliedPlan(accepted=0, taken_back=taken_back)
    raise UsageError(
        "acceptance by sampling is off; set enabled = true under [review.plan] in pedcorpus.toml once limit and "
        "confidence there are what your steward answers for"
    )


@dataclass(frozen=True)
class Sample:
    """The samples of all strata that are accepted by sampling, or may come to be."""

    waiting: frozenset[str] = frozenset()
    """Rows that wait for a person."""
    size: int = 0
    """Rows that have to be read in all, those that were read included."""


def sample_to_read(unit: Unit, settings: SamplingSettings) -> Sample:
    """What the plans ask people to read; nothing where acceptance by sampling is off."""
    if not settings.enabled:
        return Sample()
    lots = [lot.assessment for lot in _report(_everything(unit), settings).lots]
    sampled = [lot for lot in lots if lot.verdict is not LotVerdict.FULL]
    return Sample(frozenset(name for lot in sampled for name in lot.waiting), sum(lot.required for lot in sampled))


def _accept(corpus: Corpus, assessment: Assessment, reviewer: str) -> int:
    """In batches, each after a look at what still waits: reviewers decide meanwhile, and their word counts."""
    accepted = 0
    for batch in _batches(assessment.acceptable):
        at = datetime.now(UTC)
        with corpus.unit() as unit:
            decisions = [
                Decision(
                    instruction=name,
                    reviewer=reviewer,
                    verdict=Verdict.ACCEPT,
                    acceptance="plan",
                    plan=assessment.plan.id,
                    at=at,
                )
                for name in still_candidates(unit, batch)
            ]
            accepted += add_decisions(unit, decisions)
    return accepted


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    stream = iter(names)
    while batch := list(islice(stream, _BATCH)):
        yield batch


@dataclass(frozen=True)
class _Everything:
    """What a report is worked out from, read in one go: the corpus is free again while the arithmetic is done."""

    rows: Sequence[StratumRow]
    plans: Mapping[str, SamplingPlan]


def _everything(unit: Unit) -> _Everything:
    return _Everything(stratum_rows(unit), plans_by_id(unit))


def _read(corpus: Corpus) -> _Everything:
    with corpus.unit(read_only=True) as unit:
        return _everything(unit)


def _report(read: _Everything, settings: SamplingSettings) -> PlanReport:
    lots: dict[tuple[Stratum, str], list[StratumRow]] = {}
    one_by_one = 0
    elsewhere = [row.id for row in read.rows if row.elsewhere and _is_risky(row, settings)]
    for row in (each for each in read.rows if not each.elsewhere):
        one_by_one += _is_risky(row, settings) and row.status in _WAITING
        if row.plan or not _is_bad(row, settings):
            lots.setdefault((Stratum(row.source, row.task, row.generator), row.plan), []).append(row)
    return PlanReport(
        [_lot(key, found, read.plans, settings) for key, found in sorted(lots.items())], one_by_one, elsewhere
    )


def _is_bad(row: StratumRow, settings: SamplingSettings) -> bool:
    """Whether the checks alone send it to a person."""
    return row.severity is Severity.ERROR or row.severity.value == settings.always_review


def _is_risky(row: StratumRow, settings: SamplingSettings) -> bool:
    return row.flagged or _is_bad(row, settings)


def _lot(
    key: tuple[Stratum, str],
    rows: Sequence[StratumRow],
    plans: Mapping[str, SamplingPlan],
    settings: SamplingSettings,
) -> Lot:
    stratum, plan = key
    parameters = _parameters(plans[plan], settings) if plan else settings
    assessment = assess_lot(stratum, [_lot_row(row, settings) for row in rows], parameters)
    accepted = [row for row in rows if row.by_plan and row.status is Status.ACCEPTED]
    passed = bool(plan) and assessment.verdict is LotVerdict.PASSED
    return Lot(
        assessment=assessment,
        accepted=tuple(row.id for row in accepted),
        unsound=tuple(row.id for row in accepted if not passed or _is_risky(row, settings)),
        members=tuple(row.id for row in rows),
    )


def _parameters(plan: SamplingPlan, settings: SamplingSettings) -> SamplingSettings:
    """What the lot was accepted under, whatever the settings are now."""
    changes = {name: getattr(plan, name) for name in ("limit", "confidence", "allowed_defects", "seed")}
    return settings.model_copy(update=changes)


def _lot_row(row: StratumRow, settings: SamplingSettings) -> LotRow:
    waits = row.status is Status.CANDIDATE and not _is_risky(row, settings)
    return LotRow(row.id, verdict=row.verdict, acceptable=waits)
