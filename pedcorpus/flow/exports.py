"""Finished versions: which there are, whether they are sound, and what changed between two of them and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pedcorpus.corpus import (
    Corpus,
    Unit,
    Whereabouts,
    exported_versions,
    known_export,
    origins_of,
    standing_withdrawals,
    whereabouts,
    written_since,
)
from pedcorpus.errors import ExportError, UsageError
from pedcorpus.export import (
    ChangedRow,
    Export,
    audit_export,
    difference,
    list_exports,
    open_export,
    texts_of,
    verify_export,
)
from pedcorpus.flow.withdraw import withdrawals
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Status
from pedcorpus.review import DiffSegment, field_diff
from pedcorpus.settings import Workspace

__all__ = [
    "ExplainedChange",
    "Verification",
    "VersionDiff",
    "diff_exports",
    "export_folder",
    "exports",
    "lost_versions",
    "open_version",
    "row_texts",
    "verify",
]


@dataclass(frozen=True)
class ExplainedChange:
    """A row that differs, and why."""

    row: ChangedRow
    reason: str
    """`new`, `accepted_since`, `allowed_now`; `rejected: CODE`, `unsound: CODE`, `duplicate`, `superseded`,
    `undecided`, `withdrawn`, `tier`, `left_out`; `edited`; what stands otherwise; `unknown` where the corpus does not
    know."""


@dataclass(frozen=True)
class VersionDiff:
    """What changed from one version to the next."""

    earlier: Export
    later: Export
    changes: Sequence[ExplainedChange]
    unchanged: int
    """Rows that are in both as they were."""


def exports(workspace: Workspace) -> list[Export]:
    """Every finished version, oldest first; files are not hashed.

    Raises:
        ExportError: a version's manifest is damaged.
    """
    return [open_export(path, verify=False) for path in list_exports(workspace.exports)]


def lost_versions(workspace: Workspace) -> list[str]:
    """Versions that `rebuild` can put back: they were exported here, and their folder is not there any more.

    Raises:
        CorpusError: the corpus cannot be used.
    """
    if not workspace.corpus_path.exists():
        return []
    with open_corpus(workspace).unit(read_only=True) as unit:
        lost = [version for version in exported_versions(unit) if not (workspace.exports / version).exists()]
        known = [known_export(unit, version) for version in lost]
    return [each.version for each in known if each and each.until is not None]


@dataclass(frozen=True)
class Verification:
    """Whether a version is as it was written."""

    problems: Sequence[str]
    """Everything that does not hold, one line each; empty for a sound version."""
    withdrawn: Mapping[str, str]
    """Works that it rests on and that were withdrawn since, each with the reason."""
    files: int
    sha256: str
    """Of its manifest; empty where that cannot be read."""


def verify(workspace: Workspace, version: str, *, files_only: bool = False) -> Verification:
    """Hold a version, by name or folder, against its manifest, and unless `files_only` what it states against its rows.

    Raises:
        UsageError: there is no such folder.
    """
    root = export_folder(workspace, version)
    if not root.is_dir():
        raise UsageError(f"{root}: there is no export; `pedcorpus exports` lists what there is")
    problems = verify_export(root) if files_only else list(audit_export(root))
    try:
        export = open_export(root, verify=False)
    except ExportError:
        return Verification(problems, {}, 0, "")
    rests_on = export.manifest.counts.get("sources", {})
    gone = {name: said.reason for name, said in withdrawals(workspace).items() if name in rests_on}
    return Verification(problems, gone, len(export.manifest.files), export.sha256)


def diff_exports(workspace: Workspace, earlier: str, later: str) -> VersionDiff:
    """What came, went and changed from `earlier` to `later`, each a version's name or the folder of an export.

    Raises:
        UsageError: there is no such version.
        ExportError: one of them is not as it was written.
    """
    before, after = open_version(workspace, earlier), open_version(workspace, later)
    if not workspace.corpus_path.exists():
        changes = [ExplainedChange(row, _without_corpus(row)) for row in difference(before, after)]
    else:
        corpus = open_corpus(workspace)
        rows = difference(before, after, ancestors=lambda ids: _ancestors(corpus, ids))
        with corpus.unit(read_only=True) as unit:
            changes = _explained(unit, before, after, rows)
    in_both = sum(after.manifest.counts["splits"].values()) - sum(
        change.row.change in ("came", "revised", "restated") for change in changes
    )
    return VersionDiff(before, after, changes, in_both)


def open_version(workspace: Workspace, name: str, *, is_verified: bool = False) -> Export:
    """A finished version, by name or folder; unless it `is_verified`, every file's hash is checked first.

    Raises:
        UsageError: there is no such version.
        ExportError: it is not as it was written.
    """
    return open_export(export_folder(workspace, name), verify=not is_verified)


def export_folder(workspace: Workspace, name: str) -> Path:
    """A version's folder, or the folder of an export from elsewhere."""
    given = Path(name)
    if given.is_dir() and len(given.parts) > 1:
        return given
    own = workspace.exports / name
    if not own.exists() and name in lost_versions(workspace):
        raise UsageError(f"{own}: the folder is not there any more; put it back with `pedcorpus rebuild {name}`")
    return own


