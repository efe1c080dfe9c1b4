"""Numbers with their units as one text states them: doses, ages, durations, rates, shares, results.

A range keeps both ends; 每日, /kg and 每次 stay with the number; 以上 and 不超过 bound it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pedcorpus.facts.bounds import Bound, bound_at
from pedcorpus.facts.frequencies import find_frequencies
from pedcorpus.facts.lookup import matches_from, whole_words
from pedcorpus.facts.numerals import (
    CHINESE_NUMERAL,
    ENGLISH_NUMERAL,
    NEAR_ITS_BEGINNING,
    NUMERAL_WORDS,
    numeral_value,
)
from pedcorpus.facts.units import ENGLISH_UNITS, UNIT, Unit, unit_of

__all__ = ["Quantity", "find_quantities"]

Per = Literal["", "day", "dose"]

_ARABIC = r"(?:(?<![\d.a-z])|(?<=ph)|(?<=[^a-z]q))(?<![a-z]-)\d+(?:,\d{3})*(?:\.\d+)?(?:/\d+(?!\d|\s*mmhg))?(?!-[a-z\u4e00-\u9fff])"
_CHINESE = rf"{CHINESE_NUMERAL}(?=\s*(?:个半?(?:月|小时|星期)|月龄|周(?!围|边|期|末|身|璐)|岁|年(?!龄|轻|长)|天(?!然|性)|日(?!常|本|光|间|龄)|星期|小时|分钟|秒|倍|剂|针|片|粒|袋|毫克|毫升|克(?!隆|罗|林)|公斤|半?次(?!性)|度(?!脱)))"
_ENGLISH = rf"\b{ENGLISH_NUMERAL}(?=[\s-]+(?:{ENGLISH_UNITS})(?![a-z]))"
_SHARE = rf"(?P<bottom>{CHINESE_NUMERAL})分之(?P<top>{CHINESE_NUMERAL})|百分之(?P<hundredth>{CHINESE_NUMERAL}|\d+(?:\.\d+)?)|(?P<half>一半|half of|(?:a|one) third|two thirds|(?:a|one) quarter)"
_NUMBER = rf"(?:{_ARABIC}|{_CHINESE}|{_ENGLISH})"
_POWER = r"(?:\s*[×x*]\s*10\s*\^?\s*(?P<power>[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))"
_PER_PART = rf"(?:{UNIT}|次|剂|天|day|dose|kilogram|minute|hour)"
_PER = (
    rf"(?P<per>(?:\s*(?:/|每|per\s+|(?<=[a-z])\s+(?:a|each)\s+)\s*[(]?\s*{_PER_PART}(?:体重)?(?:\s*[·.*]\s*{_PER_PART})*\s*[)]?)+"
    rf"|(?:\s*·\s*{_PER_PART}\s*(?:-1|⁻¹|~1))+)"
)
_DAILY = r"(?P<daily>\s*(?:daily|a day|each day))?"
_PATTERN = re.compile(
    rf"{_SHARE}|(?P<a>{_NUMBER})(?P<exp>[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,2}})?(?P<m1>\s*[万千百](?=\s*(?:iu|u|国际|单位|个|/|[~至到-]\s*\d)))?(?:\s*(?P<h1>个?半)(?=[月岁年小天]))?(?:[\s-]*(?P<u1>{UNIT}))?(?P<h2>半(?![数卧坐]))?"
    rf"(?:\s*(?:~|-|至|到|to|and(?=\s*[\d]))\s*(?P<b>{_NUMBER})(?P<m2>\s*[万千百](?=\s*(?:iu|u|国际|单位|个|/)))?(?:[\s-]*(?P<u2>{UNIT}))?)?"
    rf"{_POWER}?(?:(?<=[\d⁰-⁹])\s*(?:(?P<u3>%)))?{_PER}?{_DAILY}"
)
_IN_WORDS = whole_words(NUMERAL_WORDS, before=r"(?<=\b.)", after=r"\b").pattern
_STARTS = re.compile(rf"[\d零〇一二两三四五六七八九十百千半]{NEAR_ITS_BEGINNING}|{_IN_WORDS}")
_PER_NAMES = re.compile(rf"{_PER_PART}")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CLAUSE_END = re.compile(r"[,;。!?\n]")
_LEAD_DAY = re.compile(r"每[日天]|一[日天]|日剂?总?量|24小时|daily|per day|a day|each day")
_LEAD_DOSE = re.compile(
    r"每次|单次|单剂|一次|首剂|负荷量|次剂量|each dose|single dose|per dose|loading dose|a dose of|bolus"
)
_LEAD_RATE = re.compile(r"每(分钟|分|小时)|per (minute|hour)")
_LEAD_KG = re.compile(r"(?:每|按)(?:公斤|千克|kg)(?:体重)?|per (?:kg|kilogram)")
_ANY_LEAD = re.compile("[每一日次单首负按2a-z]")
"""Without one of these none of the leads above stands there."""
_DAY_OF_DOSE = re.compile(
    r"[一1][天日]\s*(?:总量|最[多大高]|不(?:得|能|应)?超过|至多|[约用服吃]?\s*\d[\d.]*\s*(?:mg|g|ml|毫|克))"
)
"""一天最多30毫克: how much a day, not how long."""
_DIVIDED = re.compile(
    r"\s*[,、]?\s*(?:均|再)?分\s*[\d一二两三四]|\s*,?\s*(?:in|divided into)\s+\w+(?:\s*(?:to|-|~|or)\s*\w+)?\s+(?:divided\s+)?doses"
)
_AGE_BEFORE = re.compile(
    r"(?:年龄|月龄|周龄|日龄|aged?|生后|出生后|岁数)\s*(?:[<>≥≤]|大于|小于|在|为|under|over|of|above|below|from)*\s*$"
)
_AGE_AFTER = re.compile(
    r"\s*(?:以[上下内]|及以[上下]|或以[上下])?的?(?:患?[儿婴]|小儿|幼|孩|儿童|宝|-?old|of age|infant|child|时)"
)
_LISTED = re.compile(r"\s*(?:、|,|/|和|及|与|或|and|or|,\s*and)\s*")
_RESTATED = re.compile(r"[^\d,;。]{0,3}[(]\s*(?:约|即|相当于|about|i\.e\.|=)?\s*")
_MANY = {"万": 1e4, "千": 1e3, "百": 1e2}
_SHARES = {"一半": 50.0, "half of": 50.0, "third": 100 / 3, "thirds": 200 / 3, "quarter": 25.0}
_DOSED = frozenset({"mass", "volume", "activity", "substance", "energy"})


class Quantity(NamedTuple):
    """One number or range with its unit, at `start:end` of the plain text; both ends in the dimension's own unit."""

    start: int
    end: int
    low: float
    high: float
    dimension: tuple[str, ...] = ()
    """What is measured and, after it, what it is divided by; empty for a bare number."""
    per: Per = ""
    """A rate is brought to one day; a dose said to be one dose is `dose`."""
    bound: Bound = ""
    is_calendar: bool = False
    is_age: bool = False
    is_frequency: bool = False
    is_interval: bool = False
    """A frequency said as a time between."""
    figures: tuple[float, float] = (0.0, 0.0)
    """The numbers as written, before their units are looked at."""
    said: tuple[int, int] = (0, 0)
    """Span with the words that bound it."""


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity and frequency of a plain text, in order."""
    frequencies = [
        Quantity(item.start, item.end, item.low, item.high, ("times",), "day", bound, is_frequency=True, is_interval=item.is_interval,
                 figures=(item.low, item.high), said=(first, last))
        for item in find_frequencies(text)
        for bound, first, last in [bound_at(text, item.start, item.end, floor=0)]
    ]  # fmt: skip
    parts: list[str] = []
    last = 0
    for item in frequencies:
        parts += (text[last : item.start], "\x01" * (item.end - item.start))
        last = item.end
    rest = "".join((*parts, text[last:])) if parts else text
    found = sorted([*frequencies, *_inherited(list(_quantities(rest)), rest)], key=lambda item: item.start)
    return tuple(found)


def _quantities(text: str) -> Iterator[Quantity]:
    floor = 0
    for match in matches_from(_STARTS, _PATTERN, text):
        read = _share(match) if match["a"] is None else _number(match)
        if read is None:
            continue
        bound, first, last = bound_at(text, match.start(), match.end(), floor=floor)
        if (
            bound == "above"
            and not read.is_calendar
            and read.dimension[:1] == ("time",)
            and text.startswith("over", first)
        ):
            bound, first = "", match.start()  # infused over 10 hours
        is_age = "time" in read.dimension[:1] and _is_age(text, match)
        read = read._replace(bound=bound, said=(first, last), is_age=is_age)
        yield _with_lead(read, text, floor)
        floor = match.end()


def _share(match: re.Match[str]) -> Quantity:
    if match["top"]:
        value = 100 * numeral_value(match["top"]) / numeral_value(match["bottom"])
    elif match["hundredth"]:
        value = numeral_value(match["hundredth"])
    else:
        value = _SHARES.get(match["half"]) or _SHARES[match["half"].split()[-1]] * (1.0)
    return Quantity(match.start(), match.end(), value, value, ("percent",), figures=(value, value))


def _number(match: re.Match[str]) -> Quantity | None:
    first = numeral_value(match["a"]) + (0.5 if match["h1"] or match["h2"] else 0)
    if match["h1"] and match["h1"].startswith("个"):
        first = numeral_value(match["a"]) + 0.5
    if match["exp"] and first == 10:
        first = 10.0 ** int(match["exp"].translate(_SUPERSCRIPT))
    last = numeral_value(match["b"]) if match["b"] else first
    names = match["u1"], match["u2"] or match["u3"]
    if match["a"] in ("一", "1") and names[0] == "次" and not match["b"]:
        return None  # 一次 is as often a turn of phrase as a count
    if _DAY_OF_DOSE.match(match.string, match.start()):
        return None
    low_unit = unit_of(names[0]) if names[0] else None
    is_ordinal = match.start() and match.string[match.start() - 1] == "第"
    if first == last == 1 and is_ordinal and not (low_unit and low_unit.dimension == "time"):
        return None  # 第一剂 is 首剂
    high_unit = unit_of(names[1]) if names[1] else None
    if match["h1"] and not low_unit:
        return None
    if "/" in match["a"] and not (low_unit or high_unit):
        return (
            Quantity(match.start(), match.end(), first * 100, first * 100, ("percent",), figures=(first, first))
            if first < 1
            else None
        )
    return _scaled(match, (first, last), low_unit or high_unit, high_unit or low_unit)


def _scaled(match: re.Match[str], ends: tuple[float, float], low_unit: Unit | None, high_unit: Unit | None) -> Quantity:
    unit = high_unit or Unit("")
    low, high = ends[0] * (low_unit or unit).scale, ends[1] * unit.scale
    low *= _MANY.get((match["m1"] or match["m2"] or "").strip(), 1.0)
    high *= _MANY.get((match["m2"] or match["m1"] or "").strip(), 1.0)
    if match["power"]:
        factor = 10.0 ** int(match["power"].translate(_SUPERSCRIPT))
        low, high = low * factor, high * factor
    dimension = [unit.dimension] if unit.dimension else ["count"] if match["per"] else []
    per: Per = "day" if match["daily"] else ""
    for name in _PER_NAMES.findall(match["per"] or ""):
        if name in ("次", "dose", "剂"):
            per = "dose"
            continue
        below = unit_of(name)
        if below.dimension == "time":
            per, low, high = "day", low / below.scale, high / below.scale
        else:
            dimension.append("kg" if below.dimension == "mass" and below.scale == 1e6 else below.dimension)
            scale = 1.0 if below.dimension == "mass" and below.scale == 1e6 else below.scale
            low, high = low / scale, high / scale
    if dimension[:1] == ["fahrenheit"]:
        dimension[0], low, high = "celsius", (low - 32) / 1.8, (high - 32) / 1.8
    return Quantity(
        match.start(), match.end(), low, high, tuple(dimension), per,
        is_calendar=unit.is_calendar or bool(low_unit and low_unit.is_calendar), figures=ends,
    )  # fmt: skip


def _is_age(text: str, match: re.Match[str]) -> bool:
    if any(name and ("岁" in name or "龄" in name) for name in (match["u1"], match["u2"])):
        return True
    before = _AGE_BEFORE.search(text, max(0, match.start() - 14), match.start())
    return bool(before or _AGE_AFTER.match(text, match.end()))


def _with_lead(quantity: Quantity, text: str, floor: int) -> Quantity:
    """每日, 每次 and 每公斤 before a dose, in its clause, belong to it."""
    if not quantity.dimension or quantity.dimension[0] not in _DOSED:
        return quantity
    begin = max(floor, quantity.start - 24)
    for end in _CLAUSE_END.finditer(text, begin, quantity.start):
        begin = end.end()
    has_lead = _ANY_LEAD.search(text, begin, quantity.start) is not None
    if not quantity.per and not has_lead:
        if _DIVIDED.match(text, quantity.end):
            quantity = quantity._replace(per="day")
    elif not quantity.per:
        day, dose = _last(_LEAD_DAY, text, begin, quantity.start), _last(_LEAD_DOSE, text, begin, quantity.start)
        rate = _last(_LEAD_RATE, text, begin, quantity.start)
        if rate > max(day, dose):
            found = _LEAD_RATE.match(text, rate)
            scale = unit_of(found[1] or found[2]).scale if found else 1.0
            quantity = quantity._replace(per="day", low=quantity.low / scale, high=quantity.high / scale)
        elif day >= 0 or dose >= 0:
            quantity = quantity._replace(per="day" if day > dose else "dose")
        elif _DIVIDED.match(text, quantity.end):
            quantity = quantity._replace(per="day")
    if has_lead and "kg" not in quantity.dimension and _last(_LEAD_KG, text, begin, quantity.start) >= 0:
        quantity = quantity._replace(dimension=(*quantity.dimension, "kg"))
    return quantity


def _last(pattern: re.Pattern[str], text: str, begin: int, end: int) -> int:
    found = -1
    for match in pattern.finditer(text, begin, end):
        found = match.start()
    return found


def _inherited(found: list[Quantity], text: str) -> list[Quantity]:
    """In 2、4、6月龄 the last unit is everyone's; in 超过38.5℃（约101.3℉） the bound is."""
    for index in range(1, len(found)):
        before, here = found[index - 1], found[index]
        if not here.bound and _RESTATED.fullmatch(text, before.end, here.start) and here.dimension == before.dimension:
            found[index] = here._replace(bound=before.bound, per=here.per or before.per)
    for index in range(len(found) - 2, -1, -1):
        here, after = found[index], found[index + 1]
        is_rising = here.high < after.figures[1]
        if is_rising and not here.dimension and after.dimension and _LISTED.fullmatch(text, here.end, after.start):
            scale = after.high / after.figures[1] if after.figures[1] else 1.0
            found[index] = here._replace(
                low=here.low * scale, high=here.high * scale, dimension=after.dimension, per=after.per,
                is_calendar=after.is_calendar, is_age=after.is_age,
            )  # fmt: skip
    return found
