"""Import: a finished version → a corpus of its own, so that a team can carry on another team's.

What the version holds is all that comes: its rows with their evidence, what was said of them, and the texts that they
cite. Nothing of the workspace is a corpus until all of it is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pedcorpus.corpus import make_corpus
from pedcorpus.errors import ExportError, UsageError
from pedcorpus.export import Export, audit_export, copy_export, has_origins, list_exports, open_export, scratch_folder
from pedcorpus.flow.carried_corpus import Carried, fill_corpus
from pedcorpus.flow.exports import export_folder
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import ensure_settings
from pedcorpus.settings import Workspace

__all__ = ["ImportedExport", "import_export"]


@dataclass(frozen=True)
class ImportedExport:
    """A corpus that was made from a version."""

    export: Export
    """The version as it lies in the workspace from now on."""
    carried: Carried
    made: Sequence[Path]
    """Files of the workspace that did not exist before."""


def import_export(workspace: Workspace, version: str, *, progress: Progress = NO_PROGRESS) -> ImportedExport:
    """Make the corpus of `workspace`, which has none, from a version, by folder or by name in its `exports`.

    The version is copied there, and is the one that the next export of the new corpus follows.

    Raises:
        UsageError: there is no such version, there is a corpus here already, or another version of this name.
        ExportError: the version is not as it was written, of a newer layout, or holds no origins.
        CorpusError: the corpus could not be made.
    """
    root = export_folder(workspace, version)
    if not root.is_dir():
        raise UsageError(f"{root}: there is no export; give the folder of one, as ../ward/exports/v3")
    _refuse_corpus(workspace)
    export = _sound(root)
    made = ensure_settings(workspace)
    copied = copy_export(export, workspace.exports)
    rows = sum(copied.manifest.counts["splits"].values())
    earlier = _earlier(copied)
    with progress.stage("import", rows) as stage, scratch_folder(workspace.corpus_path) as scratch:
        carried = make_corpus(
            workspace.corpus_path,
            scratch,
            lambda corpus: fill_corpus(corpus, copied, stage.advance, earlier=earlier),
        )
    return ImportedExport(copied, carried, [*made, workspace.corpus_path])


def _earlier(export: Export) -> list[Export]:
    """Versions before it that were put beside it: the next one follows it, and not one of them."""
    folders = list_exports(export.root.parent)
    return [open_export(path, verify=False) for path in folders[: folders.index(export.root)]]


def _refuse_corpus(workspace: Workspace) -> None:
    """A corpus is one history: two teams' versions, held-out rows and declarations do not mix without a person."""
    if workspace.corpus_path.exists():
        raise UsageError(
            f"{workspace.corpus_path}: there is a corpus already, and an export is made into one of its own; "
            "choose another folder with --workspace"
        )


def _sound(root: Path) -> Export:
    """The version in `root`, if all that it states holds and it can be carried on."""
    export = open_export(root, verify=False)
    if not has_origins(export):
        raise ExportError(
            f"{root}: holds no origins: it was made before versions kept the texts that their rows quote "
            f"(by pedcorpus {export.manifest.code_version}); ask its team for one made with this version or a later one"
        )
    if problem := next(audit_export(root), None):
        raise ExportError(f"{problem}; what is not as it was written is not imported")
    return export
