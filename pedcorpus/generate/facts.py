"""What a single sentence tells: an age of onset, a season, a rate, a diet. The rules are tables; English has fewer.

A rule names the question it answers (`key`), the aspect it belongs to, and under which aspects it is looked for
(`None` stands for text before the first aspect heading).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pedcorpus.tasks.medkqa import Aspect

__all__ = ["Fact", "find_fact", "subtype_of"]

_INTRO: frozenset[Aspect | None] = frozenset({None, "definition", "epidemiology", "cause"})
_CARE: frozenset[Aspect | None] = frozenset({"care", "prevention"})
_SIGNS: frozenset[Aspect | None] = frozenset({None, "definition", "manifestation", "diagnosis"})
_ACTION: frozenset[Aspect | None] = frozenset({"treatment", "care"})


@dataclass(frozen=True)
class Fact:
    """One rule: sentences that match `pattern` under one of `within` answer `key`."""

    key: str
    aspect: Aspect
    pattern: re.Pattern[str]
    within: frozenset[Aspect | None] = field(default_factory=frozenset)


def _fact(key: str, aspect: Aspect, pattern: str, within: frozenset[Aspect | None]) -> Fact:
    return Fact(key, aspect, re.compile(pattern, re.I), within)


_AGE = r"(?:\d+.{0,8}(?:岁|个月|月龄|周龄|日龄)|新生儿|早产儿|婴幼儿|婴儿|幼儿|学龄)"
_ZH = (
    _fact("differential", "differential", r"鉴别|相区别|区分开", frozenset({None, "manifestation", "diagnosis", "examination"})),
    _fact("incubation", "epidemiology", r"潜伏期", _INTRO | _SIGNS),
    _fact("vaccine", "prevention", r"疫苗|预防接种", _INTRO | _CARE),
    _fact("isolation", "prevention", r"隔离", _CARE | {"treatment", None}),
    _fact("transmission", "epidemiology", r"传播|传染源|飞沫|传染给|接触传染|传染性[强弱大]", _INTRO),
    _fact("season", "epidemiology", r"四季|[春夏秋冬]{1,2}[季之]|冬春|夏秋|秋冬|季节性", _INTRO),
    _fact("rate", "epidemiology", r"(?:患病率|发病率|发生率|罹患率)[^。]*[\d一二三四五六七八九十]\s*[%％‰/]", _INTRO),
    _fact("onset_age", "epidemiology", rf"(?:多见于|好发于|多发于|易发|易患|高发|常见于|发病年龄|首次发作|起病年龄|好发年龄|多发生|发病多|多见|多在|易感)[^。；]{{0,14}}{_AGE}"
          rf"|{_AGE}[^。；]{{0,12}}(?:多见|多发|好发|易感|易患|为常见|发病率[较最]?高|居多)", _INTRO),
    _fact("recurrence", "prognosis", r"复发|再发|再次发作", frozenset({None, "prognosis", "epidemiology"})),
    _fact("prognosis", "prognosis", r"预后|死亡率|病死率|自愈|后遗症|终身免疫|持久免疫|自行缓解|自限", _INTRO | _SIGNS | {"treatment", "complication"}),
    _fact("emergency", "treatment", r"立即(?!死)|急诊|急救|紧急|尽快(?:就医|送)|及时就医|立刻", _ACTION | {"prognosis", "manifestation"}),
    _fact("avoid", "treatment", r"禁用|禁忌|忌用|忌食|避免|不宜|慎用|切勿|切忌|不可(?!逆|避)|勿|不应|禁止", frozenset({"treatment"})),
    _fact("avoid", "care", r"禁用|禁忌|忌|避免|不宜|慎用|切勿|切忌|不可(?!逆|避)|勿|不应|禁止|防止", _CARE),
    _fact("care_diet", "care", r"饮食|喂养|母乳|喂奶|喂乳|进食|食物|忌食|营养|多饮|流质|哺乳|乳食", _CARE),
    _fact("care_watch", "care", r"观察|监测|注意.{0,12}变化|记录", _CARE),
    _fact("care_room", "care", r"居室|病室|病房|卧室|室内|室温|空气|通风|保暖|保温|衣着|衣被|衣服", _CARE),
    _fact("examination", "examination", r"应(?:当)?(?:行|做|查|作|进行|完善)[^。；]{0,16}(?:检查|穿刺|培养|超声|摄片|造影|测定|CT|MRI|脑电图)", frozenset({None, "treatment", "manifestation", "diagnosis"})),
    _fact("complication", "complication", r"并发|合并症|并发症|合并证", frozenset({None, "manifestation", "prognosis", "treatment", "definition"})),
    _fact("severity", "manifestation", r"轻[者型症证度]|重[者型症证度]|轻重|危重|逆证", _SIGNS),
    _fact("feature", "manifestation", r"以[^。]{2,60}为(?:其|主要|典型|基本|共同|显著|临床)*(?:特征|特点|主症|主证|表现)|(?:临床)?特[征点](?:是|为)", _SIGNS),
    _fact("course", "manifestation", r"(?:病程|持续|历时|全程)[^。；]{0,12}\d+[^。；]{0,6}(?:天|日|周|小时|分钟|个月|月)", _SIGNS | {"prognosis"}),
    _fact("cause", "cause", r"引起|所致|所引|导致|诱发|感受|感染", frozenset({None, "definition", "epidemiology"})),
)  # fmt: skip
_EN = (
    _fact("prognosis", "prognosis", r"\bprognosis|outcome|recover|self-limit|mortality", _INTRO | _SIGNS),
    _fact("epidemiology", "epidemiology", r"\bincidence|prevalence|most common(?:ly)? (?:in|at|between)|peak", _INTRO),
    _fact("cause", "cause", r"\bcaused by|due to|results from", frozenset({None, "definition"})),
    _fact("feature", "manifestation", r"\bcharacteri[sz]ed by|hallmark", _SIGNS),
    _fact("complication", "complication", r"\bcomplications?\b", frozenset({None, "manifestation", "prognosis"})),
)
_SUBTYPE = re.compile(
    r"^(?P<name>[^，。；：、的（(]{1,7}[型期])(?:发作|患儿|病例|者)?(?:多?呈|为|表现为|是指|指|的表现|常见|多见|可见|主要表现)"
)


def find_fact(sentence: str, aspect: Aspect | None, *, language: str) -> Fact | None:
    """The rule that `sentence`, standing under `aspect`, answers; the first in the table's order."""
    for fact in _ZH if language == "zh" else _EN:
        if aspect in fact.within and fact.pattern.search(sentence):
            return fact
    return None


def subtype_of(sentence: str) -> str:
    """`单纯型` where the sentence says what that type shows; else empty."""
    match = _SUBTYPE.match(sentence)
    return match["name"] if match and len(match["name"]) >= 3 else ""
