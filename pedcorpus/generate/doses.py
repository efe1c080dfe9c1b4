"""Reads doses as textbooks print them: drug, range, unit, per kilogram or not, route, frequency, ceiling.

Careful rather than complete: where the drug does not stand directly before its dose, or the dose hangs on a weight
band or is a total, nothing is read. Every text is verbatim; the numbers are those texts read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pedcorpus.generate.drugs import trim_to_drug
from pedcorpus.tasks.trerecom import DoseBasis

__all__ = ["Dose", "find_doses"]

_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = r"(?:万\s*(?:IU|U|单位)|mg|μg|µg|ug|mcg|ml|mL|mmol|IU|U|g|毫克|微克|毫升|克|单位|滴)"
_PER = (
    r"(?:\s*/\s*[（(]?\s*(?:kg|公斤|千克)\s*(?:[·.．・*/]\s*(?:d|日|天|次|dose|day))?\s*[)）]?"
    r"|\s*/\s*(?:d|日|天|次|day|dose)\b)"
)
_KG = r"(?:每(?:公斤|千克)(?:体重)?)"
_DOSE = re.compile(
    rf"(?P<lead>(?:每日|每天|每次|一日|一次)?{_KG}?(?:每日|每天|每次)?)\s*(?P<dose>(?P<low>{_NUMBER})\s*(?:[～~〜–—至-]\s*(?P<high>{_NUMBER})\s*)?"
    rf"(?P<unit>{_UNIT})(?P<per>{_PER})?)(?![A-Za-z/%％])"
)
_CEILING = re.compile(
    rf"(?:(?:单次|每次|每日|一次|每天|单剂|日)?(?:最大剂量|最大量|极量|最大)(?:[为是]|不超过)?|(?:单次|每次|每日|一次|每天)?(?:剂量)?(?:不得?超过|不宜超过|不多于))"
    rf"\s*(?P<value>{_NUMBER})\s*(?P<unit>{_UNIT})"
    rf"|\(?max(?:imum)?\.?\s*(?:single dose\s*)?(?P<value_en>{_NUMBER})\s*(?P<unit_en>{_UNIT})\)?"
)
_ROUTE = re.compile(
    r"口服或肌内注射|口服或静脉滴注|缓慢静脉注射|静脉缓慢注射|缓慢静注|快速静脉滴注|快速静脉输注|快速静脉注射|静脉滴注|静脉注射|静脉推注|静脉输注|静滴|静注"
    r"|肌内注射|肌肉注射|肌注|皮下注射|皮内注射|雾化吸入|吸入|直肠给药|直肠注入|保留灌肠|灌肠|鼻饲|舌下含服|舌下|分次口服|口服|外用|滴鼻|滴眼|含漱|顿服"
    r"|\b(?:orally|by mouth|intravenously|IV|intramuscularly|IM|rectally|by nebuli[sz]er|subcutaneously)\b"
)
_FREQUENCY = re.compile(
    r"每(?:日|天)\s*\d+(?:\s*[～~〜至-]\s*\d+)?\s*次|每\s*\d+(?:\s*[～~〜至-]\s*\d+)?\s*小时(?:\s*(?:[1一]\s*次|可重复(?:[1一]次)?))?|每晚\s*[1一]?\s*次?|隔日\s*[1一]\s*次"
    r"|[仅只]用\s*[1一]\s*次|\d+\s*次/[日天d]|[一1]日\s*\d\s*次|每周\s*\d\s*次|(?:均?分)\s*\d(?:\s*[～~〜至-]\s*\d)?\s*次|q\d+h|\b(?:bid|tid|qid|qd)\b"
    r"|\b(?:once|twice|three times) daily\b|\bevery \d+(?:\s*[-–to]+\s*\d+)? hours\b"
)
_NOT_A_DOSE = re.compile(
    r"(?:最大剂量|最大量|极量|最大|不得?超过|不宜超过|不多于|总量|共|余下|剩余|累计|体重|者|以[上下]|岁|月|低于|高于|超过|达到|max(?:imum)?\.?)[为是约按]?\s*(?:每次|每日|每天)?\s*$"
)


@dataclass(frozen=True)
class Dose:
    """One dose as read, with the place of its name and of its end in the text."""

    name: str
    start: int
    end: int
    dose_text: str
    low: float
    high: float
    unit: str
    basis: DoseBasis
    route: str = ""
    frequency: str = ""
    maximum_text: str = ""
    maximum: float | None = None
    """The ceiling in `unit`; none where there is none, or where it is in another unit."""


def find_doses(text: str) -> Iterator[Dose]:
    """Doses in `text`, a sentence or two, in order."""
    matches = [match for match in _DOSE.finditer(text) if not _NOT_A_DOSE.search(text[: match.start()])]
    named = [(match, name) for match in matches if (name := _name_before(text, match.start()))]
    for index, (match, name) in enumerate(named):
        end = named[index + 1][0].start() if index + 1 < len(named) else len(text)
        stop = re.search(r"[；;。]", text[match.end() : end])
        tail_end = match.end() + stop.start() if stop else end
        yield _read(text, match, name, tail_end)


def _name_before(text: str, position: int) -> str:
    """The drug directly before `position`, or before a comma there."""
    left = text[:position].rstrip(" 　")
    clause = re.split(r"[，。；：:;!？（(]|,\s", left)[-1]
    if not clause.strip():
        clause = re.split(r"[，。；：:;（(]|,\s", left.rstrip("，,：: "))[-1]
    return trim_to_drug(clause)


def _read(text: str, match: re.Match[str], name: str, tail_end: int) -> Dose:
    tail = text[match.end() : tail_end]
    start = text.rindex(name, 0, match.start())
    before = text[max(0, start - 12) : start]
    unit = _plain_unit(match["unit"])
    low = float(match["low"])
    route = _ROUTE.search(tail) or _last(_ROUTE, before)
    frequency = _FREQUENCY.search(tail)
    ceiling = _CEILING.search(tail)
    return Dose(
        name=name,
        start=start,
        end=tail_end,
        dose_text=(match["lead"] + match["dose"]).strip() if match["lead"] else match["dose"],
        low=low,
        high=float(match["high"]) if match["high"] else low,
        unit=unit,
        basis=_basis(match),
        route=route.group() if route else "",
        frequency=frequency.group() if frequency else "",
        maximum_text=ceiling.group() if ceiling else "",
        maximum=_ceiling_value(ceiling, unit),
    )


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return found[-1] if found else None


def _plain_unit(unit: str) -> str:
    bare = re.sub(r"\s", "", unit)
    return {"µg": "μg", "ug": "μg", "mcg": "μg", "mL": "ml", "毫克": "mg", "克": "g", "毫升": "ml", "微克": "μg"}.get(
        bare, bare
    )


def _basis(match: re.Match[str]) -> DoseBasis:
    lead, per = match["lead"] or "", match["per"] or ""
    per_kg = bool(re.search(r"kg|公斤|千克", lead + per))
    per_day = bool(re.search(r"每日|每天|一日", lead) or re.search(r"(?:[·.．・*/]|^\s*/)\s*(?:d|日|天|day)\b", per))
    if per_kg:
        return "per_kg_per_day" if per_day else "per_kg_per_dose"
    return "per_day" if per_day else "per_dose"


_IN_MG = {"μg": 0.001, "mg": 1.0, "g": 1000.0}


def _ceiling_value(ceiling: re.Match[str] | None, unit: str) -> float | None:
    if ceiling is None:
        return None
    value = float(ceiling["value"] or ceiling["value_en"])
    found = _plain_unit(ceiling["unit"] or ceiling["unit_en"])
    if found == unit:
        return value
    if found in _IN_MG and unit in _IN_MG:
        return value * _IN_MG[found] / _IN_MG[unit]
    return None
