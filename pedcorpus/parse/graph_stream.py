"""What all readers of graphs share: records one at a time, merged, with failures counted; and the same as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pedcorpus.errors import InputError
from pedcorpus.parse.decode import read_text
from pedcorpus.parse.graph import merge_statements
from pedcorpus.parse.limits import limits_in_force
from pedcorpus.parse.parser import Original, Parsed, Stream, StreamRecord
from pedcorpus.parse.rows import document_of, failure_of
from pedcorpus.records import Failure, SourceKind

__all__ = ["GraphParser", "graph_records"]


def graph_records(found: Iterable[StreamRecord], original: Original) -> Iterator[StreamRecord]:
    """`found` with statements merged; beyond the limit failures are counted and told as one at the end.

    Raises:
        InputError: there is neither a statement nor a text in the file.
    """
    failures, good = 0, 0
    for one in merge_statements(found):
        if isinstance(one, Failure):
            failures += 1
            if failures > limits_in_force().row_failures:
                continue
        else:
            good += 1
        yield one
    if (untold := failures - limits_in_force().row_failures) > 0:
        detail = f"{untold} more rows of this file could not be used, as the {failures - untold} before"
        yield failure_of(original, "end", "more_bad_rows", f"{detail}; correct them and ingest it again")
    if not good and not failures:
        detail = "found no statement, expected entities with relations; replace the file, or map its words"
        raise InputError(original.path, "no_statements", f"{detail} under [columns] in the work's declaration")


@dataclass(frozen=True)
class GraphParser:
    """A text format in works of kind graph."""

    name: str
    version: int
    suffixes: frozenset[str]
    looks_right: Callable[[Original], bool]
    """Do the first bytes look like this format?"""
    read: Callable[[str, Original], Iterable[StreamRecord]]
    """Records of a decoded file, not merged yet."""
    kinds: frozenset[SourceKind] = frozenset({SourceKind.GRAPH})

    def recognises(self, original: Original) -> bool:
        return self.looks_right(original)

    def stream(self, original: Original) -> Stream:
        decoded = read_text(original)
        document = document_of(original, f"{self.name}@{self.version}", encoding=decoded.encoding)
        return Stream(document, graph_records(self.read(decoded.text, original), original))

    def parse(self, original: Original) -> Parsed:
        return self.stream(original).collected()
