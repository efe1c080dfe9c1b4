"""One text read once: its clauses, quantities, routes, names, negations and what each of them belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from pedcorpus.facts.clauses import Clause, split_clauses, stretches
from pedcorpus.facts.lazy import lazy
from pedcorpus.facts.lookup import whole_words
from pedcorpus.facts.names import Contrast, Name, NameKind, find_contrasts, find_names
from pedcorpus.facts.negation import find_negations
from pedcorpus.facts.ordered import Ordered
from pedcorpus.facts.owning import DiseaseOwners, DrugOwners
from pedcorpus.facts.plain import plain
from pedcorpus.facts.quantities import Quantity, find_quantities
from pedcorpus.facts.routes import Route, find_routes
from pedcorpus.facts.tables import opposite_table
from pedcorpus.facts.terms import TermIndex, terms
from pedcorpus.spans import Spans

__all__ = ["Assertion", "Reading", "read"]

_READ_AT_ONCE = 4096
_KILOGRAM = 1e6
_FOR_WHOM = re.compile(
    r"[^,;。]{0,14}\b(?:in|for|if|aged|those|among)\b[^,;。]{0,30}|[^,;。\d]{0,6}(?:用于|适用于|限于|适于)[^,;。\d]{0,8}"
)
_FEW_TERMS = 2
_NOBODY: frozenset[str] = frozenset()
_FLIPPED = re.compile(r"正常|阴性|\bnormal\b|\bnegative\b")
_UPSET = re.compile(r"异常|阳性|\babnormal|\bpositive\b")
_STEADY = {"正常": "异常", "阴性": "阳性", "normal": "abnormal", "negative": "positive"}
_WORDS_OF_OPPOSITES = whole_words(opposite_table(), before=r"(?<=\b.)", after=r"\b")


@dataclass(frozen=True, slots=True)
class Assertion:
    """A stretch that asserts or denies one thing."""

    start: int
    end: int
    terms: frozenset[str]
    is_denied: bool
    denials: tuple[tuple[int, int], ...]
    scope: frozenset[str]
    """Terms of what is denied: those after the negating word, or all where nothing follows it."""
    opposites: frozenset[tuple[int, int]]
    """Opposite words in it, by pair and side."""
    is_steady: bool = False
    """Says 正常 or 阴性; its terms hold 异常 or 阳性 instead, so that 无异常 is about the same."""
    is_upset: bool = False
    """Says 异常 or 阳性 itself."""

    def agrees(self, other: Assertion) -> bool:
        """Do both assert, or both deny? 神经系统正常 and 无神经系统异常 do."""
        if (self.is_steady and other.is_upset) or (self.is_upset and other.is_steady):
            return self.is_denied != other.is_denied
        return self.is_denied == other.is_denied


class Reading:
    """What one text says; every part is read when it is first asked for, and once."""

    def __init__(self, text: str) -> None:
        self.text = plain(text)

    @lazy
    def quantities(self) -> tuple[Quantity, ...]:
        """Numbers with their units, in order."""
        return find_quantities(self.text) if re.search(r"\d|[一二两三四五六七八九十半百]|[a-z]{2}", self.text) else ()

    @lazy
    def clauses(self) -> tuple[Clause, ...]:
        """Clauses, in order; a delimiter inside a quantity is none."""
        return split_clauses(self.text, [(item.start, item.end) for item in self.quantities])

    @lazy
    def routes(self) -> tuple[Route, ...]:
        """Routes, in order."""
        return tuple(find_routes(self.text))

    @lazy
    def names(self) -> tuple[Name, ...]:
        """Drugs and diseases, in order."""
        return find_names(self.text)

    @lazy
    def contrasts(self) -> tuple[Contrast, ...]:
        """Words of exclusive families, in order."""
        return tuple(find_contrasts(self.text))

    @lazy
    def denials(self) -> tuple[tuple[int, int], ...]:
        """Negating words that are not part of a bound such as 不超过."""
        bounds = Spans(item.said for item in self.quantities)
        return tuple(span for span in find_negations(self.text) if not bounds.touch(span[0], span[0] + 1))

    @lazy
    def terms(self) -> frozenset[str]:
        """What all of it is about."""
        return self.index.between(0, len(self.text))

    @lazy
    def index(self) -> TermIndex:
        """Terms outside quantities and negating words, with their places."""
        return TermIndex(self._bare)

    @lazy
    def without_numbers(self) -> str:
        """The plain text with every quantity blanked."""
        return _blanked(self.text, ((item.start, item.end) for item in self.quantities))

    @lazy
    def _bare(self) -> str:
        """The plain text with every quantity and negating word blanked."""
        return _blanked(self.without_numbers, self.denials)

    @lazy
    def clause_terms(self) -> tuple[frozenset[str], ...]:
        """What each clause is about."""
        return tuple(self.index.between(item.start, item.end) for item in self.clauses)

    def clause_at(self, position: int) -> int:
        """Number of the clause that `position` stands in or directly after."""
        return max(0, bisect_right(self._starts, position) - 1)

    @lazy
    def told_clauses(self) -> frozenset[int]:
        """Numbers of the clauses that hold a quantity."""
        return frozenset(self.clause_at(item.start) for item in self.quantities)

    @lazy
    def disease_names(self) -> tuple[Name, ...]:
        """Diseases of the table, in order."""
        return tuple(item for item in self.names if item.kind == "disease" and item.is_known)

    @lazy
    def _starts(self) -> list[int]:
        return [clause.start for clause in self.clauses]

    @lazy
    def _amounts(self) -> Ordered[Quantity]:
        return Ordered(self.quantities)

    @lazy
    def assertions(self) -> tuple[Assertion, ...]:
        """Stretches with what they assert; one that says too little alone is one with the stretch before it."""
        joined: list[list[int]] = []
        ends: list[int] = []
        spans = Spans((item.start, item.end) for item in self.names)
        sentence = -1
        for clause in self.clauses:
            for start, end in stretches(self.text, clause, spans):
                found = len(self.index.between(start, end))
                ends.append(end)
                if joined and sentence == clause.sentence and (found < _FEW_TERMS or joined[-1][2] < _FEW_TERMS):
                    joined[-1][1:] = [end, joined[-1][2] + found]
                else:
                    joined.append([start, end, found])
                sentence = clause.sentence
        return tuple(self._assertion(start, end, ends) for start, end, _ in joined)

    @lazy
    def _denied_from(self) -> list[int]:
        return [start for start, _ in self.denials]

    def _assertion(self, start: int, end: int, ends: list[int]) -> Assertion:
        denials = self.denials[bisect_left(self._denied_from, start) : bisect_left(self._denied_from, end)]
        words = self._bare
        about, scope = self.index.between(start, end), _NOBODY
        if denials:
            stop = ends[bisect_right(ends, denials[0][0])]
            scope = self.index.between(denials[0][1], stop) or about
        if flipped := _FLIPPED.search(words, start, end):
            about = terms(words[start:end].replace(flipped.group(), _STEADY[flipped.group()]))
        opposites = frozenset(
            opposite_table()[match.group()] for match in _WORDS_OF_OPPOSITES.finditer(self.text, start, end)
        )
        return Assertion(
            start, end, about, bool(denials), denials, scope, opposites,
            is_steady=bool(flipped), is_upset=bool(_UPSET.search(words, start, end)),
        )  # fmt: skip

    def owners(self, position: int, kind: NameKind) -> frozenset[str]:
        """The drugs or diseases that what stands at `position` is said of; empty where the text names none.

        Those named last before it in its clause, else shortly after it there, else last in the clauses before.
        """
        known = self._owners.get((position, kind))
        if known is None:
            known = self._owners[position, kind] = self._found_owners(position, kind)
        return known

    @lazy
    def _owners(self) -> dict[tuple[int, NameKind], frozenset[str]]:
        return {}

    def _found_owners(self, position: int, kind: NameKind) -> frozenset[str]:
        if not self._owning(kind):
            return _NOBODY
        number = self.clause_at(position)
        if kind == "disease":
            return self._disease_owners.at(position, number)
        return self._drug_owners.at(position, self.clauses[number])

    @lazy
    def _drug_owners(self) -> DrugOwners:
        return DrugOwners(self.text, Ordered(self.clauses), self._owning("drug"), self._amounts)

    @lazy
    def _disease_owners(self) -> DiseaseOwners:
        numbered: dict[int, list[Name]] = {}
        for item in self._owning("disease"):
            numbered.setdefault(self.clause_at(item.start), []).append(item)
        return DiseaseOwners(Ordered(self.clauses), numbered, self._amounts)

    def _owning(self, kind: NameKind) -> tuple[Name, ...]:
        return self._owners_by_kind[kind]

    @lazy
    def _owners_by_kind(self) -> dict[str, tuple[Name, ...]]:
        return {
            kind: tuple(item for item in self.names if item.kind == kind and item.is_known and not item.is_class)
            for kind in ("drug", "disease")
        }

    def respective_owner(self, position: int) -> frozenset[str]:
        """The drug that 分别, 前者 or `respectively` gives to the quantity at `position`; empty without such a word."""
        if not self._drug_owners.has_respective:
            return _NOBODY
        return self._drug_owners.respective(position, self.clauses[self.clause_at(position)])

    def lead_terms(self, quantity: Quantity) -> frozenset[str]:
        """What the words are about that lead up to `quantity` in its clause, from the quantity before it on."""
        if quantity.start not in self._leads:
            self._leads[quantity.start] = self._lead_terms(quantity)
        return self._leads[quantity.start]

    @lazy
    def _leads(self) -> dict[int, frozenset[str]]:
        return {}

    def _lead_terms(self, quantity: Quantity) -> frozenset[str]:
        start = self.clauses[self.clause_at(quantity.start)].start
        if before := self._amounts.before(quantity.start):
            start = max(start, self._amounts_until[before - 1])
        return self.index.between(start, quantity.said[0])

    @lazy
    def _amounts_until(self) -> list[int]:
        """By number of a quantity, the furthest end of those up to it."""
        return list(accumulate((item.end for item in self.quantities), max))

    def given_by(self, route: Route) -> frozenset[str]:
        """The drugs that a route is said of: all of its clause since the route before, else as of any fact."""
        start = self.clauses[self.clause_at(route.start)].start
        if before := bisect_right(self._routes_until, route.start):
            start = max(start, self._routes_until[before - 1])
        return self._drug_owners.between(start, route.start) or self.owners(route.start, "drug")

    @lazy
    def _routes_until(self) -> list[int]:
        return [item.end for item in self.routes]

    def condition_of(self, quantity: Quantity) -> Quantity | None:
        """The age or weight that `quantity` holds for: directly after it, else before it in its part of the sentence."""
        if quantity.is_age or not quantity.dimension or _is_condition(quantity):
            return None
        if quantity.start not in self._conditions:
            self._conditions[quantity.start] = self._condition(quantity)
        return self._conditions[quantity.start]

    @lazy
    def _conditions(self) -> dict[int, Quantity | None]:
        return {}

    def _condition(self, quantity: Quantity) -> Quantity | None:
        place = self._amounts.before(quantity.start)
        if place + 1 < len(self.quantities):
            after = self.quantities[place + 1]
            if _is_condition(after) and _FOR_WHOM.fullmatch(self.text, quantity.end, after.said[0]):
                return after
        before = self._condition_before[place]
        if before is None or self._part_of(before.start) != self._part_of(quantity.start):
            return None
        return before

    @lazy
    def _condition_before(self) -> list[Quantity | None]:
        """By number of a quantity, the last condition before it."""
        found: list[Quantity | None] = [None]
        for item in self.quantities:
            found.append(item if _is_condition(item) else found[-1])
        return found

    def _part_of(self, position: int) -> int:
        return self.clauses[self.clause_at(position)].part

    def contrasts_of(self, position: int) -> dict[str, str]:
        """The exclusive words that what stands at `position` is said of, by family."""
        if not self.contrasts:
            return {}
        if position not in self._contrasts_by_place:
            self._contrasts_by_place[position] = self._found_contrasts(position)
        return self._contrasts_by_place[position]

    @lazy
    def _contrasts_by_place(self) -> dict[int, dict[str, str]]:
        return {}

    def _found_contrasts(self, position: int) -> dict[str, str]:
        clause = self.clauses[self.clause_at(position)]
        found: dict[str, str] = {}
        for family, words in self._families.items():
            number = words.before(position)
            before = words.items[number - 1] if number else None
            after = words.items[number] if number < len(words.items) else None
            if before is not None and before.start >= clause.start:
                found[family] = before.value
            elif after is not None and after.start < clause.end:
                found[family] = after.value
            elif before is not None and self._part_of(before.start) == clause.part:
                found[family] = before.value
        return found

    @lazy
    def _families(self) -> dict[str, Ordered[Contrast]]:
        found: dict[str, list[Contrast]] = {}
        for item in self.contrasts:
            found.setdefault(item.family, []).append(item)
        return {family: Ordered(words) for family, words in found.items()}


def _is_condition(quantity: Quantity) -> bool:
    """An age, or a body weight: a mass of a kilogram or more that is no dose."""
    is_weight = quantity.dimension == ("mass",) and not quantity.per and quantity.low >= _KILOGRAM
    is_limit = quantity.dimension == ("time",) and quantity.is_calendar
    is_limit = is_limit and (quantity.bound in ("above", "below") or quantity.low != quantity.high)
    return quantity.is_age or is_weight or is_limit


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` of the same length, with blanks for spans that come in order."""
    parts: list[str] = []
    last = 0
    for start, end in spans:
        parts += (text[last:start], " " * (end - max(start, last)))
        last = max(end, last)
    return "".join((*parts, text[last:])) if parts else text


@lru_cache(maxsize=_READ_AT_ONCE)
def read(text: str) -> Reading:
    """The reading of `text`; the last few thousand texts are kept, since one quote serves many instructions."""
    return Reading(text)
