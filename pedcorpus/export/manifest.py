"""The manifest: what an export consists of, and the hashes that bind it to its sources, settings and decisions.

It knows its own bytes and nothing of folders; `read` and `verify` hold it against the files.
"""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from typing import Literal, get_args

from pydantic import Field, ValidationError

from pedcorpus.errors import ExportError
from pedcorpus.records import Record, Tier, canonical_json

__all__ = ["MANIFEST_FILE", "FileEntry", "Manifest", "manifest_bytes", "parse_manifest"]

MANIFEST_FILE = "manifest.json"

_HASH = r"^[0-9a-f]{64}$"


class FileEntry(Record):
    """One file of an export, as it was written."""

    sha256: str = Field(pattern=_HASH)
    rows: int | None = Field(default=None, ge=0)
    """Rows of a table; none for a file that is not one."""
    bytes: int = Field(ge=0)


class Manifest(Record):
    """Everything an export says of itself. The file's own SHA-256 is the identity of the export."""

    format: Literal[1] = 1
    """Layout of the export folder; raised when a reader of the old layout would go wrong."""
    version: str
    parent: str | None = None
    """Version that this one follows."""
    tier: Tier
    """Strictest tier that any of its rows may have."""
    status: Literal["accepted", "candidate"]
    """Whether a decision stands behind every row; `candidate` rows have passed the checks only."""
    code_version: str
    """Version of pedcorpus that wrote it."""
    writer: str
    """Parquet library and version: another one may write other bytes for the same rows."""
    sources_sha256: str = Field(pattern=_HASH)
    """Over the declarations of all works in it."""
    settings_sha256: str = Field(pattern=_HASH)
    """Over the export settings."""
    replies_sha256: str | None = Field(default=None, pattern=_HASH)
    """Over the requests whose replies its rows were made of, each with the name of its model; none in exports made
    before they were bound. The replies themselves are kept by their requests' keys."""
    decisions_sha256: str = Field(pattern=_HASH)
    """Over the decisions behind its rows."""
    low_agreement: str = ""
    """Why it went out though readers agreed less than the settings ask for, and who said so; empty where they did."""
    counts: dict[str, dict[str, int]] = Field(default_factory=dict)
    """Rows by `splits`, `tasks`, `acceptance`, `sources`; pairs by kind in `preferences`; rows that a
    model wrote by its name in `models`; what stayed behind by reason
    in `left_out`."""
    files: dict[str, FileEntry]
    """Every file but the manifest itself, by path with forward slashes."""
    seal: str = ""
    """SHA-256 of the rest of this record; set when it is written."""

    @property
    def unsaid(self) -> set[str]:
        """Fields that the layout did not have when it was written, or that say nothing."""
        later = {"replies_sha256": self.replies_sha256 is None, "low_agreement": not self.low_agreement}
        return {name for name, is_unsaid in later.items() if is_unsaid}

    def sealed(self) -> Manifest:
        """The same manifest with the seal that fits it."""
        rest = canonical_json(self.model_dump(mode="json", exclude={"seal", *self.unsaid}))
        return self.model_copy(update={"seal": sha256(rest.encode()).hexdigest()})


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as its one file: sealed, keys in the record's order, paths sorted."""
    ordered = manifest.model_copy(update={"files": dict(sorted(manifest.files.items()))})
    return (ordered.sealed().model_dump_json(indent=2, exclude=ordered.unsaid) + "\n").encode()


def parse_manifest(data: bytes, *, where: str) -> Manifest:
    """The manifest that `data` holds.

    Raises:
        ExportError: not a manifest, one of a newer layout, or one whose bytes were changed.
    """
    _refuse_newer(data, where)
    try:
        manifest = Manifest.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "file"
        raise ExportError(
            f"{where}: {place}: {first['msg']}; it was damaged or written by another version of pedcorpus"
        ) from error
    if manifest_bytes(manifest) != data:
        raise ExportError(f"{where}: was changed after it was written; restore it or export a new version")
    return manifest


def _refuse_newer(data: bytes, where: str) -> None:
    found = 0
    with suppress(ValueError, AttributeError):  # what is no manifest at all is told elsewhere
        found = json.loads(data).get("format", 0)
    known = max(get_args(Manifest.model_fields["format"].annotation))
    if isinstance(found, int) and found > known:
        raise ExportError(
            f"{where}: is of layout {found}, written by a newer pedcorpus (this one knows up to {known}); "
            "upgrade with: pip install -U pedcorpus"
        )
