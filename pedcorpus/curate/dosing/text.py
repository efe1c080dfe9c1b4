"""Doses in free text: each quantity that is a dose, with the drug, the basis, the route and the age it is given for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, takewhile

from pedcorpus.curate.dosing.stated import Per, StatedDose
from pedcorpus.curate.dosing.who import is_weight, upper_age_months
from pedcorpus.curate.formulary import Drug, ParsedFormulary
from pedcorpus.curate.formulary.amounts import DOSED, unit_amount
from pedcorpus.facts import Quantity, Reading
from pedcorpus.spans import Spans

__all__ = ["Mention", "doses_in", "mentions_in"]

_RATE = re.compile(
    r"/\s*(?:h|hr|hour|min|minute|小时|分钟|分)|每(?:小时|分钟)|per\s+(?:hour|minute)|an hour|a minute|·\s*(?:h|min)"
)
_RATE_LEAD = re.compile(r"每(?:小时|分钟)[^,;。]{0,6}$|(?:以|按)$")
_NO_DOSE = re.compile(
    r"中毒|过量|误服|致死|浓度|血药|血清|规格|每[片支袋瓶包粒]|相当于|总量|累[积计]|共(?!用)|总计|含(?!服|化|漱)|尿|血糖|残留"
    r"|体重[^,;。]{0,4}$|配成|加入|稀释|溶于|溶液?中|余下|剩余"
    r"|toxic|overdos|ingest|concentration|per tablet|tablets? of|contains?|containing|cumulative|total of|diluted?"
    r"|level"
)
_LISTED = re.compile(r"\s*(?:、|,|/|和|及|与|或者?|以及|and|or)\s*")
_CARRIERS = re.compile(
    r"(?:\d+(?:\.\d+)?%\s*)?(?:葡萄糖(?!酸)(?:氯化钠)?(?:溶液|注射液|液)?|氯化钠|生理盐水|注射用水|glucose|dextrose|saline)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A drug's name at `start:end`; no drug where the formulary does not know it."""

    start: int
    end: int
    drug: Drug | None


def mentions_in(reading: Reading, formulary: ParsedFormulary) -> tuple[Mention, ...]:
    """Every drug that the text names, in order; those outside the formulary own their doses too."""
    longer = Spans((name.start, name.end) for name in reading.names if name.kind == "drug" and name.is_known)
    found = [
        Mention(match.start(), match.end(), formulary.by_name[match.group()])
        for match in formulary.pattern.finditer(reading.text)
        if not longer.exceed(match.start(), match.end())
    ]
    taken = Spans((item.start, item.end) for item in found)
    found += [
        Mention(name.start, name.end, None)
        for name in reading.names
        if name.kind == "drug"
        and not name.is_class
        and not _CARRIERS.fullmatch(reading.text, name.start, name.end)
        and not taken.touch(name.start, name.end)
    ]
    return tuple(sorted(found, key=lambda item: item.start))


def doses_in(reading: Reading, mentions: Sequence[Mention]) -> Iterator[StatedDose]:
    """Every dose that the text states of drugs which the formulary knows."""
    doses = [item for item in reading.quantities if _is_dose(reading, item)]
    for index, item in enumerate(doses):
        owners = _owners(reading, item, mentions)
        if owners:
            before = doses[index - 1].end if index else 0
            after = doses[index + 1].start if index + 1 < len(doses) else len(reading.text)
            yield _stated(reading, item, owners, (before, after))


def _is_dose(reading: Reading, item: Quantity) -> bool:
    if not item.dimension or item.dimension[0] not in DOSED or item.dimension[1:] not in ((), ("kg",)):
        return False
    if item.bound == "above" or is_weight(item) or item.is_frequency:
        return False
    clause = reading.clauses[reading.clause_at(item.start)]
    if any(clause.start <= start < item.start for start, _ in reading.denials):
        return False
    return not _NO_DOSE.search(reading.text, clause.start, item.start) and not reading.text.startswith("/", item.end)


def _owners(reading: Reading, item: Quantity, mentions: Sequence[Mention]) -> tuple[Drug, ...]:
    clause = reading.clauses[reading.clause_at(item.start)]
    inside = _named_before(item, mentions, item.start, since=clause.start)
    if (nearest := next(inside, None)) is None:
        return _group(reading, _named_after(reading, item, mentions, clause.end) or _earlier(reading, item, mentions))
    return _group(reading, chain((nearest,), inside))


