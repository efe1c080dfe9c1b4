"""What has been written of an export so far: what its card and its Croissant metadata are computed from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pedcorpus.export.manifest import FileEntry
from pedcorpus.export.read import SPLITS, VIEWS, Split, View, export_path
from pedcorpus.export.release import Release
from pedcorpus.records import Source

__all__ = ["CORPUS_NAME", "Contents"]

CORPUS_NAME = "PedCorpus"


@dataclass(frozen=True)
class Contents:
    """The tables and reports of one export, before its card is written."""

    release: Release
    sources: Sequence[Source]
    """Works that anything in it is from, by id."""
    counts: Mapping[str, Mapping[str, int]]
    tables: Mapping[str, FileEntry]
    """By path."""
    licences: Mapping[str, Any]
    review: Mapping[str, Any]
    leakage: Mapping[str, Any]
    contamination: Mapping[str, Any]
    privacy: Mapping[str, Any]
    agreement: Mapping[str, Any]
    """Empty where it was not worked out."""

    @property
    def title(self) -> str:
        return f"{CORPUS_NAME} {self.release.version}"

    @property
    def licenses(self) -> list[str]:
        """Licences of all works in it, sorted."""
        return sorted({source.license or "unknown" for source in self.sources})

    @property
    def languages(self) -> list[str]:
        return sorted({*self.counts["languages"], *(source.language for source in self.sources)})

    @property
    def rows(self) -> int:
        return sum(self.counts["splits"].values())

    def rows_of(self, view: View, split: Split) -> int | None:
        """Rows of one table; none when there is no such table."""
        entry = self.tables.get(export_path(view, split))
        return entry.rows if entry else None

    def written(self) -> dict[View, list[Split]]:
        """The views that have rows, each with the splits that have."""
        splits = {view: [split for split in SPLITS if self.rows_of(view, split)] for view in VIEWS}
        return {view: found for view, found in splits.items() if found}
