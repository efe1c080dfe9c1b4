"""Writes a finished version in another format: read from its Parquet a batch at a time, whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.export.folder import new_folder
from pedcorpus.export.formats.format import TRAINING_VIEWS, Format, LineFile, Row
from pedcorpus.export.formats.lines import line_writer
from pedcorpus.export.formats.origin import ORIGIN_FILE, Origin, origin_bytes, readme_text
from pedcorpus.export.manifest import FileEntry
from pedcorpus.export.read import SPLITS, VIEWS, Export, Split, View
from pedcorpus.export.verify import file_sha256

__all__ = ["Converted", "convert_export"]

_TERMS = {"LICENSE.md": "LICENSE.md", "reports/licences.json": "licences.json"}
"""What says under which terms the rows may be used, by path in a version, and the name that it takes along."""

_EVERY = 1000
"""Rows between two reports of progress."""


@dataclass(frozen=True)
class Converted:
    """A version in another format."""

    root: Path
    origin: Origin
    files: tuple[LineFile, ...]


def convert_export(
    export: Export,
    form: Format,
    target: Path,
    *,
    views: Collection[View] = VIEWS,
    advance: Callable[[int], None] = lambda rows: None,  # noqa: ARG005 - nobody listens
) -> Converted:
    """Write `views` of `export` as the new folder `target`; the same version gives the same bytes.

    `advance` is told of rows as they are done.

    Raises:
        UsageError: `target` exists, or the version has no row that this format can carry.
        ExportError: the folder could not be written; nothing is left of it.
    """
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target} exists; remove it, or choose another place with --out")
    wanted = [view for view in VIEWS if view in views and _splits(export, view)]
    carried = [view for view in wanted if view in form.views]
    if not carried:
        raise UsageError(
            f"{export.manifest.version} has no rows of {', '.join(views)} that format {form.name} can carry; "
            f"it carries {', '.join(form.views)}"
        )
    with new_folder(target) as folder:
        files, rows_left_out = _write_lines(export, form, folder, carried, advance)
        _write_beside(export, form, folder, files)
        origin = Origin(
            version=export.manifest.version,
            manifest_sha256=export.sha256,
            tier=export.manifest.tier,
            status=export.manifest.status,
            sources=tuple(sorted(export.manifest.counts.get("sources", {}))),
            format=form.name,
            code_version=version("pedcorpus"),
            views_left_out=tuple(view for view in wanted if view in TRAINING_VIEWS and view not in carried),
            rows_left_out=rows_left_out,
            files=_entries(folder, files),
        )
        (folder / ORIGIN_FILE).write_bytes(origin_bytes(origin))
    return Converted(root=target, origin=origin, files=tuple(files))


def _splits(export: Export, view: View) -> list[Split]:
    return [split for split in SPLITS if export.view_file(view, split)]


def _write_lines(
    export: Export, form: Format, folder: Path, views: Collection[View], advance: Callable[[int], None]
) -> tuple[list[LineFile], dict[str, dict[str, int]]]:
    """The files written, view by view, and the rows left out by table and reason."""
    files: list[LineFile] = []
    left_out: dict[str, dict[str, int]] = {}
    for view in views:
        for split in _splits(export, view):
            refused: Counter[str] = Counter()
            with line_writer(folder, form) as writer:
                for row in _told(export.rows(view, split), advance):
                    line = form.line(view, row)
                    if isinstance(line, str):
                        refused[line] += 1
                    else:
                        writer.write(f"{form.folder(view, row)}/{split}.jsonl", line)
            files += [LineFile(path=path, view=view, split=split, rows=rows) for path, rows in writer.rows().items()]
            if refused:
                left_out[f"{view}/{split}"] = dict(sorted(refused.items()))
    return files, left_out


def _told(rows: Iterator[Row], advance: Callable[[int], None]) -> Iterator[Row]:
    done = 0
    for done, row in enumerate(rows, 1):
        yield row
        if done % _EVERY == 0:
            advance(_EVERY)
    advance(done % _EVERY)


def _write_beside(export: Export, form: Format, folder: Path, files: Sequence[LineFile]) -> None:
    """What the tool wants, the terms of the works, and a README."""
    for name, value in form.beside(files).items():
        _write(folder / name, json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    terms = {path: name for path, name in _TERMS.items() if path in export.manifest.files}
    for path, name in terms.items():
        shutil.copyfile(export.root / path, folder / name)
    _write(folder / "README.md", readme_text(form, files, export=export, terms=list(terms.values())))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _entries(folder: Path, files: Sequence[LineFile]) -> dict[str, FileEntry]:
    rows = {file.path: file.rows for file in files}
    written = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: FileEntry(sha256=file_sha256(path), rows=rows.get(name), bytes=path.stat().st_size)
        for name, path in sorted(written.items())
    }
