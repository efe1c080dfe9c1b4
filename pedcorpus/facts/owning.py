"""Which of the drugs or diseases that a text names what stands at a place is said of.

Every question is answered by bisection or from what was answered before: a text twice as long takes twice as long.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pedcorpus.facts.clauses import Clause
from pedcorpus.facts.lazy import lazy
from pedcorpus.facts.names import Name
from pedcorpus.facts.ordered import Ordered
from pedcorpus.facts.quantities import Quantity

__all__ = ["DiseaseOwners", "DrugOwners"]

_BETWEEN_NAMES = re.compile(r"\s*(?:、|,|/|和|及|与|或者?|以及|联合|加|and|or|plus|,\s*and)\s*|\([^)]*\)")
_AFTER_TURN = re.compile(r"改用|改为|换用|再用|加用|无效|不能|later|switch|then|instead|followed by|另|避免|不可|之间")
_RESPECTIVE = re.compile(r"分别|依次|respectively|前者|后者|the former|the latter")
_ONE_OF_TWO = frozenset({"前者", "后者", "the former", "the latter"})
_FIRST_OF_TWO = frozenset({"前者", "the former"})
_FOLLOWING = 26
_NOBODY: frozenset[str] = frozenset()


class _Respective(NamedTuple):
    """What 分别, 前者 or `respectively` says in one part of a sentence."""

    words: list[str]
    places: list[int]
    """Where these words begin."""
    named: Sequence[Name]
    doses: dict[int, int]
    """By where a dose begins, the number of its drug; empty where there are not as many doses as drugs."""


class DrugOwners:
    """The drugs of a text, and what is said of them."""

    def __init__(self, text: str, clauses: Ordered[Clause], names: Sequence[Name], doses: Ordered[Quantity]) -> None:
        self._text = text
        self._clauses = clauses
        self._names = Ordered(names)
        self._doses = doses
        self._groups: dict[tuple[int, int], frozenset[str]] = {}
        self._parts: dict[int, _Respective | None] = {}

    def between(self, start: int, end: int) -> frozenset[str]:
        """Those that are named in `start:end`."""
        return frozenset(item.canonical for item in self._names.between(start, end))

    def at(self, position: int, clause: Clause) -> frozenset[str]:
        """Those named last before `position` in its clause, else shortly after it there, else last in those before."""
        names = self._names
        first, here, last = names.before(clause.start), names.before(position), names.before(clause.end)
        if min(here, last) > first:
            return self._group(first, min(here, last) - 1)
        nearest = max(first, here)
        if nearest < last:
            after = names.items[nearest]
            is_near = after.start - position <= _FOLLOWING
            if is_near and not _AFTER_TURN.search(self._text, position, after.start):
                return frozenset({after.canonical})
        return self._group(0, first - 1) if first else _NOBODY

    def _group(self, lowest: int, last: int) -> frozenset[str]:
        """The name number `last` with those from number `lowest` on that it is listed with."""
        first = max(lowest, self._listed_from[last])
        known = self._groups.get((first, last))
        if known is None:
            before = self._groups.get((first, last - 1))
            names = self._names.items
            if before is not None:
                known = before if names[last].canonical in before else before | {names[last].canonical}
            else:
                known = frozenset(item.canonical for item in names[first : last + 1])
            self._groups[first, last] = known
        return known

    @lazy
    def _listed_from(self) -> list[int]:
        """By number of a name, that of the first in the list that it ends."""
        found: list[int] = []
        names = self._names.items
        for number, item in enumerate(names):
            is_listed = number and _BETWEEN_NAMES.fullmatch(self._text, names[number - 1].end, item.start)
            found.append(found[-1] if is_listed else number)
        return found

    def respective(self, position: int, clause: Clause) -> frozenset[str]:
        """The drug that 分别, 前者 or `respectively` gives to the quantity at `position`; empty without such a word."""
        if clause.part not in self._parts:
            self._parts[clause.part] = self._respective_of(clause.part)
        part = self._parts[clause.part]
        if part is None:
            return _NOBODY
        if part.words[-1] in _ONE_OF_TWO:
            before = bisect_left(part.places, position)
            if not before:
                return _NOBODY
            return frozenset({part.named[0 if part.words[before - 1] in _FIRST_OF_TWO else 1].canonical})
        number = part.doses.get(position)
        return _NOBODY if number is None else frozenset({part.named[number].canonical})

    @lazy
    def has_respective(self) -> bool:
        """Does the text say 分别, 前者 or the like?"""
        return bool(_RESPECTIVE.search(self._text))

    @lazy
    def _part_numbers(self) -> list[int]:
        return [clause.part for clause in self._clauses.items]

    def _respective_of(self, number: int) -> _Respective | None:
        """What such a word says in the part of this number; none without one, or with fewer than two drugs."""
        first, last = bisect_left(self._part_numbers, number), bisect_right(self._part_numbers, number)
        start, end = self._clauses.items[first].start, self._clauses.items[last - 1].end
        found = list(_RESPECTIVE.finditer(self._text, start, end))
        if not found:
            return None
        before = self._names.before(start)
        named = self._names.between(start, end) or self._names.items[max(0, before - 2) : before]
        if len(named) < 2:
            return None
        doses = [item for item in self._doses.between(start, end) if item.dimension and not item.is_frequency]
        last_name = max(item.end for item in named)
        places = [item.start for item in doses if item.start > last_name] or [item.start for item in doses]
        numbers = {place: number for number, place in enumerate(places)} if len(places) == len(named) else {}
        words = [match.group() for match in found]
        return _Respective(words, [match.start() for match in found], named, numbers)


class DiseaseOwners:
    """The diseases of a text, and what is said of them."""

    def __init__(self, clauses: Ordered[Clause], numbered: dict[int, list[Name]], amounts: Ordered[Quantity]) -> None:
        """`numbered`: the numbers of the clauses that name diseases, in order, with these."""
        self._clauses = clauses
        self._named = {number: Ordered(names) for number, names in numbered.items()}
        self._numbers = list(numbered)
        self._amounts = amounts
        self._known: dict[int, frozenset[str]] = {}
        self._ahead: dict[int, frozenset[str]] = {}

    def at(self, position: int, number: int) -> frozenset[str]:
        """Those of the clause, else of the nearest before it in its sentence, of its sentence, or before."""
        here = self._named.get(number)
        if here and len(here.items) > 1:
            clause = self._clauses.items[number]
            amounts = self._amounts.before(clause.end) - self._amounts.before(clause.start)
            before = here.before(position)
            if amounts > 1 and before:
                return frozenset({here.items[before - 1].canonical})
        if number not in self._known:
            self._known[number] = self._of_clause(number)
        return self._known[number]

    def _of_clause(self, number: int) -> frozenset[str]:
        if number in self._named:
            return self._of(number)
        after = bisect_left(self._numbers, number)
        sentence = self._clauses.items[number].sentence
        if after and self._sentence_of(after - 1) == sentence:
            return self._of(self._numbers[after - 1])
        if after < len(self._numbers) and self._sentence_of(after) == sentence:
            return self._of_sentence(sentence, after)
        return self._of(self._numbers[after - 1]) if after else _NOBODY

    def _sentence_of(self, place: int) -> int:
        return self._clauses.items[self._numbers[place]].sentence

    def _of_sentence(self, sentence: int, place: int) -> frozenset[str]:
        """All of a sentence, of which the clause at `place` is the first that names any."""
        if sentence not in self._ahead:
            found: set[str] = set()
            while place < len(self._numbers) and self._sentence_of(place) == sentence:
                found |= self._of(self._numbers[place])
                place += 1
            self._ahead[sentence] = frozenset(found)
        return self._ahead[sentence]

    def _of(self, number: int) -> frozenset[str]:
        return frozenset(item.canonical for item in self._named[number].items)
