"""Export: accepted instructions, their texts and pairs → an immutable version, remembered in the corpus.

A version is of one moment: it is made of a snapshot, while reviewers and ingests go on with the corpus itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.corpus import (
    Corpus,
    KnownExport,
    Snapshot,
    Unit,
    add_export,
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
    MANIFEST_FILE,
    PRIVACY,
    SPLITS,
    Export,
    Release,
    check_new_version,
    list_exports,
    open_export,
    scratch_folder,
    write_export,
)
from pedcorpus.flow.agreement_gate import Reason, allowed_reason
from pedcorpus.flow.contamination import load_evaluation
from pedcorpus.flow.export_settings import deciding_settings
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.release_keys import keys_of_rows
from pedcorpus.flow.release_material import CorpusMaterial
from pedcorpus.flow.review_plan import unsound_rows
from pedcorpus.flow.reviewers import judgements
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.generate import edit_pairs, preference_pairs
from pedcorpus.records import Finding, Preference, Source, Status, Tier
from pedcorpus.review import agreement_report, standing_decisions
from pedcorpus.settings import Workspace

__all__ = ["MadeOf", "Wanted", "export", "make_export"]


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
    _wanted(status)
    corpus = open_corpus(workspace)
    _remember_finished(corpus, workspace.exports)
    wanted = Wanted(tier, status, allow_low_agreement)
    made, read = make_export(workspace, corpus, workspace.exports / version, wanted, progress=progress)
    with corpus.unit() as unit:
        add_preferences(unit, read.pairs)
    _remember(corpus, made, until=read.until, settings=deciding_settings(workspace.settings))
    return made


@dataclass(frozen=True)
class Wanted:
    """What may go into a version."""

    tier: Tier = Tier.INTERNAL
    status: Status = Status.ACCEPTED
    allow_low_agreement: str = ""
    """A steward's reason to let it go out though readers agree less than the settings ask for; of a version that is
    made anew, what it says of that."""


@dataclass(frozen=True)
class MadeOf:
    """What a version was made of, beside what it holds."""

    until: int
    """Number of the latest row of the corpus then."""
    pairs: tuple[Preference, ...]
    """Pairs made on the way: by reviewers' edits, and by rule."""


def make_export(
    workspace: Workspace,
    corpus: Corpus,
    target: Path,
    wanted: Wanted,
    *,
    until: int | None = None,
    progress: Progress = NO_PROGRESS,
) -> tuple[Export, MadeOf]:
    """The version called as the folder `target`, there; `corpus` is read and left as it is.

    With `until`, what was written later is as if it had never been: a version made anew from the state that it was
    made of has the same bytes. What had to hold for it to go out did then, and is not asked again.

    Raises:
        ExportError: as for `export`.
        UsageError: as for `export`.
        CorpusError: the corpus cannot be used.
    """
    version = target.name
    with scratch_folder(target) as scratch:
        snapshot = take_snapshot(corpus, scratch, until=until)
        with snapshot.opened(read_only=False) as unit, progress.stage("prepare", 3) as stage:
            state = latest_written(unit)
            if until is None and (unsound := unsound_rows(unit, workspace.settings.review.plan)):
                raise UsageError(_unsound(len(unsound)))
            prepare_release_rows(unit, _wanted(wanted.status), snapshot.bodies)
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
        made = _write(workspace, snapshot, header, keys, target, progress)
    return made, MadeOf(state, pairs)


def _signed(reason: Reason | None, tier: Tier) -> str:
    """The reason with who gave it: by name in tier internal only."""
    return f"{reason.text} ({reason.by if tier is Tier.INTERNAL else 'a steward'})" if reason else ""


def _wanted(status: Status) -> tuple[Status, ...]:
    if status is Status.ACCEPTED:
        return (Status.ACCEPTED,)
    if status is Status.CANDIDATE:
        return (Status.ACCEPTED, Status.CANDIDATE)
    raise UsageError(f"--status {status}: an export holds `accepted` instructions, or `candidate` ones besides")


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
        parent=version_before(unit, version),
        instruction_counts=counts_by_task(unit),
        failure_counts=Counter(failure.reason for failure in standing_failures(unit)),
        plans=plans_by_id(unit),
        evaluation=evaluation if evaluation.sets else None,
    )


def _remember(corpus: Corpus, made: Export, *, until: int | None, settings: str | None) -> None:
    known = KnownExport(
        version=made.manifest.version,
        tier=made.manifest.tier,
        status=made.manifest.status,
        manifest_sha256=made.sha256,
        until=until,
        manifest=(made.root / MANIFEST_FILE).read_bytes().decode(),
        settings=settings,
    )
    with corpus.unit() as unit:
        add_export(unit, known, pa.concat_tables([_items(made, split) for split in SPLITS]))


def _items(made: Export, split: str) -> pa.Table:
    path = made.root / f"instructions/{split}.parquet"
    ids = pq.read_table(path, columns=["id"]).column("id") if path.exists() else pa.chunked_array([], pa.string())
    return pa.table({"instruction": ids, "split": pa.array([split] * len(ids), pa.string())})


def _remember_finished(corpus: Corpus, exports: Path) -> None:
    """Versions that were finished when their process was ended before it could say so: their rows keep their splits."""
    with corpus.unit(read_only=True) as unit:
        known = {*exported_versions(unit)}
    for path in list_exports(exports):
        if path.name not in known:
            _remember(corpus, open_export(path), until=None, settings=None)