def _ancestors(corpus: Corpus, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
    with corpus.unit(read_only=True) as unit:
        return origins_of(unit, ids)


def _explained(unit: Unit, before: Export, after: Export, rows: Sequence[ChangedRow]) -> list[ExplainedChange]:
    new = written_since(unit, before.manifest.version, [row.id for row in rows if row.change == "came"])
    now = whereabouts(unit, [row.id for row in rows])
    is_stricter = before.manifest.tier != after.manifest.tier
    barred = standing_withdrawals(unit) if "withdrawn" in after.manifest.counts.get("left_out", {}) else {}
    return [
        ExplainedChange(row, _reason(row, new=new, now=now, other_tier=is_stricter, is_barred=row.source in barred))
        for row in rows
    ]


def _reason(
    row: ChangedRow, *, new: set[str], now: Mapping[str, Whereabouts], other_tier: bool, is_barred: bool
) -> str:
    if row.change in ("revised", "restated") or row.id not in now:
        return _without_corpus(row)
    if row.change == "came":
        return "new" if row.id in new else "allowed_now" if other_tier else "accepted_since"
    return _why_gone(now[row.id], other_tier=other_tier, is_barred=is_barred)


def _why_gone(where: Whereabouts, *, other_tier: bool, is_barred: bool) -> str:
    match where.status:
        case Status.REJECTED:
            return f"rejected: {where.reason}"
        case Status.DRAFT:
            return f"unsound: {where.reason}" if where.reason else "undecided"
        case Status.CANDIDATE | Status.PENDING:
            return "undecided"
        case Status.ACCEPTED:
            return "withdrawn" if is_barred else "tier" if other_tier else "left_out"
        case _:
            return where.status.value


def _without_corpus(row: ChangedRow) -> str:
    if row.change == "revised":
        return "edited"
    return ", ".join(row.restated) if row.change == "restated" else "unknown"


def row_texts(compared: VersionDiff, beginning: str) -> tuple[ChangedRow, tuple[DiffSegment, ...]]:
    """One changed row, by the beginning of its id in either version, and its two texts against one another.

    Raises:
        UsageError: no changed row's id begins so, or several do.
    """
    rows = [each.row for each in compared.changes]
    found = [row for row in rows if beginning and any(name.startswith(beginning) for name in {row.id, row.before})]
    if len(found) != 1:
        told = "more than one changed row" if found else "no changed row"
        raise UsageError(f"{told} of {compared.later.manifest.version} has an id that begins with {beginning!r}")
    row = found[0]
    old = texts_of(compared.earlier, row.before).get(row.before, "") if row.before else ""
    new = "" if row.change == "went" else texts_of(compared.later, row.id).get(row.id, "")
    return row, field_diff(old, new)
