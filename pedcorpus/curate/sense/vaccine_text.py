"""Ages at which a text has vaccines given: 百白破疫苗在2、4、6月龄各接种1剂, with the dose's number where it is told."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pedcorpus.curate.sense.people import sentence_span
from pedcorpus.curate.sense.vaccine_table import Vaccine, Vaccines
from pedcorpus.facts.numerals import CHINESE_NUMERAL, numeral_value

__all__ = ["GivenAges", "given_ages", "is_advised_at_once"]

_DIGIT = CHINESE_NUMERAL.removesuffix("+")
_N = rf"(?:(?<!\d)\d{{1,2}}|(?<!{_DIGIT}){_DIGIT}{{1,3}})"
_AGES = re.compile(
    rf"(?P<list>{_N}(?:\s*(?:、|,|和|及|与|/|或)\s*{_N})*)\s*(?P<u>月龄|个月龄?|月(?!\d|底|初|份|日|经)|周岁|岁)(?P<half>半)?|(?P<birth>出生(?:时|当[天日]|后24小时内|后立即|24小时内)|生后24小时内)"
)
_NUMBER = re.compile(_N)
_BOUNDED_BEFORE = re.compile(
    r"(?:[<>≥≤~\-]|至|到|间隔|相隔|隔|推迟|延迟|超过|大于|小于|不满|未满|不足|最早|最小|最晚|至少|最迟|在?前|每|约?需|持续|已|过去|近|免疫力可?|保护)\s*$"
)
_BOUNDED_AFTER = re.compile(
    r"\s*(?:[~\-]|至|到|及?以[上下内前后]|[或及]以|之?[前后内]|起|间|的?(?:婴|患|幼|小|儿|孩|宝|未)|一次|大时|仍|未|的?间隔)"
)
_DOSE = re.compile(rf"第?\s*(?P<first>首)[剂针次]|第\s*(?P<n>{_N})\s*[剂针次]")
_GIVES = re.compile(r"接种|打|注射|口服|免疫|[剂针]|加强|种(?!类)")
_LEFT_ALONE = re.compile(
    r"补种|漏种|未接种|没接种|没打|未打|打过|接种过|接种史|接种后|接种前|应急|提前|国外|美国|欧洲|英国|日本|香港|台湾|印度|世卫|who\b|自费|非免疫规划|二类|不良反应|病例|发病|感染|多见|旧程序|以前|曾|原来|此前|2024年|2021年|最早|可在|扩大|发热|过敏|低出生体重|早产"
)
_CLAUSE = re.compile(r"[,;:。!?\n、()]")
_AT_ONCE = re.compile(r"立即|马上|立刻|当天|同时|次日|第二天|无需推迟|不用推迟|不必推迟|不需要?推迟|不影响|随时")
_DENIED = re.compile(r"不(?:能|宜|可|应|得|建议|要)|禁止|避免|勿|暂缓")


class GivenAges(NamedTuple):
    """Ages at `start:end` of a plain text at which it has `vaccine` given, each as months from and to."""

    start: int
    end: int
    vaccine: Vaccine
    ages: tuple[tuple[float, float], ...]
    dose: int | None
    """Number of the dose, where its clause names one and one age."""


def given_ages(text: str, vaccines: Vaccines) -> Iterator[GivenAges]:
    """Every such statement of a plain text, in order; what may be given late, early or elsewhere is left out."""
    named = list(vaccines.pattern.finditer(text))
    for match in _AGES.finditer(text) if named else ():
        start, end = sentence_span(text, match.start())
        if _BOUNDED_BEFORE.search(text, max(start, match.start() - 8), match.start()) or _BOUNDED_AFTER.match(
            text, match.end()
        ):
            continue
        if not _GIVES.search(text, start, end) or _LEFT_ALONE.search(text, start, end):
            continue
        clause = _clause(text, match, (start, end))
        vaccine = _vaccine_of(match, clause, start, named, vaccines)
        if vaccine is not None:
            ages = tuple(_ages(match))
            yield GivenAges(match.start(), match.end(), vaccine, ages, _dose(text, clause) if len(ages) == 1 else None)


def is_advised_at_once(text: str, vaccine_start: int, *, months: float) -> bool:
    """Does the sentence have the vaccine given at once, or sooner than after `months`?"""
    start, end = sentence_span(text, vaccine_start)
    if _DENIED.search(text, start, end):
        return False
    for match in re.finditer(rf"({_N})\s*(天|日|周|个月)后", text[start:end]):
        scale = {"天": 12 / 365.25, "日": 12 / 365.25, "周": 84 / 365.25, "个月": 1.0}[match[2]]
        return numeral_value(match[1]) * scale < months - 0.2
    return bool(_AT_ONCE.search(text, start, end))


def _clause(text: str, match: re.Match[str], sentence: tuple[int, int]) -> tuple[int, int]:
    start = sentence[0]
    for delimiter in _CLAUSE.finditer(text, sentence[0], match.start()):
        start = delimiter.end()
    after = _CLAUSE.search(text, match.end(), sentence[1])
    return start, after.start() if after else sentence[1]


def _vaccine_of(
    match: re.Match[str], clause: tuple[int, int], sentence: int, named: Sequence[re.Match[str]], vaccines: Vaccines
) -> Vaccine | None:
    """The vaccine named last before the ages in their clause, else first after them there, else last before."""
    first, here, last = (bisect_left(named, place, key=_start) for place in (sentence, *clause))
    inside, earlier = named[here:last], named[first:here]
    before = [name for name in inside if name.start() < match.start()]
    chosen = before[-1:] or inside[:1] or earlier[-1:]
    return vaccines.by_name[chosen[0].group()] if chosen else None


def _start(name: re.Match[str]) -> int:
    return name.start()


def _ages(match: re.Match[str]) -> Iterator[tuple[float, float]]:
    if match["birth"]:
        yield 0.0, 0.1
        return
    is_years = match["u"].endswith("岁")
    for number in _NUMBER.findall(match["list"]):
        value = numeral_value(number)
        if is_years:
            yield (value * 12 + 6, value * 12 + 12) if match["half"] else (value * 12, value * 12 + 12)
        else:
            yield value, value + 1


def _dose(text: str, clause: tuple[int, int]) -> int | None:
    found = list(_DOSE.finditer(text, *clause))
    if len(found) != 1:
        return None
    return 1 if found[0]["first"] else int(numeral_value(found[0]["n"]))
