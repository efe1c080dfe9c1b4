"""Writes one version: tables, reports, card, manifest, in this order, into a folder that exists whole or not at all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa

from pedcorpus.errors import UsageError
from pedcorpus.export.card import write_card
from pedcorpus.export.contamination import contamination_report
from pedcorpus.export.contents import Contents
from pedcorpus.export.counts import count_rows, counted
from pedcorpus.export.croissant import croissant_metadata
from pedcorpus.export.folder import check_new_version, new_folder
from pedcorpus.export.instructions import decided_at, instruction_row, reviewer_names
from pedcorpus.export.leakage import leakage_report
from pedcorpus.export.manifest import MANIFEST_FILE, FileEntry, Manifest, manifest_bytes
from pedcorpus.export.privacy import privacy_report
from pedcorpus.export.read import SPLITS, Export, View, export_path, open_export
from pedcorpus.export.release import Release, Selection, select_rows
from pedcorpus.export.reports import licences_report, review_report, used_sources
from pedcorpus.export.tables import write_table
from pedcorpus.export.verify import file_sha256
from pedcorpus.export.views import cpt_rows, dfpo_rows, mue_rows, sft_rows, shown_pairs
from pedcorpus.records import canonical_json

__all__ = ["write_export"]


def write_export(release: Release, target: Path) -> Export:
    """Write `release` as the folder `target`, whose name is the version.

    The same release gives the same bytes wherever and whenever it is written. Nothing is read back from older
    versions, and nothing of `target` is visible until all of it is durable.

    Raises:
        UsageError: the version exists or cannot be a folder's name, or there is nothing to export.
        ExportError: the folder could not be written.
    """
    check_new_version(target.parent, release.version)
    if target.name != release.version:
        raise UsageError(f"{target}: the folder of version {release.version!r} has to be called so")
    selection = select_rows(release)
    with new_folder(target) as folder:
        contents = _write_tables(release, selection, folder)
        _write_reports(contents, folder)
        write_card(contents, folder)
        _write_json(folder / "croissant.json", croissant_metadata(contents))
        manifest = _manifest(contents, selection, folder)
        (folder / MANIFEST_FILE).write_bytes(manifest_bytes(manifest))
    return open_export(target, verify=False)


def _write_tables(release: Release, selection: Selection, folder: Path) -> Contents:
    cpt = cpt_rows(release, selection)
    reviewers = reviewer_names(release, selection)
    tables: dict[str, FileEntry] = {}
    for split in SPLITS:
        rows = selection.of(split)
        views: dict[View, Any] = {
            "instructions": (instruction_row(row, release, reviewers=reviewers) for row in rows),
            "cpt": cpt[split],
            "sft": sft_rows(rows),
            "dfpo": dfpo_rows(release, selection, split),
            "mue": mue_rows(rows),
        }
        for view, stream in views.items():
            path = export_path(view, split)
            if count := write_table(folder / path, stream, view=view):
                tables[path] = _entry(folder / path, rows=count)
    texts = Counter(row["source"] for rows in cpt.values() for row in rows if row["kind"] != "instruction")
    sources = used_sources(release, selection, texts)
    pairs = {"preferences": counted(pair.kind.value for pair in shown_pairs(release, selection))}
    return Contents(
        release=release,
        sources=sources,
        counts=count_rows(selection) | pairs,
        tables=tables,
        licences=licences_report(sources, selection, texts),
        review=review_report(release, selection),
        leakage=leakage_report(selection, [row["text"] for row in cpt["train"]]),
        privacy=privacy_report(release.privacy, selection),
        contamination=contamination_report(
            release.evaluation, selection, [row["text"] for row in cpt["train"] if row["kind"] != "instruction"]
        ),
    )


def _write_reports(contents: Contents, folder: Path) -> None:
    (folder / "reports").mkdir()
    for name in ("licences", "review", "leakage", "contamination", "privacy"):
        _write_json(folder / "reports" / f"{name}.json", getattr(contents, name))


def _write_text(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    _write_text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _entry(path: Path, *, rows: int | None = None) -> FileEntry:
    return FileEntry(sha256=file_sha256(path), rows=rows, bytes=path.stat().st_size)


def _manifest(contents: Contents, selection: Selection, folder: Path) -> Manifest:
    release = contents.release
    written = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    others = {name: _entry(path) for name, path in written.items() if name not in contents.tables}
    decisions = [
        decision.model_dump(mode="json") | {"at": decided_at(decision)}
        for row in selection.rows
        for decision in row.decisions
    ]
    return Manifest(
        version=release.version,
        parent=release.parent,
        tier=release.tier,
        status=release.status,
        code_version=version("pedcorpus"),
        writer=f"pyarrow {pa.__version__}",
        sources_sha256=_hash([source.model_dump(mode="json") for source in contents.sources]),
        settings_sha256=_hash(_settings(release)),
        decisions_sha256=_hash(decisions),
        counts={name: dict(counts) for name, counts in contents.counts.items()},
        files={**contents.tables, **others},
    )


def _settings(release: Release) -> dict[str, Any]:  # JSON values
    """What the export was made by: its settings, and the content of each evaluation set."""
    settings = release.settings.model_dump(mode="json")
    if release.evaluation is None:
        return settings
    sets = {each.name: each.sha256 for each in release.evaluation.sets}
    return settings | {"evaluation": {**release.evaluation.compared_by, "sets": sets}}


def _hash(value: Any) -> str:  # any JSON value
    return sha256(canonical_json(value).encode()).hexdigest()