def _named_before(item: Quantity, mentions: Sequence[Mention], end: int, *, since: int = 0) -> Iterator[Mention]:
    """Those in `since:end` that may own `item`, the nearest first."""
    for place in range(bisect_left(mentions, end, key=_start) - 1, -1, -1):
        if mentions[place].start < since:
            return
        if not _is_carrier_for(mentions[place], item):
            yield mentions[place]


def _named_after(reading: Reading, item: Quantity, mentions: Sequence[Mention], end: int) -> list[Mention]:
    """The first after `item` and before `end`, where nothing but a word like `的` parts them."""
    for mention in islice(mentions, bisect_left(mentions, item.end, key=_start), None):
        if mention.start >= end:
            break
        if not _is_carrier_for(mention, item):
            between = reading.text[item.end : mention.start]
            return [mention] if re.fullmatch(r"\s*(?:的|剂量的|of|oral|iv|im)?\s*", between) else []
    return []


def _start(mention: Mention) -> int:
    return mention.start


def _is_carrier_for(mention: Mention, item: Quantity) -> bool:
    """A fluid that the drug is given in: it owns volumes only."""
    if mention.drug is None or not mention.drug.doses:
        return False
    units = {unit.dimension for rule in mention.drug.doses if (unit := unit_amount(rule.unit))}
    return units == {"volume"} and item.dimension[0] != "volume"


def _earlier(reading: Reading, item: Quantity, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Those named before the clause of `item` in its sentence, else in the sentence before it; the nearest first."""
    clause = reading.clauses[reading.clause_at(item.start)]
    before = _named_before(item, mentions, clause.start + 1)
    nearest = next(before, None)
    if nearest is None or _sentence(reading, nearest) not in (clause.sentence, clause.sentence - 1):
        return iter(())
    same = takewhile(lambda other: _sentence(reading, other) == _sentence(reading, nearest), before)
    return chain((nearest,), same)


def _sentence(reading: Reading, mention: Mention) -> int:
    return reading.clauses[reading.clause_at(mention.start)].sentence


def _group(reading: Reading, nearest_first: Iterable[Mention]) -> tuple[Drug, ...]:
    """The nearest with those that it is listed with; nobody where one of them is unknown."""
    group: list[Mention] = []
    for item in nearest_first:
        if group and not _LISTED.fullmatch(reading.text, item.end, group[-1].start):
            break
        group.append(item)
    known = [item.drug for item in group if item.drug]
    return tuple(known) if len(known) == len(group) else ()


def _stated(reading: Reading, item: Quantity, owners: tuple[Drug, ...], room: tuple[int, int]) -> StatedDose:
    clause = reading.clauses[reading.clause_at(item.start)]
    times, is_divided = _times(reading, item, room)
    per = _per(reading, item, times, is_divided)
    condition = reading.condition_of(item)
    age = upper_age_months(condition) if condition is not None and condition.is_age else None
    routes = frozenset(
        route.name
        for route in reading.routes
        if room[0] <= route.start < room[1] and reading.clauses[reading.clause_at(route.start)].part == clause.part
    )
    return StatedDose(
        drugs=owners,
        words=reading.text[item.start : item.end].strip(),
        low=item.low,
        high=item.high,
        figures=item.figures,
        dimension=item.dimension[0],
        is_per_kg="kg" in item.dimension,
        per=per,
        span=(item.start, item.end),
        is_ceiling=item.bound == "below",
        times=None if is_divided else times,
        routes=routes,
        age_months=age,
        is_for_others=condition is not None,
    )


def _times(reading: Reading, item: Quantity, room: tuple[int, int]) -> tuple[float | None, bool]:
    """Doses a day at the least, said beside the dose in its part of the sentence; and if a day's dose is divided."""
    part = reading.clauses[reading.clause_at(item.start)].part
    near = [
        other
        for other in reading.quantities
        if other.is_frequency
        and room[0] <= other.start < room[1]
        and reading.clauses[reading.clause_at(other.start)].part == part
    ]
    after = [other for other in near if other.start >= item.end] or near
    if not after:
        return None, False
    words = reading.text[max(0, after[0].start - 3) : after[0].end]
    return after[0].low, bool(re.search(r"分\s*[\d一二两三四]|divided|in\s+\w+\s+doses", words))


def _per(reading: Reading, item: Quantity, times: float | None, is_divided: bool) -> Per:
    words = reading.text[item.start : item.end]
    if _RATE.search(words) or (
        item.per == "day" and _RATE_LEAD.search(reading.text, max(0, item.start - 12), item.start)
    ):
        return "rate"
    if item.per == "day" or is_divided:
        return "day"
    if item.per == "dose" or times is not None:
        return "dose"
    return ""
