"""Drugs given to a child too young for them, or beside what they may not meet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pedcorpus.curate.dosing.bounds import Child
from pedcorpus.curate.dosing.judge import Problem
from pedcorpus.curate.formulary import AgeRule, AvoidRule, Drug
from pedcorpus.records import Severity

__all__ = ["Given", "company_problems"]

_NEWBORN = re.compile(r"新生儿|早产儿|newborn|neonat|preterm|premature")
_ANY_CHILD_MONTHS = 144.0
"""A limit this high holds for a child whose age is not told."""
_DENIED = re.compile(r"(?:无|未见?|没有|否认|不是|非|排除|除外|no|not|without|denies)[^,;。]{0,5}$")


@dataclass(frozen=True)
class Given:
    """A drug that the record gives to its child."""

    drug: Drug
    span: tuple[int, int] | None
    routes: frozenset[str]
    words: str
    """What is said around it, in lower case."""
    age_months: float | None = None
    """Age that the text gives it for, at the most."""


def company_problems(given: Given, others: Sequence[Given], child: Child, told: str) -> Iterator[Problem]:
    """Problems of `given`; `told` is what the record says of the child and its illness, in lower case."""
    age = given.age_months if given.age_months is not None else child.age_months
    if (rule := _too_young(given.drug.ages, age)) is not None:
        yield Problem("under_age", _severity(rule.review), f"{rule.reason} ({age:.4g} months)", rule.sources)
    for avoid in given.drug.avoid:
        if _holds_at(avoid, age, f"{told} {given.words}") and (met := _met(avoid, given, others, told)):
            yield Problem("contraindicated", _severity(avoid.review), f"{avoid.reason} (here: {met})", avoid.sources)


def _too_young(rules: Sequence[AgeRule], age: float | None) -> AgeRule | None:
    """The strictest rule that this age breaks: an error before what is for review."""
    broken = [rule for rule in rules if age is not None and age < rule.min_months]
    return min(broken, key=lambda rule: (rule.review, rule.min_months), default=None)


def _severity(is_for_review: bool) -> Severity:
    return Severity.WARNING if is_for_review else Severity.ERROR


def _holds_at(rule: AvoidRule, age: float | None, words: str) -> bool:
    if rule.below_months is None:
        return True
    if age is not None:
        return age < rule.below_months
    return rule.below_months >= _ANY_CHILD_MONTHS or bool(_NEWBORN.search(words))


def _met(rule: AvoidRule, given: Given, others: Sequence[Given], told: str) -> str:
    """What of the rule the record meets, in words; empty where nothing."""
    words = f"{told}\n{given.words}"
    if any(_stands(word, words) for word in rule.unless):
        return ""
    for word in rule.conditions:
        if _stands(word, words):
            return word
    beside = {name for other in others if other.drug is not given.drug for name in _names(other.drug)}
    for name in rule.drugs:
        if name.lower() in beside or (_stands(name, given.words) and name not in _names(given.drug)):
            return name
    return next((route for route in sorted(given.routes) if route in rule.routes), "")


def _names(drug: Drug) -> tuple[str, ...]:
    return tuple(name.lower() for name in (drug.zh, drug.en, *drug.aliases))


def _stands(word: str, text: str) -> bool:
    return any(
        not _DENIED.search(text, max(0, match.start() - 12), match.start()) for match in _word(word).finditer(text)
    )


@cache
def _word(word: str) -> re.Pattern[str]:
    lowered = word.lower()
    return re.compile(rf"\b{re.escape(lowered)}" if lowered.isascii() else re.escape(lowered))
