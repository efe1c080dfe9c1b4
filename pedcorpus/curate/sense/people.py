"""Whom a text speaks of: the child's sex, and stretches about somebody else."""

from __future__ import annotations

import re
from typing import Literal

from pedcorpus.curate.sense.places import Place
from pedcorpus.facts import plain
from pedcorpus.records import Instruction

__all__ = ["OTHERS", "Sex", "clause_start", "is_of_others", "sentence_span", "sex_of"]

Sex = Literal["male", "female"]
OTHERS = (
    r"(?:孕?妈妈?|母亲?|产妇|孕妇|乳母|爸爸?|父亲?|父母|家长|大人|成[人年]|奶奶|爷爷|外公|外婆|姥姥|姥爷|祖父|祖母|家族|哥哥|弟弟|姐姐|妹妹"
    r"|同学|老师|丈夫|老公|妻子|老婆|爱人|孕期|怀孕|妊娠|分娩|哺乳|产后|mother|father|maternal|adults?|brother|sister|parents?)"
)
_ASKER = r"我(?!家|儿|女|的?[孩宝娃]|们|的?小|想|该|要|带|给|发现|听)"
_OF_OTHERS = re.compile(rf"(?:{OTHERS}|{_ASKER})[^,;。!?\n]*$")
_CLAUSE_END = re.compile(r"[,;。!?\n]")
_SENTENCE_END = re.compile(r"[。!?\n]|\.(?=\s|$)")
_NEAR = 250
_BOY = re.compile(
    r"(?:男[孩婴童宝]|儿子|小男|男性?(?:患儿|婴儿|儿童)|(?:患儿|婴儿|新生儿|孩子|宝宝|早产儿)[,\s(]*男|^男(?=[,\s\d])|(?<=[,\s(])男(?=[,\s\d)])|\bboy|\bmale\b|\bson\b)"
)
_GIRL = re.compile(
    r"(?:女[孩婴童宝]|女儿|闺女|小女|女性?(?:患儿|婴儿|儿童)|(?:患儿|婴儿|新生儿|孩子|宝宝|早产儿)[,\s(]*女|^女(?=[,\s\d])|(?<=[,\s(])女(?=[,\s\d)])|\bgirl|\bfemale\b|\bdaughter\b)"
)


def sex_of(instruction: Instruction, places: list[Place]) -> Sex | None:
    """The child's sex as the record's fields or the asker's words tell it; `None` where both or neither is named."""
    patient = vars(instruction).get("patient")
    if patient is not None and patient.sex:
        sex: Sex = patient.sex
        return sex
    told = [plain(place.text) for place in places if place.is_told]
    boy, girl = (any(pattern.search(text) for text in told) for pattern in (_BOY, _GIRL))
    return None if boy == girl else "male" if boy else "female"


def sentence_span(text: str, position: int) -> tuple[int, int]:
    """The sentence of a plain text that `position` stands in, or what of it is near."""
    start, last = max(0, position - _NEAR), min(len(text), position + _NEAR)
    for match in _SENTENCE_END.finditer(text, start, position):
        start = match.end()
    after = _SENTENCE_END.search(text, position, last)
    return start, after.start() if after else last


def clause_start(text: str, position: int) -> int:
    """Where the clause of a plain text begins that `position` stands in."""
    start = max(0, position - 60)
    for match in _CLAUSE_END.finditer(text, start, position):
        start = match.end()
    return start


def is_of_others(text: str, position: int) -> bool:
    """Does the clause name somebody else before `position`?"""
    return _OF_OTHERS.search(text, clause_start(text, position), position) is not None
