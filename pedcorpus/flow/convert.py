"""A finished version → the same rows in a format of the field; the corpus is not opened."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pedcorpus.export import SPLITS, VIEWS, Export, View
from pedcorpus.export.formats import Converted, convert_export, format_of
from pedcorpus.flow.exports import open_version
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.settings import Workspace

__all__ = ["convert"]


def convert(
    workspace: Workspace,
    version: str,
    form: str,
    *,
    out: Path | None = None,
    views: Collection[View] = VIEWS,
    progress: Progress = NO_PROGRESS,
) -> Converted:
    """Write a version, by name or folder, in the format called `form`, by default to `converted/<version>/<form>`.

    Raises:
        UsageError: there is no such version or format, it carries none of `views`, or the place is taken.
        ExportError: the version is not as it was written, or the folder could not be.
    """
    chosen = format_of(form)
    export = open_version(workspace, version)
    target = out or workspace.root / "converted" / export.manifest.version / form
    rows = sum(_rows(export, view) for view in views if view in chosen.views)
    with progress.stage("convert", rows) as stage:
        return convert_export(export, chosen, target, views=views, advance=stage.advance)


def _rows(export: Export, view: View) -> int:
    entries = (export.manifest.files.get(f"{view}/{split}.parquet") for split in SPLITS)
    return sum(entry.rows or 0 for entry in entries if entry)
