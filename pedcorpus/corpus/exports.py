"""Which versions were exported, and which instruction went into which split of them."""

from __future__ import annotations

import pyarrow as pa

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import add_new, append_table, fetch

__all__ = ["add_export", "exported_ids", "exported_versions", "version_before"]


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


def add_export(
    unit: Unit, *, version: str, tier: str, status: str, manifest_sha256: str, items: pa.Table, until: int | None
) -> None:
    """Remember a finished export.

    Args:
        unit: the unit of work.
        version: its name.
        tier: its release tier.
        status: `accepted` or `candidate`.
        manifest_sha256: hash of its manifest.
        items: columns `instruction` and `split`.
        until: number of the latest row there was in the corpus that it was made of; none where that is not known.
    """
    row = {"version": version, "tier": tier, "status": status, "manifest_sha256": manifest_sha256, "until": until}
    if not add_new(unit, "export", [row], key=("version",)):
        return
    append_table(unit, "export_item", items.append_column("version", pa.array([version] * len(items))))
