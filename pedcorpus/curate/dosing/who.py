"""The child that a record is about: age and weight, from its fields or from what the asker says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.curate.dosing.bounds import Child
from pedcorpus.facts import Quantity, Reading, plain, read
from pedcorpus.facts.numerals import numeral_value
from pedcorpus.records import Instruction

__all__ = ["DAYS_A_MONTH", "child_of", "upper_age_months"]

DAYS_A_MONTH = 365.25 / 12
_JIN = re.compile(r"(\d+(?:\.\d+)?)\s*斤")
_ENGLISH_AGE = re.compile(
    r"(\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten)[- ](day|week|month|year)s?[- ]old"
)
_IN_MONTHS = {"day": 1 / DAYS_A_MONTH, "week": 7 / DAYS_A_MONTH, "month": 1.0, "year": 12.0}
_KILOGRAM = 1e6
_NEWBORN = re.compile(r"新生儿|早产儿|newborn|neonat|preterm|premature")
_CHILD = re.compile(
    r"(?:^|[,;。!?\n]|(?:孩子|宝宝|小孩|儿子|女儿|娃|宝贝|患儿|[男女]孩|婴儿|年龄|我家|刚满?|才|已经|一个|baby|son|daughter|child|boy|girl|is))\s*$"
)
_WHOSE = re.compile(r"(?:妈妈|母亲|爸爸|大人|成人|哥哥|姐姐|mother|father|adult|brother|sister)[^,;。]{0,6}$")


def child_of(instruction: Instruction, told: str) -> Child:
    """The child of `instruction`; `told` is everything that its asker says."""
    patient = vars(instruction).get("patient")
    if patient is not None:
        return Child(patient.age_months, patient.weight_kg)
    if not told:
        return Child()
    reading = read(told)
    ages = {upper_age_months(item) for item in reading.quantities if _is_own(reading, item)}
    ages |= set(_english_ages(reading.text))
    weights = {item.high / _KILOGRAM for item in reading.quantities if is_weight(item)}
    weights |= {float(match[1]) / 2 for match in _JIN.finditer(reading.text)}
    age = ages.pop() if len(ages) == 1 else None
    if age is None and not ages and _NEWBORN.search(plain(told)):
        age = 0.9
    return Child(age, weights.pop() if len(weights) == 1 else None)


def _english_ages(text: str) -> Iterator[float]:
    for match in _ENGLISH_AGE.finditer(text):
        yield numeral_value(match[1]) * _IN_MONTHS[match[2]]


def is_weight(quantity: Quantity) -> bool:
    """A body weight: a mass of a kilogram or more."""
    return quantity.dimension == ("mass",) and quantity.low >= _KILOGRAM


def upper_age_months(age: Quantity) -> float | None:
    """The oldest that `age` takes in; `None` where it has no end."""
    return None if age.bound in ("above", "after") else age.high / DAYS_A_MONTH


def _is_own(reading: Reading, age: Quantity) -> bool:
    if not age.is_age and not (age.is_calendar and not age.per and _CHILD.search(reading.text, 0, age.start)):
        return False
    return not age.bound and not _WHOSE.search(reading.text, max(0, age.start - 12), age.start)
