"""What the benches of drafting read: the sample shelf, and the real text beside the repository where it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pedcorpus.errors import InputError
from pedcorpus.generate import Material
from pedcorpus.parse import Original, parse_original
from pedcorpus.records import Source, SourceKind
from pedcorpus.shipped import shipped_folder

__all__ = ["real_shelf", "sample_shelf"]

Shelf = dict[str, tuple[SourceKind, Literal["zh", "en"]]]

_REAL = Path(__file__).parents[2] / "shared" / "data"
_SAMPLES: Shelf = {
    "textbook-digestive": (SourceKind.TEXTBOOK, "zh"),
    "textbook-neuro-resp": (SourceKind.TEXTBOOK, "zh"),
    "guideline-febrile-child": (SourceKind.GUIDELINE, "zh"),
    "graph-childhood-diseases": (SourceKind.GRAPH, "zh"),
}
_REAL_TEXTS: Shelf = {
    "textbook_md/gmzyjc_ek": (SourceKind.TEXTBOOK, "zh"),
    "textbook_gbk": (SourceKind.TEXTBOOK, "zh"),
    "papers_chinaxiv/md": (SourceKind.TEXTBOOK, "zh"),
    "kg_doid": (SourceKind.GRAPH, "en"),
}
_READ = {".md", ".txt", ".pdf", ".csv", ".tsv", ".obo"}


def sample_shelf() -> Iterator[Material]:
    """Every file of the sample shelf that drafts are made from, as it is parsed."""
    return _materials(shipped_folder("sources"), _SAMPLES)


def real_shelf() -> Iterator[Material]:
    """The same of `../shared/data`; nothing where that folder is absent."""
    return _materials(_REAL, _REAL_TEXTS)


def _materials(shelf: Path, works: Shelf) -> Iterator[Material]:
    for folder, (kind, language) in works.items():
        work = Source(id=Path(folder).name, kind=kind, title=Path(folder).name, language=language)
        for file in sorted((shelf / folder).glob("*")):
            if file.suffix not in _READ or (file.stem in ("chapter", "LICENSE") and file.suffix == ".txt"):
                continue
            try:
                parsed = parse_original(Original(work, file.name, file.read_bytes()))
            except InputError:  # an empty chapter, which ingest tells as a failure
                continue
            yield Material(work, parsed.document, parsed.passages, parsed.triples)
