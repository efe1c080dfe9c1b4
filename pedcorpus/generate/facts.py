"""What a single sentence tells: an age of onset, a season, a rate, a diet; a type, or a condition for a treatment.

The rules are the table `facts.toml`, which a paediatrician can edit; English has fewer of them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from pedcorpus.tasks.medkqa import Aspect

__all__ = ["Fact", "condition_of", "find_fact", "speaks_of_another", "subtype_of"]


@dataclass(frozen=True)
class Fact:
    """One rule: sentences that match `pattern` under one of `within` answer `key`."""

    key: str
    aspect: Aspect
    pattern: re.Pattern[str]
    within: frozenset[Aspect | None] = field(default_factory=frozenset)


_CONDITION = re.compile(
    r"^(?P<told>[^，。；：]{2,24}?)(?:者|的患儿|患儿|时)(?:，|应|可|用|给|立即|首选|加用|静脉|口服|须|需|宜|先|住院|在)"
)
_NOT_TOLD = re.compile(
    r"^(?:若|如|对|凡|对于|一般|所有|多数|推荐|部分|其余|术前|\d+[.、])|岁|个月|年满|以上|以下|月龄|新生儿|住院|门诊|普通|轻症|重症|患者|无效|考虑|疑为|不能确定"
)


@cache
def _rules(language: str) -> tuple[Fact, ...]:
    table = tomllib.loads(files("pedcorpus.generate").joinpath("facts.toml").read_text(encoding="utf-8"))
    return tuple(
        Fact(
            key=rule["key"],
            aspect=rule["aspect"],
            pattern=re.compile("|".join(rule["any"]), re.I),
            within=frozenset(None if name == "intro" else name for name in rule["under"]),
        )
        for rule in table[language]
    )


_SUBJECT = re.compile(
    r"^(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,12}?(?:炎|(?<![发患起致得疾本该此])病|综合征|惊厥|疹))(?:由|是|多|的|常|没有|可|以|有|无)"
)
_SUBTYPE = re.compile(
    r"^(?:\d{1,2}[.．、]|（\d{1,2}）|[①-⑳●])?\s*(?P<name>[^，。；：、的（(\d]{1,6}型)[\u4e00-\u9fff]{0,8}?"
    r"(?:多?呈|为|表现为|是指|指|的表现|常见|多见|可见|主要表现|约占|具有|骤起|起病|突起|病情)"
)


def condition_of(sentence: str) -> str:
    """发作超过5分钟 where the sentence says what to do for a child in that state; else empty."""
    match = _CONDITION.match(re.sub(r"^(?:\d{1,2}[.．、]|（\d）|[-•])?\s*(?:患儿)?因?", "", sentence))
    return match["told"] if match and not _NOT_TOLD.search(match["told"]) else ""


def speaks_of_another(sentence: str, disease: str) -> bool:
    """Is the subject of `sentence` a disease other than the section's own?"""
    match = _SUBJECT.match(sentence)
    return match is not None and disease not in sentence and match["name"] not in disease


def find_fact(sentence: str, aspect: Aspect | None, *, language: str) -> Fact | None:
    """The rule that `sentence`, standing under `aspect`, answers; the first in the table's order."""
    for fact in _rules(language):
        if aspect in fact.within and fact.pattern.search(sentence):
            return fact
    return None


def subtype_of(sentence: str) -> str:
    """`单纯型` where the sentence says what that type shows; else empty."""
    match = _SUBTYPE.match(sentence)
    return match["name"] if match and len(match["name"]) >= 3 else ""
