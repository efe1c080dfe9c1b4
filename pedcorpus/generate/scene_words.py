"""The child in the words of a question: does what is said of it contradict the child that was planned?"""

from __future__ import annotations

import math
import re

from pedcorpus.records import Patient

__all__ = ["contradiction"]

_CHILD = r"(?:孩子|宝宝|宝贝|娃娃?|患儿|患者|儿子|女儿|孙子|孙女|外孙女?|小孩|男孩|女孩|男婴|女婴|男童|女童|我)"
_NUMBER = r"(?P<{0}>\d+(?:\.\d+)?)"
_AGES = (
    re.compile(
        rf"{_CHILD}(?:今年|现在|已经|才|刚刚?|，|,)*\s*{_NUMBER.format('n')}\s*(?P<u>岁|个月|月龄|天)(?!前|后|起|内|以)"
    ),
    re.compile(rf"{_NUMBER.format('n')}\s*(?P<u>岁|个月|月龄|天)大?的?(?:小|男|女)?{_CHILD}"),
    re.compile(rf"\b{_NUMBER.format('n')}[- ](?P<u>year|month|day)s?[- ]old\b", re.I),
)
_WEIGHT = re.compile(
    r"(?:体重|weigh(?:s|ing|t)?(?: is| of)?)\s*(?:是|为|约)?\s*(?P<n>\d+(?:\.\d+)?)\s*(?P<u>kg|公斤|千克|斤)", re.I
)
_MONTHS = {"岁": 12.0, "year": 12.0, "个月": 1.0, "月龄": 1.0, "month": 1.0, "天": 1 / 30.4375, "day": 1 / 30.4375}
_KG = {"kg": 1.0, "公斤": 1.0, "千克": 1.0, "斤": 0.5}
_SAME = 0.05


def contradiction(text: str, patient: Patient | None) -> str:
    """What `text` says of the child that was not planned so; empty where nothing does, or no child was planned."""
    if patient is None:
        return ""
    for pattern in _AGES:
        for match in pattern.finditer(text):
            months = float(match["n"]) * _MONTHS[match["u"].lower()]
            if not _is_planned(months, patient.age_months):
                return match.group()
    for match in _WEIGHT.finditer(text):
        if not _is_planned(float(match["n"]) * _KG[match["u"].lower()], patient.weight_kg):
            return match.group()
    return ""


def _is_planned(found: float, planned: float | None) -> bool:
    """Where nothing was planned, the source sets no bound that could be broken."""
    return planned is None or math.isclose(found, planned, rel_tol=_SAME)
