"""Export: accepted instructions, their texts and pairs → an immutable version, remembered in the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from pedcorpus.corpus import (
    Corpus,
    Unit,
    add_export,
    add_preferences,
    all_preferences,
    clusters,
    counts_by_task,
    current_alike,
    current_documents,
    current_sources,
    decisions_by_instruction,
    findings_by_instruction,
    identifiers_replaced,
    instruction_ids,
    judged_by,
    load_instructions,
    passages_of,
    plans_by_id,
    revisions_of_accepted,
    standing_failures,
    standing_in_error,
    standing_withdrawals,
    triples_of,
    version_before,
)
from pedcorpus.errors import UsageError
from pedcorpus.export import (
    PRIVACY,
    SPLITS,
    Export,
    PrivacyRecord,
    Release,
    bonded,
    check_new_version,
    group_of,
    write_export,
)
from pedcorpus.flow.agreement_gate import Reason, allowed_reason
from pedcorpus.flow.contamination import load_evaluation
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.review_plan import unsound_rows
from pedcorpus.flow.reviewers import judgements
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.generate import edit_pairs, preference_pairs
from pedcorpus.records import Decision, Finding, Instruction, Preference, ReleaseRow, Source, Status, Tier, Verdict
from pedcorpus.review import agreement_report, standing_decisions
from pedcorpus.settings import Workspace

__all__ = ["export"]

_PRIVACY = "privacy@"
"""How the ids of the check for personal data begin."""


def export(
    workspace: Workspace,
    version: str,
    *,
    tier: Tier = Tier.INTERNAL,
    status: Status = Status.ACCEPTED,
    allow_low_agreement: str = "",
    progress: Progress = NO_PROGRESS,
) -> Export:
    """Write `exports/<version>`; with `status` candidate, what nobody has accepted yet goes in too.

    `allow_low_agreement` is a steward's reason to let it go out though readers agree less than the settings ask for.

    Raises:
        ExportError: they do, and no reason is given.
        UsageError: the version exists, its name is no version name, there is nothing to export, or rows stand
            accepted by a sampling plan that they no longer pass.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    check_new_version(workspace.exports, version)
    corpus = open_corpus(workspace)
    wanted = _wanted(status)
    with progress.stage("export", 3) as stage:
        with corpus.unit() as unit:
            _refuse_unsound(unit, workspace)
            rows = _rows(unit, wanted)
            agreed = agreement_report(judgements(unit))
            reason = allowed_reason(workspace, agreed, [row.instruction.task for row in rows], allow_low_agreement)
            add_preferences(unit, _edits(unit, rows))
            add_preferences(unit, preference_pairs([row.instruction for row in rows]))
        stage.advance()
        with corpus.unit(read_only=True) as unit:
            release = _release(unit, workspace, version, rows, tier=tier, status=status)
            release = replace(release, agreement=agreed, low_agreement=_signed(reason, tier))
        stage.advance()
        made = write_export(release, workspace.exports / version)
        _remember(corpus, made)
        stage.advance()
    return made


def _signed(reason: Reason | None, tier: Tier) -> str:
    """The reason with who gave it: by name in tier internal only."""
    return f"{reason.text} ({reason.by if tier is Tier.INTERNAL else 'a steward'})" if reason else ""


def _wanted(status: Status) -> tuple[Status, ...]:
    if status is Status.ACCEPTED:
        return (Status.ACCEPTED,)
    if status is Status.CANDIDATE:
        return (Status.ACCEPTED, Status.CANDIDATE)
    raise UsageError(f"--status {status}: an export holds `accepted` instructions, or `candidate` ones besides")


def _refuse_unsound(unit: Unit, workspace: Workspace) -> None:
    if unsound := unsound_rows(unit, workspace.settings.review.plan):
        raise UsageError(
            f"{len(unsound)} rows stand accepted by a sampling plan that what reviewers or checks said since no longer "
            "bears out; take them back with `pedcorpus review plan --apply`, then export"
        )


