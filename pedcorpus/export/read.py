"""Opens a finished export for those who use it: training and evaluation never open the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

import pyarrow.parquet as pq

from pedcorpus.errors import ExportError, UsageError
from pedcorpus.export.manifest import MANIFEST_FILE, Manifest, parse_manifest
from pedcorpus.export.verify import file_problems

__all__ = [
    "SPLITS",
    "VIEWS",
    "Export",
    "Split",
    "View",
    "export_path",
    "list_exports",
    "newest_export",
    "open_export",
]

Split = Literal["train", "validation", "test"]
View = Literal["instructions", "cpt", "sft", "dfpo", "mue"]

SPLITS: tuple[Split, ...] = get_args(Split)
"""From what may be learnt from to what is held out."""
VIEWS: tuple[View, ...] = get_args(View)
"""The whole records, then the four training views."""


def export_path(view: View, split: Split) -> str:
    """Path of a table inside an export, as the manifest lists it."""
    return f"{view}/{split}.parquet"


@dataclass(frozen=True)
class Export:
    """One finished version of the corpus."""

    root: Path
    manifest: Manifest
    sha256: str
    """Of the manifest file; it stands for the whole export."""

    def view_file(self, view: View, split: Split) -> Path | None:
        """Where the table lies; none when this view has no rows in this split."""
        path = export_path(view, split)
        return self.root / path if path in self.manifest.files else None

    def rows(self, view: View, split: Split) -> Iterator[dict[str, Any]]:  # columns differ by view
        """Rows of one table in their stored order, read a batch at a time; none when there is no table."""
        path = self.view_file(view, split)
        if path is None:
            return
        with pq.ParquetFile(path) as table:
            for batch in table.iter_batches(batch_size=1024):
                yield from batch.to_pylist()


def open_export(root: Path, *, verify: bool = True) -> Export:
    """The export in the folder `root`, by default with the hash of every file checked first.

    Raises:
        UsageError: there is no such folder.
        ExportError: something in it is not as it was written; the message names the first such thing.
    """
    if not root.is_dir():
        raise UsageError(f"{root}: there is no export; make one with `pedcorpus export --version {root.name}`")
    where = root / MANIFEST_FILE
    try:
        data = where.read_bytes()
    except OSError as error:
        raise ExportError(f"{where}: cannot be read ({error.strerror}); this is no finished export") from error
    manifest = parse_manifest(data, where=str(where))
    if verify and (problem := next(file_problems(root, manifest), None)):
        raise ExportError(f"{problem}; restore the file or export a new version")
    return Export(root=root, manifest=manifest, sha256=sha256(data).hexdigest())


def _natural_order(path: Path) -> list[tuple[int, int, str]]:
    """Numbers compare as numbers, so that v10 comes after v9."""
    parts = re.findall(r"[0-9]+|[^0-9]+", path.name)
    return [(0, int(part), part) if part.isdigit() else (1, 0, part) for part in parts]


def list_exports(exports_dir: Path) -> tuple[Path, ...]:
    """Folders of all finished exports, oldest version first; unfinished ones are not among them."""
    if not exports_dir.is_dir():
        return ()
    folders = (path for path in exports_dir.iterdir() if not path.name.startswith("."))
    return tuple(sorted((path for path in folders if (path / MANIFEST_FILE).is_file()), key=_natural_order))


def newest_export(exports_dir: Path) -> Path | None:
    """Folder of the finished export with the highest version; none when there is none."""
    exports = list_exports(exports_dir)
    return exports[-1] if exports else None
