"""Holds the files of an export against its manifest: which are missing, added, cut or changed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.errors import ExportError
from pedcorpus.export.manifest import MANIFEST_FILE, FileEntry, Manifest, parse_manifest

__all__ = ["file_problems", "file_sha256", "verify_export"]

_THREADS = 4
"""Files hashed beside one another."""


def verify_export(root: Path) -> list[str]:
    """Everything that does not hold, one line each, by path; empty for a sound export."""
    try:
        manifest = parse_manifest((root / MANIFEST_FILE).read_bytes(), where=f"{root / MANIFEST_FILE}")
    except OSError as error:
        return [f"{root / MANIFEST_FILE}: cannot be read ({error.strerror}); this is no finished export"]
    except ExportError as error:
        return [str(error)]
    return list(file_problems(root, manifest))


def file_problems(root: Path, manifest: Manifest) -> Iterator[str]:
    """Problems of the files alone, in the order of their paths; the manifest is taken as sound."""
    found = {path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir()} - {MANIFEST_FILE}
    listed = [name for name in sorted(manifest.files) if name in found]
    with ThreadPoolExecutor(_THREADS) as pool:  # hashing and reading leave the interpreter free
        told = pool.map(lambda name: _problem(root / name, manifest.files[name]), listed)
        problems = dict(zip(listed, told, strict=True))
    for name in sorted(found | set(manifest.files)):
        if name not in manifest.files:
            yield f"{root / name}: was added; the manifest does not list it"
        elif name not in found:
            yield f"{root / name}: is missing; the manifest lists it"
        elif problems[name]:
            yield f"{root / name}: {problems[name]}"


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _problem(path: Path, entry: FileEntry) -> str:
    try:
        size = path.stat().st_size
        if size != entry.bytes:
            return f"has {size} bytes, expected {entry.bytes}"
        if file_sha256(path) != entry.sha256:
            return "was changed: its SHA-256 is not the one in the manifest"
        if entry.rows is not None and (rows := pq.read_metadata(path).num_rows) != entry.rows:
            return f"has {rows} rows, expected {entry.rows}"
    except (OSError, pa.ArrowInvalid) as error:
        return f"cannot be read ({error})"
    return ""
