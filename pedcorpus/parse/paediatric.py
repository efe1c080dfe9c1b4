"""What an exchange is about: children's health, other medicine, general knowledge, or neither.

Words and weights are in `paediatric.toml`; the threshold is the workspace's.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from pedcorpus.parse.ages import AgeGroup, ages_in
from pedcorpus.records import Domain

__all__ = ["Labelled", "domain_of", "paediatric_score"]

_READ = 6000
"""Characters of each side that are read: who is ill is told at the beginning."""
_SHORTEST, _SHORT_TEXT = 4, 400
_GROUPS = ("child", "disease", "adult", "english")
_CAPITAL_FREE = re.IGNORECASE


class Labelled(NamedTuple):
    """What a text is about, and how paediatric its words are, from 0 to 1."""

    domain: Domain
    score: float


@dataclass(frozen=True)
class _Words:
    bias: float
    answer_weight: float
    answer_alone: float
    answer_against: float
    cap: float
    not_a_child: re.Pattern[str]
    groups: Mapping[str, tuple[tuple[float, re.Pattern[str]], ...]]
    departments: tuple[tuple[float, re.Pattern[str]], ...]
    ages: Mapping[AgeGroup, float]
    medical: re.Pattern[str]
    enough: int
    question_characters: int
    answer_characters: int


@cache
def _words() -> _Words:
    table: dict[str, Any] = tomllib.loads((files("pedcorpus.parse") / "paediatric.toml").read_text(encoding="utf-8"))
    medical = table["medical"]
    return _Words(
        bias=table["bias"],
        answer_weight=table["answer_weight"],
        answer_alone=table["answer_alone"],
        answer_against=table["answer_against"],
        cap=table["group_cap"],
        not_a_child=re.compile("|".join(table["not_a_child"])),
        groups={name: _weighted(table[name]) for name in _GROUPS},
        departments=_weighted(table["department"]),
        ages={AgeGroup(name): weight for name, weight in table["age"].items()},
        medical=re.compile("|".join(medical["words"]), _CAPITAL_FREE),
        enough=medical["enough"],
        question_characters=medical["question_characters"],
        answer_characters=medical["answer_characters"],
    )


def _weighted(table: Mapping[str, Sequence[str]]) -> tuple[tuple[float, re.Pattern[str]], ...]:
    """Longest words first, so that 小儿麻痹 is not counted as 小儿."""
    return tuple(
        (float(weight), re.compile("|".join(sorted(words, key=len, reverse=True)), _CAPITAL_FREE))
        for weight, words in table.items()
    )


def domain_of(
    *,
    asked: Sequence[str],
    answered: Sequence[str],
    department: str = "",
    is_about_itself: bool = False,
    is_consultation: bool = False,
    threshold: float = 0.5,
) -> Labelled:
    """What an exchange is about; `asked` are the words of the one who asks, `answered` of the one who answers."""
    question, answer = "\n".join(asked)[:_READ], "\n".join(answered)[:_READ]
    if is_about_itself or sum(map(len, (question, answer))) < _SHORTEST:
        return Labelled(Domain.OTHER, 0.0)
    score = round(paediatric_score(question, answer, department=department), 4)
    is_paediatric = score >= threshold
    if is_consultation or department or _is_medical(question, answer, names_child=is_paediatric):
        return Labelled(Domain.PAEDIATRIC if is_paediatric else Domain.GENERAL_MEDICAL, score)
    return Labelled(Domain.GENERAL, score)


def paediatric_score(question: str, answer: str = "", *, department: str = "") -> float:
    """How paediatric an exchange is, from 0 to 1: by department, ages, and words for children and their diseases."""
    words = _words()
    said, answered = _said(question), words.answer_weight * _said(answer)
    asked = said + _aged(question, names_child=said > 0)
    told = max(answered, words.answer_against) if asked > 0 else min(answered, words.answer_alone)
    total = words.bias + asked + told
    if department:
        total += next((weight for weight, pattern in words.departments if pattern.search(department)), 0.0)
    return 1 / (1 + math.exp(-max(min(total, 60.0), -60.0)))


def _said(text: str) -> float:
    """Sum of the weights of the words in `text`, each once, each group up to the cap."""
    words = _words()
    bare = words.not_a_child.sub("", text)
    return sum(max(-words.cap, min(words.cap, sum(_weights(bare, group)))) for group in words.groups.values())


def _weights(text: str, group: Sequence[tuple[float, re.Pattern[str]]]) -> Iterator[float]:
    """Weight of each word; of words with one weight, further ones count half and less."""
    for weight, pattern in group:
        found = set(pattern.findall(text))
        yield from (weight / 2**number for number in range(len(found)))


def _aged(text: str, *, names_child: bool) -> float:
    """The weight of the ages in `text`: a parent's beside a child's does not count, nor a childhood long past."""
    words, found = _words(), ages_in(text)
    young = [words.ages[group] for group in found if group is not AgeGroup.ADULT]
    if AgeGroup.ADULT in found and not (young and names_child):
        return words.ages[AgeGroup.ADULT]
    return max(young, default=0.0)


def _is_medical(question: str, answer: str, *, names_child: bool) -> bool:
    """Is an exchange about medicine? One word is enough for a short one that is about a child anyway."""
    words = _words()
    short = len(question) <= words.question_characters and words.medical.search(question)
    if short and (len(answer) <= words.answer_characters or words.medical.search(answer)):
        return True
    text = f"{question}\n{answer}"
    enough = 1 if names_child and len(text) <= _SHORT_TEXT else words.enough
    return len({word.casefold() for word in words.medical.findall(text)}) >= enough
