"""Rebuild: a finished version made again from the corpus, which is held against what the version was.

A version is bound to a state of the corpus, to the settings and evaluation sets of its day and to the code that wrote
it. The corpus remembers the state, the settings and the manifest; nothing is asked of the network, and nothing of the
corpus changes. What made the bytes differ, where they do, is told as far as the two manifests tell it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from pedcorpus.corpus import Corpus, KnownExport, exported_versions, known_export
from pedcorpus.errors import UsageError
from pedcorpus.export import (
    MANIFEST_FILE,
    Export,
    Manifest,
    check_new_version,
    differences,
    first_difference,
    list_exports,
    move_folder,
    parse_manifest,
    scratch_folder,
    verify_export,
)
from pedcorpus.flow.export import Wanted, make_export
from pedcorpus.flow.export_settings import changed_settings, settings_as_then
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.remembered import remember_finished
from pedcorpus.flow.withdraw import withdrawals
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Status, Tier
from pedcorpus.settings import Workspace

__all__ = ["Rebuilt", "rebuild"]


@dataclass(frozen=True)
class Rebuilt:
    """A version made again, held against what it was."""

    version: str
    sha256: str
    """Of the manifest of what was made now."""
    expected: str
    """Of the manifest of what was made then."""
    files: int
    differs: str
    """The first file that is not the same, rows before reports and those before the card; empty where all are."""
    reasons: Sequence[str]
    """Why, as far as the manifests tell it."""
    problems: Sequence[str]
    """What in the version's own folder is not as it was written, one line each."""
    put_back: bool
    """Was the folder lost, and is there again?"""
    settings: Sequence[str]
    """What is set otherwise now; it was made by the settings of its day."""
    withdrawn: Mapping[str, str]
    """Works that it rests on and that were withdrawn since, each with the reason."""

    @property
    def is_same(self) -> bool:
        """Has it the bytes that it had?"""
        return self.sha256 == self.expected


def rebuild(
    workspace: Workspace, version: str, *, into: Path | None = None, progress: Progress = NO_PROGRESS
) -> Rebuilt:
    """Make `exports/<version>` again beside itself and compare; where its folder is lost, put it back.

    With `into`, what is made stays there, as the folder `into/<version>`, be it the same or not.

    Raises:
        UsageError: no such version was exported here, what it was made of is not known, or `into` holds one already.
        ExportError: it cannot be written.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    corpus = open_corpus(workspace)
    remember_finished(corpus, [path for path in list_exports(workspace.exports) if path.name == version])
    known, until = _known(corpus, version)
    own = workspace.exports / version
    then = _manifest_then(known, own)
    as_then = _by_settings_of(known, workspace)
    said, follows = (then.low_agreement, then.parent or "") if then else ("", "")
    wanted = Wanted(Tier(known.tier), Status(known.status), said, follows)
    with _place(workspace, version, into) as place:
        made = make_export(as_then, corpus, place / version, wanted, until=until, progress=progress)
        is_same = made.sha256 == known.manifest_sha256
        is_lost = is_same and into is None and not own.exists()
        if is_lost:
            move_folder(made.root, own)
    return Rebuilt(
        version=version,
        sha256=made.sha256,
        expected=known.manifest_sha256,
        files=len(made.manifest.files),
        differs="" if is_same else first_difference(then, made.manifest),
        reasons=[] if is_same else differences(then, made.manifest),
        problems=_problems(own, known) if own.exists() else [],
        put_back=is_lost,
        settings=changed_settings(workspace.settings, known.settings) if known.settings else [],
        withdrawn=_withdrawn(workspace, made),
    )


def _known(corpus: Corpus, version: str) -> tuple[KnownExport, int]:
    with corpus.unit(read_only=True) as unit:
        known, versions = known_export(unit, version), exported_versions(unit)
    if known is None:
        told = f"; there are: {', '.join(versions)}" if versions else ", nor any other"
        raise UsageError(f"{version}: no such version was exported from this corpus{told}")
    if known.until is None:
        raise UsageError(
            f"{version}: the corpus does not know which state it was made of: it was exported before that was kept, or "
            f"ended before it could say so; `pedcorpus verify {version}` holds its folder against its manifest"
        )
    return known, known.until


def _manifest_then(known: KnownExport, own: Path) -> Manifest | None:
    """What the version said of itself: as it was kept, else as it stands in its folder; none where both are lost."""
    if known.manifest is not None:
        return parse_manifest(known.manifest.encode(), where=f"{known.version}, as the corpus keeps its manifest")
    path = own / MANIFEST_FILE
    data = path.read_bytes() if path.is_file() else b""
    is_its_own = sha256(data).hexdigest() == known.manifest_sha256
    return parse_manifest(data, where=str(path)) if is_its_own else None


def _by_settings_of(known: KnownExport, workspace: Workspace) -> Workspace:
    if known.settings is None:
        return workspace
    return replace(workspace, given=settings_as_then(workspace.settings, known.settings))


def _place(workspace: Workspace, version: str, into: Path | None) -> AbstractContextManager[Path]:
    if into is None:
        return scratch_folder(workspace.exports / version)
    if into.resolve() == workspace.exports.resolve():
        raise UsageError(f"{into}: versions of this workspace lie there; give --into another folder, or leave it out")
    check_new_version(into, version)
    return nullcontext(into)


def _problems(own: Path, known: KnownExport) -> list[str]:
    """What in the version's folder is not as it was written."""
    if problems := verify_export(own):
        return problems
    if sha256((own / MANIFEST_FILE).read_bytes()).hexdigest() != known.manifest_sha256:
        return [f"{own}: sound, and not the version that this corpus made under that name"]
    return []


def _withdrawn(workspace: Workspace, made: Export) -> dict[str, str]:
    rests_on = made.manifest.counts.get("sources", {})
    return {name: said.reason for name, said in withdrawals(workspace).items() if name in rests_on}
