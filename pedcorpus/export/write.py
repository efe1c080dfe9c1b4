"""Writes one version: tables, reports, card, manifest, in this order, into a folder that exists whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa

from pedcorpus.errors import UsageError
from pedcorpus.export.agreement import agreement_report
from pedcorpus.export.card import write_card
from pedcorpus.export.contamination import contamination_report
from pedcorpus.export.contents import Contents
from pedcorpus.export.croissant import croissant_metadata
from pedcorpus.export.folder import check_new_version, new_folder
from pedcorpus.export.leakage import leakage_report
from pedcorpus.export.manifest import MANIFEST_FILE, FileEntry, Manifest, manifest_bytes
from pedcorpus.export.origins import write_declarations
from pedcorpus.export.privacy import privacy_report
from pedcorpus.export.read import Export, open_export
from pedcorpus.export.release import SPLIT_KEPT, Release, Selection, select_rows
from pedcorpus.export.reports import licences_report, review_report, used_sources
from pedcorpus.export.stream import Streamed, stream_tables
from pedcorpus.export.verify import file_sha256
from pedcorpus.records import canonical_json

__all__ = ["write_export"]

_REPORTS = ("licences", "review", "leakage", "contamination", "privacy", "agreement")
_THREADS = 2
"""Files are encoded, and hashed, beside one another; the number changes no byte."""


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
    with new_folder(target) as folder, ThreadPoolExecutor(_THREADS) as pool:
        streamed = stream_tables(release, selection, folder, pool)
        contents = _contents(release, selection, streamed, folder, pool)
        write_declarations(folder, contents.sources, streamed.documents)
        _write_reports(contents, folder)
        write_card(contents, folder)
        _write_json(folder / "croissant.json", croissant_metadata(contents))
        manifest = _manifest(contents, streamed, folder)
        (folder / MANIFEST_FILE).write_bytes(manifest_bytes(manifest))
    return open_export(target, verify=False)


def _contents(
    release: Release, selection: Selection, streamed: Streamed, folder: Path, pool: ThreadPoolExecutor
) -> Contents:
    """Everything that is reported, from counts made on the way and from the tables as they were written."""
    hashes = dict(zip(streamed.rows, pool.map(file_sha256, (folder / path for path in streamed.rows)), strict=True))
    counts, tally = streamed.counts, streamed.tally
    facts = release.stream.privacy(selection.chosen, tally.dialogues)
    sources = used_sources(release, [*counts["sources"], *streamed.text_sources])
    return Contents(
        release=release,
        sources=sources,
        counts=counts,
        tables={path: _entry(folder / path, hashes[path], rows) for path, rows in streamed.rows.items()},
        licences=licences_report(sources, counts, streamed.text_sources),
        review=review_report(release, counts, tally, reviewers=len(streamed.reviewers), unsure=streamed.unsure),
        leakage=leakage_report(folder, left_out=selection.left_out.get(SPLIT_KEPT, 0)),
        privacy=privacy_report(facts, tally, rows=len(selection.keys)),
        contamination=contamination_report(release.evaluation, folder),
        agreement=agreement_report(release, streamed.reviewers),
    )


def _write_reports(contents: Contents, folder: Path) -> None:
    (folder / "reports").mkdir()
    for name in _REPORTS:
        if report := getattr(contents, name):
            _write_json(folder / "reports" / f"{name}.json", report)


def _write_text(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    _write_text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _entry(path: Path, digest: str, rows: int | None = None) -> FileEntry:
    return FileEntry(sha256=digest, rows=rows, bytes=path.stat().st_size)


def _manifest(contents: Contents, streamed: Streamed, folder: Path) -> Manifest:
    release = contents.release
    written = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    others = {name: _entry(path, file_sha256(path)) for name, path in written.items() if name not in contents.tables}
    return Manifest(
        version=release.version,
        parent=release.parent,
        tier=release.tier,
        status=release.status,
        code_version=version("pedcorpus"),
        writer=f"pyarrow {pa.__version__}",
        sources_sha256=_hash([source.model_dump(mode="json") for source in contents.sources]),
        settings_sha256=_hash(_settings(release)),
        replies_sha256=streamed.replies.sha256,
        decisions_sha256=streamed.tally.decisions_sha256,
        low_agreement=release.low_agreement,
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
