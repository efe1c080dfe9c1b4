"""Temperatures, durations and counts in a message, and the signs that are a matter of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.curate.sense import sentence_span
from pedcorpus.facts import Reading
from pedcorpus.inference.emergency.assertion import is_asserted
from pedcorpus.inference.emergency.said import Span

__all__ = ["breath_rates", "durations_days", "fevers", "half_days", "temperatures", "without_urine"]

FEVER_C = 38.0
_MINUTE = 1 / 1440
_FEVER = re.compile(
    r"发热|发(?:了|着|高|低|起|过)?烧|高烧|高热|低烧|低热|(?:身上|身体|浑身|额头|脑门|摸着|摸起来)[^,。;]{0,3}(?:烫|热)|烫手|烧(?=一|两|三|四|五|六|七|八|九|十|\d|整)|烧(?=到|上|了|着|得|起来|退)|在烧|滚烫|很烫|发烫|\bfever|\bfebrile|hot to (?:the )?touch"
)
_NUMBER = r"3[3-9]|4[0-2]"
_TEMPERATURE = re.compile(
    rf"(?<![\d.])({_NUMBER})(?:\.(\d))?\s*(?:度|℃|°c?|摄氏度|c\b|degrees)(?:\s*(\d)(?!\d))?"
    rf"|(?:烧|热|[体腋肛额耳口]温|温度|量|temp\w*|fever)[^,;。!?\d]{{0,8}}(?<![\d.])({_NUMBER})(?:\.(\d))?(?![\d岁天个月])"
)
_FAHRENHEIT = re.compile(r"(?<![\d.])(9[4-9]|10[0-8])(?:\.(\d))?\s*(?:°\s*)?(?:f\b|fahrenheit|华氏|degrees f)")
_HAN_TEMPERATURE = re.compile(r"(三十[三四五六七八九]|四十[一二]?)度(半|[一二三四五六七八九])?")
_HAN = {word: number for number, word in enumerate("零一二三四五六七八九十")}
_QUARTER = re.compile(r"(一|三)刻钟")
_SOME = re.compile(r"(\d{1,2}|[二三四五六七八九]?十)(?:来|多|几)个?(分钟|小时|天)")
_WEEKS = re.compile(r"(一|两|1|2|整整一)个?(?:礼拜|星期|周)|\b(?:a|one|two|1|2) weeks?\b")
_WHOLE_DAY = re.compile(
    r"一?整整?[天晚夜]|整整?一[天晚夜]|一(?:晚上|夜)|大半天|\ball (?:day|night)\b|\b(?:whole|entire) (?:day|night)\b"
)
_SINCE = re.compile(
    r"(?:昨|前)[天晚夜日][^,。;]{0,8}(?:到现在|到今|至今|起|开始|以来|就)|\bsince (?:yesterday|last night|the day before)"
)
_BREATH = re.compile(r"呼吸|喘|\bbreath|\brespirat")
_HEART = re.compile(r"心率|心跳|脉搏|\bheart|\bpulse")
_COUNT = re.compile(
    r"(?:一|1|每)\s*分钟[^,;。\d]{0,8}?(\d{2,3}|[六七八九]十[一二三四五六七八九]?|一百)\s*多?\s*(?:次|下)?"
    r"|(\d{2,3})\s*(?:次|下)\s*(?:/|每)\s*(?:分|min)|(\d{2,3})(?: breaths| times)?(?: a| per|/) ?min"
)
_NO_URINE = re.compile(
    r"(?:没有?|无|不)(?:尿|小便|撒尿|排尿|尿尿)|(?:没|未|不)(?:有|再)?(?:撒|解|排|拉|换)(?:过|出)?(?:一[次泡点滴])?(?:小便|尿)|(?:尿布|尿不湿|纸尿裤|尿片)[^,。;]{0,12}(?:干|没湿|没尿|没换)|no (?:wet|urine|pee|wees?\b)|(?:hasn't|has not|not) (?:had a wet|passed urine|wet)|(?:hasn't|has not|not) (?:peed|weed|urinated)|dry nappy|dry diaper|(?:nappy|nappies|diapers?)[^.;]{0,20}\bdry\b"
)


def fevers(reading: Reading) -> Iterator[Span]:
    """Where the message says that the child is or was hot."""
    for match in _FEVER.finditer(reading.text):
        if is_asserted(reading, *match.span()):
            yield match.span()
    yield from (span for value, span in temperatures(reading) if value >= FEVER_C)


def temperatures(reading: Reading) -> Iterator[tuple[float, Span]]:
    """Body temperatures in °C."""
    for match in _TEMPERATURE.finditer(reading.text):
        whole, tenth = match[1] or match[4], match[2] or match[3] or match[5] or "0"
        yield float(f"{whole}.{tenth}"), match.span()
    for match in _FAHRENHEIT.finditer(reading.text):
        yield round((float(f"{match[1]}.{match[2] or 0}") - 32) / 1.8, 2), match.span()
    for match in _HAN_TEMPERATURE.finditer(reading.text):
        tens = 40 if match[1].startswith("四") else 30
        ones = 0 if match[1].endswith("十") else _HAN[match[1][-1]]
        yield tens + ones + (0.5 if match[2] == "半" else _HAN.get(match[2] or "零", 0) / 10), match.span()


def durations_days(reading: Reading) -> Iterator[tuple[float, Span]]:
    """Stretches of time, in days."""
    for item in reading.quantities:
        if item.dimension == ("time",):
            yield item.high, (item.start, item.end)
    for match in _QUARTER.finditer(reading.text):
        yield 15 * _HAN[match[1]] * _MINUTE, match.span()
    for match in _SOME.finditer(reading.text):
        tens = int(match[1]) if match[1].isdigit() else 10 * _HAN.get(match[1][0], 1) if len(match[1]) > 1 else 10
        yield tens * {"分钟": _MINUTE, "小时": 60 * _MINUTE, "天": 1.0}[match[2]], match.span()
    for match in _WEEKS.finditer(reading.text):
        yield 14.0 if re.search(r"两|2|two", match.group()) else 7.0, match.span()


def half_days(reading: Reading) -> Iterator[Span]:
    """Stretches of time without a number that come to half a day or more."""
    for pattern in (_WHOLE_DAY, _SINCE):
        yield from (match.span() for match in pattern.finditer(reading.text))


def breath_rates(reading: Reading) -> Iterator[tuple[float, Span]]:
    """Breaths a minute."""
    text = reading.text
    for match in _COUNT.finditer(text):
        first, last = sentence_span(text, match.start())
        lead = text[first : match.start()]
        if _BREATH.search(text, first, last) and not _HEART.search(lead[-12:]):
            yield _count(match[1] or match[2] or match[3]), match.span()


def _count(word: str) -> float:
    if word.isdigit():
        return float(word)
    return 100.0 if word == "一百" else 10.0 * _HAN[word[0]] + (_HAN[word[2]] if len(word) > 2 else 0)


def without_urine(reading: Reading) -> Iterator[Span]:
    """Where the message says that no urine comes."""
    yield from (match.span() for match in _NO_URINE.finditer(reading.text))
