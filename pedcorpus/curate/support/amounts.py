"""Quantities of an answer against those of its quotes: the same value, the same bound, of the same thing."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence

from pedcorpus.curate.support.cited import Cited, Quote, Said
from pedcorpus.curate.support.context import nearer, told_of
from pedcorpus.curate.support.gap import Gap
from pedcorpus.curate.support.owners import another_owner
from pedcorpus.facts import Quantity

__all__ = ["amount_gaps"]

Sourced = tuple[Quantity, Quote]

_EXACT = 0.005
_CALENDAR = 0.022
"""Thirty days are a month, and 365 a year."""
_CELSIUS = 0.06
_SAME_COUNT = frozenset({"times", "剂", "针"})
_SCENE = re.compile(r"患儿|孩子|宝宝|本例|该[患婴]|体重|现年|child|patient|weigh|boy|girl|infant")
_CEILING = re.compile(r"最大|上限|极量|maximum|capped|limit")
_DAILY = re.compile(r"每[日天]|一[日天]|日剂?量|总量|/d|daily|per day|a day|each day")


def amount_gaps(said: Said, cited: Cited) -> Iterator[Gap]:
    """Each quantity of `said` that no quote bears out."""
    mine = [item for item in said.reading.quantities if said.holds(item.start)]
    for quantity in mine:
        if not _is_of_scene(quantity, said) and (gap := _gap(quantity, mine, cited, said)):
            yield gap


def _gap(quantity: Quantity, mine: Sequence[Quantity], cited: Cited, said: Said) -> Gap | None:
    sourced = cited.measured_like(quantity)
    same, others = _parted(sourced, lambda item: _is_same_value(quantity, item))
    in_time = [pair for pair in same if _is_same_rate(quantity, pair[0], said)]
    bounded, turned = _parted(in_time, lambda item: _is_same_bound(quantity, item, mine, said))
    if bounded and turned and (other := nearer(said, quantity, turned, bounded)):
        return _made(said, quantity, "comparison_turned", f"the source says 「{other}」")
    if bounded:
        other = ""
        for item, quote in bounded:
            other = another_owner(said, quantity, item, quote)
            if not other:
                break
        if other:
            return _made(said, quantity, "fact_of_another", f"the source says it of {other}")
        others = [pair for pair in others if pair[0].dimension == quantity.dimension]
        if others and (other := told_of(said, quantity, others, bounded)):
            return _made(said, quantity, "fact_of_another", f"the source says 「{other}」 of it")
        return None
    if _is_made_of_two(quantity, sourced):
        return None
    if in_time:
        return _made(said, quantity, "comparison_turned", f"the source says {_shown(in_time)}")
    if same:
        reason = "frequency_changed" if quantity.is_frequency else "unit_changed"
        return _made(said, quantity, reason, f"the source says {_shown(same)}")
    return _missing(quantity, cited.quantities, said)


def _parted(pairs: Sequence[Sourced], holds: Callable[[Quantity], bool]) -> tuple[list[Sourced], list[Sourced]]:
    """Those whose quantity `holds`, and the others."""
    kept: list[Sourced] = []
    left: list[Sourced] = []
    for pair in pairs:
        (kept if holds(pair[0]) else left).append(pair)
    return kept, left


def _missing(quantity: Quantity, sourced: Sequence[Sourced], said: Said) -> Gap:
    if quantity.is_frequency:
        return _made(said, quantity, "frequency_changed", _instead([p for p in sourced if p[0].is_frequency]))
    if quantity.is_age:
        return _made(said, quantity, "age_changed", _instead([p for p in sourced if p[0].is_age]))
    like = [pair for pair in sourced if pair[0].dimension == quantity.dimension]
    alike = [pair for pair in like or sourced if pair[0].figures == quantity.figures]
    if alike:
        return _made(said, quantity, "unit_changed", f"the source says {_shown(alike)}")
    return _made(said, quantity, "number_not_in_evidence", _instead(like))


def _made(said: Said, quantity: Quantity, reason: str, detail: str) -> Gap:
    start, end = quantity.said
    return Gap(reason, max(start, said.start), end, detail)


def _instead(pairs: Sequence[Sourced]) -> str:
    return f"the source says {_shown(pairs)}" if pairs else "the source says no such thing"


def _shown(pairs: Sequence[Sourced]) -> str:
    texts = [quote.reading.text[slice(*item.said)].strip() for item, quote in pairs]
    return ", ".join(f"「{text}」" for text in list(dict.fromkeys(texts))[:3])


def _is_same_value(said: Quantity, sourced: Quantity) -> bool:
    """Equal, or one end of the source's range; 隔6小时 is borne out by 每6小时1次."""
    if sourced.is_frequency and said.dimension == ("time",) and not said.is_age:
        return _is_interval(sourced, said)
    if said.is_frequency and sourced.dimension == ("time",) and not sourced.is_age:
        return said.is_interval and _is_interval(said, sourced)
    if not _is_same_dimension(said.dimension, sourced.dimension):
        return False
    low, high = _is_close(said, said.low, sourced, sourced.low), _is_close(said, said.high, sourced, sourced.high)
    if low and high:
        return True
    return said.low == said.high and (low or high)


