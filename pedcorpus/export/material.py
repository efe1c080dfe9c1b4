"""What a release is made of, however much it is: keys of all rows at once, everything else as a stream.

A release of a few rows holds them (`held`); a corpus reads them from its file as they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pedcorpus.export.origin_columns import OriginKind
from pedcorpus.export.tables import EVIDENCE, FINDINGS
from pedcorpus.records import Document, IdentifierKind, Passage, Preference, Triple

__all__ = ["KEYS", "STORED", "Flags", "Material", "PrivacyFacts"]

T = TypeVar("T")
Flags = NDArray[np.bool_]

KEYS = pa.schema(
    [
        ("id", pa.string()),
        ("task", pa.string()),
        ("topic", pa.string()),
        ("language", pa.string()),
        ("generator", pa.string()),
        ("license", pa.string()),
        ("tier", pa.string()),  # the strictest of its own and of its works' as declared now
        ("acceptance", pa.string()),
        ("group", pa.string()),
        ("cluster", pa.string()),
        ("earlier", pa.string()),  # its split in an earlier version; null for a new row
        ("source", pa.string()),  # id of the work of its first evidence
        ("sources", pa.list_(pa.string())),  # ids of the works it cites, sorted, each once
    ]
)
"""Keys of rows, sorted by id."""

_SAID = pa.struct(
    [(name, pa.string()) for name in ("id", "instruction", "reviewer", "verdict", "reason", "note", "edited", "undoes")]
    + [("acceptance", pa.string()), ("plan", pa.string()), ("readers", pa.int32()), ("role", pa.string())]
    + [("colleague", pa.string()), ("seconds", pa.float64()), ("at", pa.string())]
)

STORED = pa.schema(
    [
        *(KEYS.field(name) for name in ("id", "license", "tier", "acceptance", "group", "cluster")),
        pa.field("body", pa.string()),  # canonical JSON
        pa.field("rest", pa.string()),  # the same without its evidence, or with it where it could not be cut out
        pa.field("evidence", EVIDENCE),
        pa.field("findings", FINDINGS),  # warnings and errors, in the order of their canonical JSON
        pa.field("decisions", pa.list_(_SAID)),  # in the order in which they were taken; `at` in UTC
    ]
)
"""Rows as they are rendered, a portion at a time."""


@dataclass(frozen=True)
class PrivacyFacts:
    """What is known of identifiers and of the check for them, without one of them."""

    checked: int = 0
    """Rows of the export that the check judged."""
    checks: tuple[str, ...] = ()
    """Under which ids, sorted."""
    withheld: int = 0
    """Standing instructions in which it found an error and that are not in the export."""
    replaced: Mapping[str, Mapping[IdentifierKind, int]] = field(default_factory=dict)
    """How many identifiers of each kind were replaced, by the id of a cited dialogue."""


class Material(Protocol):
    """Everything of one moment that a version may be made of. Asked again, it answers the same."""

    def keys(self) -> pa.Table:
        """Keys of all rows, tables of `KEYS`."""

    def mapped(self, function: Callable[[pa.Table], T]) -> Iterator[T]:
        """`function` of all rows by id, portion after portion, tables of `STORED`; it may run in other processes."""

    def reviewers(self, chosen: Flags) -> list[str]:
        """Who decided on the `chosen` rows of `keys`, by first appearance."""

    def passages(self) -> Iterator[Passage]:
        """By document and position."""

    def triples(self) -> Iterator[Triple]:
        """By head, relation, tail and id."""

    def preferences(self) -> Iterator[Preference]:
        """The most telling kinds first, then by id."""

    def replies(self, chosen: Flags) -> Iterator[tuple[str, str, str]]:
        """Row, key of the request and model of the replies that the `chosen` rows were made of, sorted."""

    def privacy(self, chosen: Flags, dialogues: Set[str]) -> PrivacyFacts:
        """Of the `chosen` rows of `keys`, which cite `dialogues`."""

    def origins(self, kind: OriginKind, chosen: Flags) -> Iterator[pa.Table]:
        """The texts of one kind that the `chosen` rows of `keys` cite: the columns of `ORIGINS[kind]`, in any order."""

    def cited_documents(self, chosen: Flags) -> list[Document]:
        """The files that they cite, each as a file of the work that they cite it of, by work and path."""
