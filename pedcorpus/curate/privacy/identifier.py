"""What a recogniser is: text in, stretches that tell who somebody is out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from pedcorpus.records import IdentifierKind

__all__ = ["Identifier", "Recogniser"]


@dataclass(frozen=True, order=True)
class Identifier:
    """One stretch of a text: `text[start:end]`."""

    start: int
    end: int
    kind: IdentifierKind
    confidence: float
    """How sure its recogniser is, 0 to 1."""

    @property
    def length(self) -> int:
        return self.end - self.start


class Recogniser(Protocol):
    """One way of finding identifiers, registered under the entry-point group `pedcorpus.recognisers`."""

    name: str
    version: int
    """Raised whenever the same text may give other identifiers; dialogues are then de-identified anew."""

    def identifiers(self, text: str) -> Iterator[Identifier]:
        """What it finds in `text`, in any order; stretches may overlap those of others.

        The text has the width of its digits and Latin letters folded, one character for one.
        """
