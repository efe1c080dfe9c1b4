"""Export: accepted instructions, their texts and pairs → an immutable version, remembered in the corpus.

A version is of one moment: it is made of a snapshot, while reviewers and ingests go on with the corpus itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from pedcorpus.corpus import (
    Corpus,
    Snapshot,
    Unit,
    add_preferences,
    add_release_keys,
    counts_by_task,
    current_documents,
    current_sources,
    edits_of_release,
    exported_versions,
    findings_by_instruction,
    first_of_release,
    histories,
    judged_otherwise,
    latest_written,
    plans_by_id,
    prepare_release_rows,
    read_back_instructions,
    standing_failures,
    standing_withdrawals,
    take_snapshot,
    version_before,
)
from pedcorpus.errors import UsageError
from pedcorpus.export import (
    PRIVACY,
    Export,
    Release,
    check_new_version,
    list_exports,
    scratch_folder,
    write_export,
)
from pedcorpus.flow.agreement_gate import Reason, allowed_reason
from pedcorpus.flow.contamination import load_evaluation
from pedcorpus.flow.copy_troubles import copy_troubles
from pedcorpus.flow.export_settings import deciding_settings
from pedcorpus.flow.judging import active_checks
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.release_keys import keys_of_rows
from pedcorpus.flow.release_material import CorpusMaterial
from pedcorpus.flow.remembered import State, note_state, refuse_remembered, remember_export, remember_finished
from pedcorpus.flow.review_plan import unsound_rows
from pedcorpus.flow.reviewers import judgements
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.generate import edit_pairs, preference_pairs
from pedcorpus.records import Finding, Preference, Source, Status, Tier
from pedcorpus.review import agreement_report, standing_decisions
from pedcorpus.settings import Workspace

__all__ = ["Wanted", "export", "make_export"]


def export(
    workspace: Workspace,
    version: str,
    *,
    tier: Tier = Tier.INTERNAL,
    status: Status = Status.ACCEPTED,
    allow_low_agreement: str = "",
    follows: str = "",
    progress: Progress = NO_PROGRESS,
) -> Export:
    """Write `exports/<version>`; with `status` candidate, what nobody has accepted yet goes in too.

    `allow_low_agreement` is a steward's reason to let it go out though readers agree less than the settings ask for.
    It says that it follows the version `follows`, or the latest one; splits are kept from all of them either way.

    Raises:
        ExportError: they do, and no reason is given.
        UsageError: the version exists, or did and is lost, its name is no version name, there is nothing to export, or
            rows stand accepted by a sampling plan that they no longer pass, or `follows` is no version.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    check_new_version(workspace.exports, version)
    _wanted(status)
    corpus = open_corpus(workspace)
    remember_finished(corpus, list_exports(workspace.exports))
    refuse_remembered(corpus, version)
    if follows:
        _refuse_unknown(corpus, follows)
    wanted = Wanted(tier, status, allow_low_agreement, follows)

    def remember(made: Export, state: State, pairs: tuple[Preference, ...]) -> None:
        remember_export(corpus, made, state, pairs)

    return make_export(workspace, corpus, workspace.exports / version, wanted, finished=remember, progress=progress)


@dataclass(frozen=True)
class Wanted:
    """What may go into a version."""

    tier: Tier = Tier.INTERNAL
    status: Status = Status.ACCEPTED
    allow_low_agreement: str = ""
    """A steward's reason to let it go out though readers agree less than the settings ask for; of a version that is
    made anew, what it says of that."""
    follows: str = ""
    """Version that it says it follows; empty for the latest one."""


def _refuse_unknown(corpus: Corpus, version: str) -> None:
    with corpus.unit(read_only=True) as unit:
        known = exported_versions(unit)
    if version not in known:
        raise UsageError(
            f"--from {version}: no such version was exported here; `pedcorpus exports` lists what there is"
        )


def _untold(made: Export, state: State, pairs: tuple[Preference, ...]) -> None:
    """Nobody is told of a finished version."""


