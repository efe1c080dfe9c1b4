"""One text read once: its clauses, quantities, routes, names, negations and what each of them belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pedcorpus.facts.clauses import Clause, split_clauses, stretches
from pedcorpus.facts.names import Contrast, Name, NameKind, find_contrasts, find_names
from pedcorpus.facts.negation import find_negations
from pedcorpus.facts.plain import plain
from pedcorpus.facts.quantities import Quantity, find_quantities
from pedcorpus.facts.routes import Route, find_routes
from pedcorpus.facts.tables import opposite_table
from pedcorpus.facts.terms import terms

__all__ = ["Assertion", "Reading", "read"]

_READ_AT_ONCE = 4096
_BETWEEN_NAMES = re.compile(r"\s*(?:、|,|/|和|及|与|或者?|以及|联合|加|and|or|plus|,\s*and)\s*|\([^)]*\)")
_AFTER_TURN = re.compile(r"改用|改为|换用|再用|加用|无效|不能|later|switch|then|instead|followed by|另|避免|不可|之间")
_RESPECTIVE = re.compile(r"分别|依次|respectively|前者|后者|the former|the latter")
_FOLLOWING = 14
_FEW_TERMS = 2
_FLIPPED = re.compile(r"正常|阴性|\bnormal\b|\bnegative\b")
_STEADY = {"正常": "异常", "阴性": "阳性", "normal": "abnormal", "negative": "positive"}
_WORDS_OF_OPPOSITES = re.compile(
    "|".join(
        sorted(
            (rf"\b{word}\b" if word[0] < "{" else word for word in opposite_table()),
            key=lambda word: (-len(word), word),
        )
    )
)


@dataclass(frozen=True, slots=True)
class Assertion:
    """A stretch that asserts or denies one thing."""

    start: int
    end: int
    terms: frozenset[str]
    is_denied: bool
    denials: tuple[tuple[int, int], ...]
    opposites: frozenset[tuple[int, int]]
    """Opposite words in it, by pair and side."""


class Reading:
    """What one text says; every part is read when it is first asked for, and once."""

    def __init__(self, text: str) -> None:
        self.text = plain(text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Numbers with their units, in order."""
        return find_quantities(self.text) if re.search(r"\d|[一二两三四五六七八九十半百]|[a-z]{2}", self.text) else ()

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Clauses, in order; a delimiter inside a quantity is none."""
        return split_clauses(self.text, [(item.start, item.end) for item in self.quantities])

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Routes, in order."""
        return tuple(find_routes(self.text))

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Drugs and diseases, in order."""
        return find_names(self.text)

    @cached_property
    def contrasts(self) -> tuple[Contrast, ...]:
        """Words of exclusive families, in order."""
        return tuple(find_contrasts(self.text))

    @cached_property
    def denials(self) -> tuple[tuple[int, int], ...]:
        """Negating words that are not part of a bound such as 不超过."""
        bounds = [item.said for item in self.quantities]
        return tuple(span for span in find_negations(self.text) if not any(a <= span[0] < b for a, b in bounds))

    @cached_property
    def terms(self) -> frozenset[str]:
        """What all of it is about."""
        return terms(self.without_numbers)

    @cached_property
    def without_numbers(self) -> str:
        """The plain text with every quantity blanked."""
        text = self.text
        for item in self.quantities:
            text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
        return text

    @cached_property
    def clause_terms(self) -> tuple[frozenset[str], ...]:
        """What each clause is about."""
        return tuple(terms(self.without_numbers[item.start : item.end]) for item in self.clauses)

    def clause_at(self, position: int) -> int:
        """Number of the clause that `position` stands in or directly after."""
        place = 0
        for number, clause in enumerate(self.clauses):
            if clause.start > position:
                break
            place = number
        return place

    @cached_property
    def assertions(self) -> tuple[Assertion, ...]:
        """Stretches with what they assert; one that says too little alone is one with the stretch before it."""
        joined: list[list[int]] = []
        words = self.without_numbers
        spans = [(item.start, item.end) for item in self.names]
        sentence = -1
        for clause in self.clauses:
            for start, end in stretches(self.text, clause, spans):
                found = len(terms(words[start:end]))
                if joined and sentence == clause.sentence and (found < _FEW_TERMS or joined[-1][2] < _FEW_TERMS):
                    joined[-1][1:] = [end, joined[-1][2] + found]
                else:
                    joined.append([start, end, found])
                sentence = clause.sentence
        return tuple(self._assertion(start, end) for start, end, _ in joined)

    def _assertion(self, start: int, end: int) -> Assertion:
        denials = tuple(span for span in self.denials if start <= span[0] < end)
        said = self.without_numbers[start:end]
        is_denied = bool(denials)
        opposites = frozenset(
            opposite_table()[match.group()] for match in _WORDS_OF_OPPOSITES.finditer(self.text, start, end)
        )
        if flipped := _FLIPPED.search(said):
            is_denied = not is_denied
            said = said.replace(flipped.group(), _STEADY[flipped.group()])
        return Assertion(start, end, terms(said), is_denied, denials, opposites)

    def owners(self, position: int, kind: NameKind) -> frozenset[str]:
        """The drugs or diseases that what stands at `position` is said of; empty where the text names none.

        Those named last before it in its clause, else shortly after it there, else last in the clauses before.
        """
        here = self.clause_at(position)
        clause = self.clauses[here]
        inside = [item for item in self._owning(kind) if clause.start <= item.start < clause.end]
        if kind == "disease" and inside:
            return frozenset(item.canonical for item in inside)
        before = [item for item in inside if item.start < position]
        if before:
            return self._group(before)
        after = [item for item in inside if item.start >= position]
        if (
            after
            and after[0].start - position <= _FOLLOWING + 12
            and not _AFTER_TURN.search(self.text, position, after[0].start)
        ):
            return frozenset({after[0].canonical})
        earlier = [item for item in self._owning(kind) if item.start < clause.start]
        if not earlier:
            return frozenset()
        if kind == "disease":
            place = self.clause_at(earlier[-1].start)
            first = self.clauses[place].start
            return frozenset(item.canonical for item in earlier if item.start >= first)
        return self._group(earlier)

    def _owning(self, kind: NameKind) -> tuple[Name, ...]:
        return self._owners_by_kind[kind]

    @cached_property
    def _owners_by_kind(self) -> dict[str, tuple[Name, ...]]:
        return {
            kind: tuple(item for item in self.names if item.kind == kind and not item.is_class)
            for kind in ("drug", "disease")
        }

    def _group(self, names: Sequence[Name]) -> frozenset[str]:
        """The last of `names` with those that it is listed with."""
        group = [names[-1]]
        for item in reversed(names[:-1]):
            if not _BETWEEN_NAMES.fullmatch(self.text, item.end, group[-1].start):
                break
            group.append(item)
        return frozenset(item.canonical for item in group)

    def respective_owner(self, position: int) -> frozenset[str]:
        """The drug that 分别, 前者 or `respectively` gives to the quantity at `position`; empty without such a word."""
        clause = self.clauses[self.clause_at(position)]
        inside = [item for item in self.clauses if item.part == clause.part]
        start, end = inside[0].start, inside[-1].end
        words = list(_RESPECTIVE.finditer(self.text, start, end))
        if not words:
            return frozenset()
        named = [item for item in self._owning("drug") if start <= item.start < end]
        named = named or [item for item in self._owning("drug") if item.start < start][-2:]
        if len(named) < 2:
            return frozenset()
        if words[-1].group() in ("前者", "后者", "the former", "the latter"):
            before = [word for word in words if word.start() < position]
            if not before:
                return frozenset()
            return frozenset({named[0 if before[-1].group() in ("前者", "the former") else 1].canonical})
        doses = [
            item for item in self.quantities if start <= item.start < end and item.dimension and not item.is_frequency
        ]
        last = max(item.end for item in named)
        places = [item.start for item in doses if item.start > last] or [item.start for item in doses]
        if len(places) != len(named) or position not in places:
            return frozenset()
        return frozenset({named[places.index(position)].canonical})

    def contrasts_of(self, position: int) -> dict[str, str]:
        """The exclusive words that what stands at `position` is said of, by family."""
        clause = self.clauses[self.clause_at(position)]
        found: dict[str, str] = {}
        inside = [item for item in self.contrasts if clause.start <= item.start < clause.end]
        for item in [item for item in inside if item.start >= position][::-1]:
            found[item.family] = item.value
        for item in self.contrasts:
            if item.start >= position:
                break
            if self.clauses[self.clause_at(item.start)].part == clause.part:
                found[item.family] = item.value
        return found


@lru_cache(maxsize=_READ_AT_ONCE)
def read(text: str) -> Reading:
    """The reading of `text`; the last few thousand texts are kept, since one quote serves many instructions."""
    return Reading(text)
