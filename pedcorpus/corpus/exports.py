"""Which versions were exported, and which instruction went into which split of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pyarrow as pa

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import add_new, append_table, fetch

__all__ = ["KnownExport", "add_export", "exported_ids", "exported_versions", "known_export", "version_before"]


@dataclass(frozen=True)
class KnownExport:
    """A finished export as the corpus remembers it."""

    version: str
    tier: str
    status: str
    """`accepted` or `candidate`."""
    manifest_sha256: str
    until: int | None = None
    """Number of the latest row there was in the corpus that it was made of; none where that is not known."""
    manifest: str | None = None
    """The manifest's text; none where it was not kept."""
    settings: str | None = None
    """The settings that decided its bytes, as JSON; none where they were not kept."""


def known_export(unit: Unit, version: str) -> KnownExport | None:
    """What is remembered of an exported version; none of one that was never exported here."""
    query = "SELECT version, tier, status, manifest_sha256, until, manifest, settings FROM export WHERE version = ?"
    return next(iter(fetch(unit, query, [version], make=KnownExport)), None)


def version_before(unit: Unit, version: str) -> str | None:
    """The version exported before `version`, or the latest one when `version` is new; none for the first."""
    query = """
        SELECT arg_max(version, written) FROM export
        WHERE written < coalesce((SELECT written FROM export WHERE version = ?), 9223372036854775807)"""
    found: str | None = unit.execute(query, [version]).fetchall()[0][0]
    return found


def exported_ids(unit: Unit, version: str, split: str) -> list[str]:
    """Ids of the instructions in one split of an exported version, sorted."""
    query = "SELECT instruction FROM export_item WHERE version = ? AND split = ? ORDER BY instruction"
    return fetch(unit, query, [version, split], make=str)


def exported_versions(unit: Unit) -> list[str]:
    """All exported versions, in the order in which they were."""
    return fetch(unit, "SELECT version FROM export ORDER BY written", make=str)


def add_export(unit: Unit, export: KnownExport, items: pa.Table) -> None:
    """Remember a finished export and what went into it: columns `instruction` and `split`."""
    if not add_new(unit, "export", [asdict(export)], key=("version",)):
        return
    append_table(unit, "export_item", items.append_column("version", pa.array([export.version] * len(items))))