def make_export(
    workspace: Workspace,
    corpus: Corpus,
    target: Path,
    wanted: Wanted,
    *,
    until: int | None = None,
    finished: Callable[[Export, State, tuple[Preference, ...]], None] = _untold,
    progress: Progress = NO_PROGRESS,
) -> Export:
    """The version called as the folder `target`, there; `corpus` is read and left as it is.

    `finished` is called as soon as it is there, with what it was made of and the pairs made on the way, by reviewers'
    edits and by rule.

    With `until`, what was written later is as if it had never been: a version made anew from the state that it was
    made of has the same bytes. What had to hold for it to go out did then, and is not asked again.

    Raises:
        ExportError: as for `export`.
        UsageError: as for `export`.
        CorpusError: the corpus cannot be used.
    """
    version = target.name
    with scratch_folder(target) as scratch, copy_troubles(target, scratch):
        snapshot = take_snapshot(corpus, scratch, until=until)
        with snapshot.opened(read_only=False) as unit, progress.stage("prepare", 3) as stage:
            state = State(latest_written(unit), deciding_settings(workspace.settings))
            if until is None and (unsound := unsound_rows(unit, workspace.settings.review.plan)):
                raise UsageError(_unsound(len(unsound)))
            prepare_release_rows(unit, _wanted(wanted.status), snapshot.bodies)
            if until is None:
                _refuse_judged_otherwise(unit, workspace)
            stage.advance()
            sources = current_sources(unit)
            keys = keys_of_rows(unit, version, sources, snapshot.bodies)
            agreed = agreement_report(judgements(unit))
            stated = wanted.allow_low_agreement
            if until is None:
                tasks = keys.column("task").unique().to_pylist()
                stated = _signed(allowed_reason(workspace, agreed, tasks, stated), wanted.tier)
            add_release_keys(unit, keys.select(["id", "license", "tier", "group", "cluster"]))
            stage.advance()
            pairs = (*_edits(unit, sources), *_by_rule(unit, sources, workspace.settings.export.rule_pairs))
            add_preferences(unit, pairs)
            header = replace(
                _header(unit, workspace, version, sources, wanted),
                agreement=agreed,
                low_agreement=stated,
            )
            stage.advance()
        note_state(scratch, state)
        made = _write(workspace, snapshot, header, keys, target, progress)
        finished(made, state, pairs)
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


def _refuse_judged_otherwise(unit: Unit, workspace: Workspace) -> None:
    rows, ids = judged_otherwise(unit, list(active_checks(workspace.settings.curate)))
    if rows:
        raise UsageError(
            f"{rows} rows were judged by checks as they are not set any more ({', '.join(ids)}); run `pedcorpus "
            "curate`, then export"
        )


def _unsound(count: int) -> str:
    return (
        f"{count} rows stand accepted by a sampling plan that what reviewers or checks said since no longer "
        "bears out; take them back with `pedcorpus review plan --apply`, then export"
    )


def _write(
    workspace: Workspace, snapshot: Snapshot, header: Release, keys: pa.Table, target: Path, progress: Progress
) -> Export:
    jobs = workspace.settings.ingest.jobs
    with (
        progress.stage("export", len(keys)) as stage,
        CorpusMaterial(snapshot, keys, jobs=jobs, stage=stage) as material,
    ):
        return write_export(replace(header, material=material), target)


def _edits(unit: Unit, sources: Mapping[str, Source]) -> Iterator[Preference]:
    """Pairs that reviewers made: what was edited into a row of the release, and what it was before."""
    made = edits_of_release(unit)
    said = histories(unit, made) if made else {}
    decisions = [
        decision for name in made for decision in standing_decisions(said.get(name, [])) if decision.edited == name
    ]
    originals = [decision.instruction for decision in decisions]
    findings = findings_by_instruction(unit, originals)
    shown = [name for name in originals if not any(map(_is_personal, findings.get(name, [])))]
    records = read_back_instructions(unit, [*shown, *made], sources)
    yield from edit_pairs(decisions, {record.id: record for record in records})


def _is_personal(finding: Finding) -> bool:
    """Personal data that an edit took out must not come back as a rejected answer."""
    return finding.check.partition("@")[0] == PRIVACY


def _by_rule(unit: Unit, sources: Mapping[str, Source], most: int) -> Iterator[Preference]:
    return preference_pairs(read_back_instructions(unit, first_of_release(unit, most), sources))


def _header(unit: Unit, workspace: Workspace, version: str, sources: Mapping[str, Source], wanted: Wanted) -> Release:
    """The release but for its rows, texts and pairs."""
    evaluation = load_evaluation(workspace, unit, version=version)
    return Release(
        version=version,
        sources=list(sources.values()),
        settings=workspace.settings.export,
        ocr_confidence=workspace.settings.curate.ocr_confidence,
        documents=[each.document for each in current_documents(unit)],
        tier=wanted.tier,
        withdrawn=frozenset(standing_withdrawals(unit)),
        status="accepted" if wanted.status is Status.ACCEPTED else "candidate",
        parent=wanted.follows or version_before(unit, version),
        instruction_counts=counts_by_task(unit),
        failure_counts=Counter(failure.reason for failure in standing_failures(unit)),
        plans=plans_by_id(unit),
        evaluation=evaluation if evaluation.sets else None,
    )
