"""Weights and heights that a text states for somebody; changes, bounds, ranges and amounts per kilogram are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

__all__ = ["HINT", "Kind", "Measure", "find_measures"]

Kind = Literal["weight", "height"]
HINT = re.compile(r"体重|身[高长]|个[子头]|[kKｋＫ][gGｇＧ]|[公市]?斤|千克|[wW]eigh|[hH]eight|tall")
"""Stands in every text that holds a measure."""
_N = r"(?<![\d.~\-])\d{1,4}(?:\.\d{1,3})?"
_GAP = r"[^,;。!?\n\d]{0,8}?"
_NOT_A_VALUE = r"(?!\s*(?:[~\-/·*×]|至|到|及?以[上下内]|[或及]以[上下]|者|体重|每))"
_WEIGHT = re.compile(
    rf"(?P<lead>(?:出生|生后)?(?:时|的)?体重|(?:生下来|出生时?|刚生)(?:{_GAP})|(?<=[孩子宝贝儿娃她他女男岁天月,\s])重(?![量要点复新度症])|\bweigh(?:s|ing|ed|t)?\b|[,\s、(](?:现在|目前|才|只有?|仅|有|大概|大约|约|快|净重|差不多){{0,3}}(?=\d))(?P<gap>{_GAP})(?P<n>{_N})\s*"
    rf"(?P<u>kg|公斤|千克|市?斤(?:(?P<liang>\d|半)两?)?|g\b|克|lbs?\b|磅|pounds?){_NOT_A_VALUE}"
)
_HEIGHT = re.compile(
    rf"(?P<lead>身高|身长|个[子头]|\bheight\b|\btall\b)(?P<gap>{_GAP})(?P<n>{_N})\s*(?P<u>cm|厘米|公分|米(?P<cm>\d{{1,2}})?(?!\d)|m\b){_NOT_A_VALUE}"
)
_NAMED = re.compile(r"重|生|weigh")
_NO_VALUE = re.compile(
    r"增|减|降|轻了|长了|涨|掉|瘦|升|差|[<>≥≤]|超过|大于|小于|低于|不足|不满|未?达到?|[至最][少多]|按|每|百分|gain|lost|loss|per|over|under|than|下降|正常"
)
_PER = re.compile(r"(?:每|按|/)\s*$")
_BIRTH = re.compile(r"出生|生下来|刚生|生后体重|birth|born")
_KILOGRAMS = {"kg": 1.0, "公斤": 1.0, "千克": 1.0, "g": 0.001, "克": 0.001, "磅": 0.45359237}
_CENTIMETRES = {"cm": 1.0, "厘米": 1.0, "公分": 1.0, "m": 100.0}


class Measure(NamedTuple):
    """One weight in kilograms or height in centimetres at `start:end` of a plain text."""

    start: int
    end: int
    kind: Kind
    value: float
    is_at_birth: bool


def find_measures(text: str) -> Iterator[Measure]:
    """Every weight and height of a plain text that is one person's, in order within each kind."""
    for match in _WEIGHT.finditer(text):
        if _is_stated(match, text) and not (_is_bare(match) and match["u"] in ("g", "克")):
            yield _measure(match, "weight", _kilograms(match), text)
    for match in _HEIGHT.finditer(text):
        if _is_stated(match, text):
            yield _measure(match, "height", _centimetres(match), text)


def _is_bare(match: re.Match[str]) -> bool:
    return not _NAMED.search(match["lead"])


def _is_stated(match: re.Match[str], text: str) -> bool:
    start = match.start()
    return not (
        _NO_VALUE.search(match["gap"]) or _PER.search(text, max(0, start - 3), start) or match["n"].startswith("0000")
    )


def _measure(match: re.Match[str], kind: Kind, value: float, text: str) -> Measure:
    start = match.start() + len(match["lead"]) - len(match["lead"].lstrip(" ,、(\n"))
    lead = text[max(0, match.start() - 6) : match.start("n")]
    return Measure(start, match.end(), kind, value, bool(_BIRTH.search(lead)))


def _kilograms(match: re.Match[str]) -> float:
    number, unit = float(match["n"]), match["u"]
    if "斤" in unit and unit not in _KILOGRAMS:
        liang = match["liang"]
        return (number + (0.5 if liang == "半" else float(liang) / 10 if liang else 0.0)) / 2
    return number * _KILOGRAMS.get(unit, 0.45359237)


def _centimetres(match: re.Match[str]) -> float:
    number, unit = float(match["n"]), match["u"]
    if unit.startswith("米"):
        more = match["cm"]
        return number * 100 + (0.0 if not more else float(more) * (10 if len(more) == 1 else 1))
    return number * _CENTIMETRES[unit]