def _is_interval(frequency: Quantity, time: Quantity) -> bool:
    return math.isclose(time.low, 1 / frequency.high, rel_tol=_EXACT) and math.isclose(
        time.high, 1 / frequency.low, rel_tol=_EXACT
    )


def _is_same_dimension(said: tuple[str, ...], sourced: tuple[str, ...]) -> bool:
    return said == sourced or (bool(said) and bool(sourced) and {said[0], sourced[0]} <= _SAME_COUNT)


def _is_close(one: Quantity, value: float, other: Quantity, against: float) -> bool:
    if one.dimension[:1] == ("celsius",):
        return abs(value - against) <= _CELSIUS
    share = _CALENDAR if one.is_calendar != other.is_calendar else _EXACT
    return math.isclose(value, against, rel_tol=share)


def _is_same_rate(said: Quantity, sourced: Quantity, of: Said) -> bool:
    if (
        said.per == sourced.per
        or {said.per, sourced.per} == {"", "dose"}
        or ("time",) in (said.dimension, sourced.dimension)
    ):
        return True
    if said.per or sourced.per != "day" or said.is_frequency or sourced.is_frequency:
        return False
    return bool(_DAILY.search(of.reading.without_numbers, of.start, of.end))


def _is_same_bound(said: Quantity, sourced: Quantity, mine: Sequence[Quantity], of: Said) -> bool:
    is_end = said.low == said.high and sourced.low != sourced.high
    if is_end and said.bound in ("above", "below"):
        other = sourced.high if said.bound == "above" else sourced.low
        mate = {"above": ("below", "within"), "below": ("above",)}[said.bound]
        return any(
            item.bound in mate and item.dimension == said.dimension and math.isclose(item.low, other, rel_tol=_EXACT)
            for item in mine
        )
    if said.bound == sourced.bound:
        return True
    if not said.bound and sourced.bound == "below" and _CEILING.search(of.reading.text, of.start, said.start):
        return True
    kinds = {said.bound, sourced.bound}
    return kinds in ({"within", ""}, {"within", "below"}, {"after", ""}, {"after", "above"})


def _is_made_of_two(said: Quantity, sourced: Sequence[Sourced]) -> bool:
    """6个月至3岁 for a source that says 6个月以上 and 3岁以下."""
    if said.low == said.high:
        return False
    ends = [item for item, _ in sourced if item.dimension == said.dimension and item.low == item.high]
    low = any(item.bound == "above" and _is_close(said, said.low, item, item.low) for item in ends)
    return low and any(
        item.bound in ("below", "within") and _is_close(said, said.high, item, item.high) for item in ends
    )


def _is_of_scene(quantity: Quantity, said: Said) -> bool:
    """The age or weight of the question's child, repeated as the child's."""
    if said.scene is None or quantity.bound or quantity.is_frequency:
        return False
    clause = said.reading.clauses[said.reading.clause_at(quantity.start)]
    if not _SCENE.search(said.reading.text, clause.start, clause.end):
        return False
    return any(
        item.dimension == quantity.dimension and (item.low, item.high) == (quantity.low, quantity.high)
        for item in said.scene.quantities
    )
