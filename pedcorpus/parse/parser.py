"""What a parser is: bytes of one file in; passages, triples or dialogues with their addresses out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Protocol, runtime_checkable

from pedcorpus.parse.limits import Limits
from pedcorpus.parse.ocr import OcrChoice
from pedcorpus.records import Dialogue, Document, Failure, Passage, Source, SourceKind, Triple

__all__ = ["Original", "ParseOptions", "Parsed", "Parser", "Stream", "StreamRecord", "StreamingParser"]


@dataclass(frozen=True)
class ParseOptions:
    """What a workspace's settings say of parsing."""

    ocr: OcrChoice = "auto"
    """Engine for pages without a sound text layer."""
    ocr_dpi: int = 200
    """Dots per inch at which such a page is drawn for it."""
    paediatric_threshold: float = 0.5
    """Score from which a dialogue is about the health of children."""
    jobs: int = 1
    """Processes that read the pages of one file side by side; 0 takes one for each processor."""


def _nobody_listens(_done: int, _total: int) -> None:
    """The default of `Original.on_page`."""


@dataclass(frozen=True)
class Original:
    """One file of a declared work, as handed to a parser."""

    source: Source
    path: str
    """Path inside the work's folder, with forward slashes; what messages and addresses name."""
    data: bytes
    columns: Mapping[str, str] = field(default_factory=dict)
    """Header map of the work's declaration: the file's column or key → ours (`head`, `has_symptom`, …)."""
    limits: Limits = field(default_factory=Limits)
    options: ParseOptions = ParseOptions()
    on_page: Callable[[int, int], None] = _nobody_listens
    """Told of each page that has been read: how many are done, and how many there are."""

    @cached_property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Parsed:
    """What one file holds."""

    document: Document
    passages: tuple[Passage, ...] = ()
    triples: tuple[Triple, ...] = ()
    dialogues: tuple[Dialogue, ...] = ()
    failures: tuple[Failure, ...] = ()
    """Rows or pages of an otherwise good file that could not be used."""
    ocr: str = ""
    """What read its scanned pages (see `ocr_signature`), `missing` where nothing could; empty where there are none."""


StreamRecord = Triple | Passage | Failure
"""What a file gives, one at a time."""


def _no_ocr() -> str:
    return ""


@dataclass(frozen=True)
class Stream:
    """What one file holds, one record at a time: a million statements or a long book need not be in memory at once."""

    document: Document
    records: Iterator[StreamRecord]
    """Raises InputError when the file as a whole turns out not to be usable."""
    ocr: Callable[[], str] = _no_ocr
    """`Parsed.ocr`, once the records are through."""

    def collected(self) -> Parsed:
        """All of it, for a file that is small enough."""
        triples: list[Triple] = []
        passages: list[Passage] = []
        failures: list[Failure] = []
        for record in self.records:
            if isinstance(record, Triple):
                triples.append(record)
            elif isinstance(record, Passage):
                passages.append(record)
            else:
                failures.append(record)
        return Parsed(self.document, tuple(passages), tuple(triples), failures=tuple(failures), ocr=self.ocr())


class Parser(Protocol):
    """One format, registered under the entry-point group `pedcorpus.parsers`."""

    name: str
    version: int
    """Raised whenever the same bytes give other records."""
    suffixes: frozenset[str]
    """File endings that the format usually has, lower case with the dot."""
    kinds: frozenset[SourceKind]
    """Kinds of work in which this format is read; a JSON file is a graph in one and a consultation in another."""

    def recognises(self, original: Original) -> bool:
        """Do the first bytes look like this format, whatever the file is called?"""

    def parse(self, original: Original) -> Parsed:
        """Everything the file holds.

        Raises:
            InputError: the file as a whole cannot be used.
        """


@runtime_checkable
class StreamingParser(Protocol):
    """A parser that can also hand over its records one by one, for files too large to be held as records."""

    def stream(self, original: Original) -> Stream:
        """The same records as `parse` gives, in the same order within each sort.

        Raises:
            InputError: the file as a whole cannot be used.
        """
