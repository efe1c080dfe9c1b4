"""Which versions were exported, and which instruction went into which split of them."""

from __future__ import annotations

from collections.abc import Mapping

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import add_new, fetch

__all__ = ["add_export", "exported_ids", "version_before"]


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


def add_export(
    unit: Unit, *, version: str, tier: str, status: str, manifest_sha256: str, items: Mapping[str, str]
) -> None:
    """Remember a finished export; `items` gives the split of each instruction id."""
    row = {"version": version, "tier": tier, "status": status, "manifest_sha256": manifest_sha256}
    add_new(unit, "export", [row], key=("version",))
    rows = [{"version": version, "instruction": item, "split": split} for item, split in items.items()]
    add_new(unit, "export_item", rows, key=("version", "instruction"))