def _rows(unit: Unit, statuses: Sequence[Status]) -> list[ReleaseRow]:
    sources = current_sources(unit)
    waiting = revisions_of_accepted(unit)  # they take its place once they are accepted too
    ids = [name for name in instruction_ids(unit, statuses) if name not in waiting]
    findings = findings_by_instruction(unit, ids)
    decisions = decisions_by_instruction(unit, ids)
    questions = {name: row.cluster for name, row in current_alike(unit, "near-question").items()}
    alike = bonded(clusters(unit), questions)  # neither a copy nor the same question may stand in two splits
    return [
        ReleaseRow(
            instruction=instruction,
            acceptance=_acceptance(instruction, decisions.get(instruction.id, [])),
            findings=tuple(findings.get(instruction.id, [])),
            decisions=_about_rows(decisions.get(instruction.id, [])),
            cluster=alike.get(instruction.id, instruction.id),
            group=group_of(instruction),
        )
        for instruction in load_instructions(unit, ids, sources)
    ]


def _about_rows(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Without answers to calibration items, which tell of reviewers, and without what takes them back."""
    answers = {each.id for each in decisions if each.acceptance == "calibration"}
    return tuple(each for each in decisions if each.id not in answers and each.undoes not in answers)


def _edits(unit: Unit, rows: Sequence[ReleaseRow]) -> Iterator[Preference]:
    """Pairs that reviewers made: what was edited into one of `rows`, and what it was before."""
    decisions = [
        decision
        for row in rows
        for decision in standing_decisions(row.decisions)
        if decision.edited == row.instruction.id
    ]
    originals = [decision.instruction for decision in decisions]
    findings = findings_by_instruction(unit, originals)
    shown = [name for name in originals if not any(map(_is_personal, findings.get(name, [])))]
    before = load_instructions(unit, shown, current_sources(unit))
    yield from edit_pairs(decisions, {record.id: record for record in (*before, *(row.instruction for row in rows))})


def _is_personal(finding: Finding) -> bool:
    """Personal data that an edit took out must not come back as a rejected answer."""
    return finding.check.partition("@")[0] == PRIVACY


def _acceptance(
    instruction: Instruction, decisions: Sequence[Decision]
) -> Literal["reviewed", "accept-all", "plan", "candidate"]:
    """How the standing acceptance was given; `candidate` when there is none."""
    undone = {decision.undoes for decision in decisions}
    for decision in reversed(decisions):
        accepts = decision.verdict is Verdict.ACCEPT and decision.instruction == instruction.id
        if decision.acceptance == "calibration" or decision.id in undone:
            continue
        if accepts or decision.edited == instruction.id:
            return decision.acceptance
    return "candidate"


def _release(
    unit: Unit,
    workspace: Workspace,
    version: str,
    rows: Sequence[ReleaseRow],
    *,
    tier: Tier,
    status: Status,
) -> Release:
    sources: Mapping[str, Source] = current_sources(unit)
    stored = current_documents(unit)
    failures: dict[str, int] = {}
    for failure in standing_failures(unit):
        failures[failure.reason] = failures.get(failure.reason, 0) + 1
    evaluation = load_evaluation(workspace, unit, version=version)
    return Release(
        version=version,
        rows=rows,
        sources=list(sources.values()),
        settings=workspace.settings.export,
        ocr_confidence=workspace.settings.curate.ocr_confidence,
        documents=[each.document for each in stored],
        passages=[item for each in stored for item in passages_of(unit, each.document.id, each.reading)],
        triples=[item for each in stored for item in triples_of(unit, each.document.id, each.reading)],
        preferences=all_preferences(unit, [row.instruction.id for row in rows]),
        tier=tier,
        withdrawn=frozenset(standing_withdrawals(unit)),
        status="accepted" if status is Status.ACCEPTED else "candidate",
        parent=version_before(unit, version),
        instruction_counts=counts_by_task(unit),
        failure_counts=failures,
        plans=plans_by_id(unit),
        privacy=_privacy(unit, rows),
        evaluation=evaluation if evaluation.sets else None,
    )


def _privacy(unit: Unit, rows: Sequence[ReleaseRow]) -> PrivacyRecord:
    """Counts and ids only: the table of originals is not read."""
    records = [row.instruction for row in rows]
    cited = sorted({item.origin_id for record in records for item in record.evidence if item.origin == "turn"})
    return PrivacyRecord(
        replaced=identifiers_replaced(unit, cited),
        checked=judged_by(unit, PRIVACY, [record.id for record in records]),
        in_error=frozenset(standing_in_error(unit, PRIVACY)),
    )


def _remember(corpus: Corpus, made: Export) -> None:
    with corpus.unit() as unit:
        add_export(
            unit,
            version=made.manifest.version,
            tier=made.manifest.tier,
            status=made.manifest.status,
            manifest_sha256=made.sha256,
            items={row["id"]: split for split in SPLITS for row in made.rows("instructions", split)},
        )
