"""The two sides that are held together: a span of an answer, and the quotes that it cites with their headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pedcorpus.facts import Assertion, Name, Quantity, Reading, Route, read
from pedcorpus.facts.lazy import lazy
from pedcorpus.facts.names import NameKind
from pedcorpus.normalise import language_of

__all__ = ["Cited", "Quote", "Said", "cited", "is_shared"]

_NOBODY: frozenset[str] = frozenset()
_COUNTED = frozenset({"times", "time", "剂", "针"})
"""What may be said of one thing in place of another: 隔6小时 and 每6小时1次, 3剂 and 3次."""


@dataclass(frozen=True)
class Said:
    """What is judged: `start:end` of one field's reading; what stands before may name what it is said of."""

    reading: Reading
    start: int
    end: int
    of: Mapping[NameKind, frozenset[str]] = field(default_factory=dict)
    """Drug or diseases that it is said of where its own words name none: a plan's drug, the topic."""
    scene: Reading | None = None
    """The child of the question, whose age and weight an answer may repeat."""

    def holds(self, position: int) -> bool:
        """Does `position` lie in what is judged?"""
        return self.start <= position < self.end

    def owners(self, position: int, kind: NameKind) -> frozenset[str]:
        """What stands at `position` is said of these."""
        respective = self.reading.respective_owner(position) if kind == "drug" else _NOBODY
        return respective or self.reading.owners(position, kind) or self.of.get(kind, _NOBODY)


class Quote:
    """One quote and the headings that it stands under."""

    def __init__(self, text: str, headings: Sequence[str]) -> None:
        self.reading = read(text)
        self.headings = [read(heading) for heading in headings]

    @lazy
    def assertions(self) -> list[tuple[Assertion, frozenset[str]]]:
        """What it asserts, each with the diseases that it is said of."""
        return [(item, self.owners(item.start, "disease")) for item in self.reading.assertions]

    def owners(self, position: int, kind: NameKind) -> frozenset[str]:
        """What stands at `position` of the quote is said of these; where it is silent, the nearest heading speaks."""
        respective = self.reading.respective_owner(position) if kind == "drug" else _NOBODY
        return respective or self.reading.owners(position, kind) or self.headed(kind)

    def headed(self, kind: NameKind) -> frozenset[str]:
        """Names in the nearest heading that has any."""
        return self._headed[kind]

    @lazy
    def _headed(self) -> dict[NameKind, frozenset[str]]:
        return {"drug": self._nearest("drug"), "disease": self._nearest("disease")}

    def _nearest(self, kind: NameKind) -> frozenset[str]:
        for heading in reversed(self.headings):
            if found := frozenset(item.canonical for item in heading.names if item.kind == kind and not item.is_class):
                return found
        return _NOBODY

    @lazy
    def named_anywhere(self) -> frozenset[str]:
        """Diseases in the quote and its headings."""
        readings = (self.reading, *self.headings)
        return frozenset(item.canonical for reading in readings for item in reading.names if item.kind == "disease")


_quote = lru_cache(maxsize=4096)(Quote)
"""One quote serves many instructions."""


class Cited:
    """All quotes that a claim rests on."""

    def __init__(self, quotes: Sequence[tuple[str, Sequence[str]]]) -> None:
        """`quotes` are the quotes with the headings above each, the outermost first."""
        self.quotes = [_quote(text, tuple(headings)) for text, headings in quotes]

    @lazy
    def readings(self) -> list[Reading]:
        """Quotes and headings, each once."""
        found = [quote.reading for quote in self.quotes]
        return list(dict.fromkeys([*found, *(heading for quote in self.quotes for heading in quote.headings)]))

    @lazy
    def text(self) -> str:
        """All plain text, headings too."""
        return "\n".join(reading.text for reading in self.readings)

    @lazy
    def terms(self) -> frozenset[str]:
        """What quotes and headings are about."""
        return frozenset().union(*(reading.terms for reading in self.readings))

    @lazy
    def quantities(self) -> Sequence[tuple[Quantity, Quote]]:
        """Every quantity of the quotes, each with its quote."""
        return [(item, quote) for quote in self.quotes for item in quote.reading.quantities]

    def measured_like(self, quantity: Quantity) -> Sequence[tuple[Quantity, Quote]]:
        """Those of `quantities` that may be worth `quantity`: of its dimension, times and counts being one."""
        return self._by_measure.get(_measure(quantity), ())

    @lazy
    def _by_measure(self) -> Mapping[str, Sequence[tuple[Quantity, Quote]]]:
        found: dict[str, list[tuple[Quantity, Quote]]] = {}
        for item, quote in self.quantities:
            found.setdefault(_measure(item), []).append((item, quote))
        return found

    @lazy
    def routes(self) -> Sequence[tuple[Route, Quote]]:
        """Every route of the quotes, each with its quote."""
        return [(item, quote) for quote in self.quotes for item in quote.reading.routes]

    @lazy
    def assertions(self) -> Sequence[tuple[Assertion, frozenset[str]]]:
        """Everything the quotes assert, each with the diseases that it is said of."""
        return [pair for quote in self.quotes for pair in quote.assertions]

    @lazy
    def denies(self) -> bool:
        """Do the quotes deny anything?"""
        return any(item.is_denied for item, _ in self.assertions)

    @lazy
    def names(self) -> frozenset[str]:
        """First names of every drug and disease in quotes and headings."""
        return frozenset(name.canonical for name in self._all_names())

    def _all_names(self) -> Iterator[Name]:
        for reading in self.readings:
            yield from reading.names

    @lazy
    def language(self) -> str:
        """Of the quotes."""
        return language_of("\n".join(quote.reading.text for quote in self.quotes))


def _measure(quantity: Quantity) -> str:
    first = quantity.dimension[0] if quantity.dimension else ""
    return "times" if first in _COUNTED else first


_cited = lru_cache(maxsize=1024)(Cited)


def cited(quotes: Sequence[tuple[str, Sequence[str]]]) -> Cited:
    """`Cited(quotes)`; the last thousand are kept, since neighbours cite the same."""
    return _cited(tuple((text, tuple(headings)) for text, headings in quotes))


def is_shared(said: frozenset[str], sourced: frozenset[str]) -> bool:
    """May both be the same? Nothing is known of an empty one; a name is borne out by one that holds it."""
    if not said or not sourced or said & sourced:
        return True
    return any(one in other or other in one for one in said for other in sourced)
