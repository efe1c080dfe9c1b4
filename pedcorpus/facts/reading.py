"""One text read once: its clauses, quantities, routes, names, negations and what each of them belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pedcorpus.facts.clauses import Clause, split_clauses, stretches
from pedcorpus.facts.lazy import lazy
from pedcorpus.facts.lookup import whole_words
from pedcorpus.facts.names import Contrast, Name, NameKind, find_contrasts, find_names
from pedcorpus.facts.negation import find_negations
from pedcorpus.facts.plain import plain
from pedcorpus.facts.quantities import Quantity, find_quantities
from pedcorpus.facts.routes import Route, find_routes
from pedcorpus.facts.tables import opposite_table
from pedcorpus.facts.terms import TermIndex, terms

__all__ = ["Assertion", "Reading", "read"]

_READ_AT_ONCE = 4096
_BETWEEN_NAMES = re.compile(r"\s*(?:、|,|/|和|及|与|或者?|以及|联合|加|and|or|plus|,\s*and)\s*|\([^)]*\)")
_AFTER_TURN = re.compile(r"改用|改为|换用|再用|加用|无效|不能|later|switch|then|instead|followed by|另|避免|不可|之间")
_RESPECTIVE = re.compile(r"分别|依次|respectively|前者|后者|the former|the latter")
_FOLLOWING = 26
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
        bounds = [item.said for item in self.quantities]
        return tuple(span for span in find_negations(self.text) if not any(a <= span[0] < b for a, b in bounds))

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
        text = self.text
        for item in self.quantities:
            text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
        return text

    @lazy
    def _bare(self) -> str:
        """The plain text with every quantity and negating word blanked."""
        text = self.without_numbers
        for start, end in self.denials:
            text = text[:start] + " " * (end - start) + text[end:]
        return text

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
    def assertions(self) -> tuple[Assertion, ...]:
        """Stretches with what they assert; one that says too little alone is one with the stretch before it."""
        joined: list[list[int]] = []
        ends: list[int] = []
        spans = [(item.start, item.end) for item in self.names]
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

    def _assertion(self, start: int, end: int, ends: Sequence[int]) -> Assertion:
        denials = tuple(span for span in self.denials if start <= span[0] < end)
        words = self._bare
        about, scope = self.index.between(start, end), _NOBODY
        if denials:
            stop = next(stop for stop in ends if stop > denials[0][0])
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
        here = self.clause_at(position)
        clause = self.clauses[here]
        if kind == "disease":
            return self._disease_owners(here, position)
        inside = [item for item in self._owning(kind) if clause.start <= item.start < clause.end]
        before = [item for item in inside if item.start < position]
        if before:
            return self._group(before)
        after = [item for item in inside if item.start >= position]
        is_near = bool(after) and after[0].start - position <= _FOLLOWING
        if is_near and not _AFTER_TURN.search(self.text, position, after[0].start):
            return frozenset({after[0].canonical})
        earlier = [item for item in self._owning(kind) if item.start < clause.start]
        return self._group(earlier) if earlier else frozenset()

    def _disease_owners(self, number: int, position: int) -> frozenset[str]:
        """Those of the clause, else of the nearest before it in its sentence, of its sentence, or before."""
        here = self._diseased.get(number)
        if here and len(here) > 1:
            clause = self.clauses[number]
            amounts = [item for item in self.quantities if clause.start <= item.start < clause.end]
            before = [item for item in here if item.start < position]
            if len(amounts) > 1 and before:
                return frozenset({before[-1].canonical})
        if number not in self._diseases_by_clause:
            self._diseases_by_clause[number] = self._diseases_of_clause(number)
        return self._diseases_by_clause[number]

    def _diseases_of_clause(self, number: int) -> frozenset[str]:
        named = self._diseased
        chosen = [number] if number in named else []
        if not chosen:
            sentence = self.clauses[number].sentence
            beside = [there for there in named if self.clauses[there].sentence == sentence]
            earlier = [there for there in beside if there < number]
            if beside and not earlier:
                chosen = beside
            else:
                chosen = (earlier or [there for there in named if there < number])[-1:]
        return frozenset(item.canonical for there in chosen for item in named[there])

    @lazy
    def _diseased(self) -> dict[int, list[Name]]:
        """Numbers of the clauses that name diseases, in order, with these."""
        found: dict[int, list[Name]] = {}
        for item in self._owning("disease"):
            found.setdefault(self.clause_at(item.start), []).append(item)
        return found

    @lazy
    def _diseases_by_clause(self) -> dict[int, frozenset[str]]:
        return {}

    def _owning(self, kind: NameKind) -> tuple[Name, ...]:
        return self._owners_by_kind[kind]

    @lazy
    def _owners_by_kind(self) -> dict[str, tuple[Name, ...]]:
        return {
            kind: tuple(item for item in self.names if item.kind == kind and item.is_known and not item.is_class)
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
        if not self._has_respective:
            return _NOBODY
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

    @lazy
    def _has_respective(self) -> bool:
        return bool(_RESPECTIVE.search(self.text))

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
        for before in self.quantities:
            if before.start >= quantity.start:
                break
            start = max(start, before.end)
        return self.index.between(start, quantity.said[0])

    def given_by(self, route: Route) -> frozenset[str]:
        """The drugs that a route is said of: all of its clause since the route before, else as of any fact."""
        clause = self.clauses[self.clause_at(route.start)]
        start = max([clause.start, *(item.end for item in self.routes if item.end <= route.start)])
        inside = frozenset(item.canonical for item in self._owning("drug") if start <= item.start < route.start)
        return inside or self.owners(route.start, "drug")

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
        place = self.quantities.index(quantity)
        if place + 1 < len(self.quantities):
            after = self.quantities[place + 1]
            if _is_condition(after) and _FOR_WHOM.fullmatch(self.text, quantity.end, after.said[0]):
                return after
        clause = self.clauses[self.clause_at(quantity.start)]
        for before in reversed(self.quantities[:place]):
            there = self.clauses[self.clause_at(before.start)]
            if there.part != clause.part:
                return None
            if _is_condition(before):
                return before
        return None

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
        before = [item for item in self.contrasts if item.start < position]
        inside = [item for item in before if item.start >= clause.start]
        after = [item for item in self.contrasts if position <= item.start < clause.end]
        earlier = [item for item in before if self.clauses[self.clause_at(item.start)].part == clause.part]
        for item in (*earlier, *after[::-1], *inside):
            found[item.family] = item.value
        return found


def _is_condition(quantity: Quantity) -> bool:
    """An age, or a body weight: a mass of a kilogram or more that is no dose."""
    is_weight = quantity.dimension == ("mass",) and not quantity.per and quantity.low >= _KILOGRAM
    is_limit = quantity.dimension == ("time",) and quantity.is_calendar
    is_limit = is_limit and (quantity.bound in ("above", "below") or quantity.low != quantity.high)
    return quantity.is_age or is_weight or is_limit


@lru_cache(maxsize=_READ_AT_ONCE)
def read(text: str) -> Reading:
    """The reading of `text`; the last few thousand texts are kept, since one quote serves many instructions."""
    return Reading(text)
