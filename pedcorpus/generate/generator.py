"""What a generator is: the passages or triples of one document in, drafts out; nothing is invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from pedcorpus.records import Dialogue, Document, Instruction, Passage, Source, SourceKind, Triple
from pedcorpus.settings import GenerateSettings

__all__ = ["Generator", "Material"]


@dataclass(frozen=True)
class Material:
    """One document with what was read from it, in order of reading."""

    source: Source
    document: Document
    passages: tuple[Passage, ...] = ()
    triples: tuple[Triple, ...] = ()
    dialogues: tuple[Dialogue, ...] = ()


class Generator(Protocol):
    """One way of making drafts, registered under the entry-point group `pedcorpus.generators`."""

    name: str
    """Becomes the record's `generator` as `rule.<name>@<version>`."""
    version: int
    kinds: frozenset[SourceKind]
    """Kinds of work it reads."""

    def drafts(self, material: Material, settings: GenerateSettings) -> Iterator[Instruction]:
        """Drafts of all tasks the material carries; the same material and settings give the same drafts."""
