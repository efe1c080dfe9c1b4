"""What one answer says and another denies: 推荐 and 不推荐, 可以 and 不可以, recommended and not recommended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.facts import Assertion, Reading

__all__ = ["clashing_assertions", "opposite_stances"]

Span = tuple[int, int]

_ADVICE = frozenset(
    {
        *(
            "推荐",
            "建议",
            "可以",
            "使用",
            "应用",
            "采用",
            "给予",
            "选用",
            "可用",
            "常规",
            "需要",
            "应该",
            "治疗",
            "用于",
        ),
        *("宜用", "进行", "予以", "荐使", "议使", "以使", "规使", "荐常", "recommended", "recommend", "use", "used"),
        *("should", "given", "give", "routinely", "routine", "may", "can"),
    }
)
"""Words of advice: they are alike whatever is advised."""
_SAME = 0.5
_SCOPE = 0.7
_HEDGE = re.compile(r"除非|若无|如无|无[^,。]{0,8}者|未[^,。]{0,8}者|不[^,。]{0,8}者|仅|只有|unless|only|except|if ")
"""A condition may turn what follows it round."""
_SOFT = re.compile(r"防止|避免|谨防|少[吃食喝用饮服]|减少|忌|慎|限制|戒|尽量|avoid|limit|caution|less")
"""It denies by halves, or in other words."""
_STANCE = re.compile(
    r"\s*(?:答[::])?(?:一般|通常|原则上|目前|多数情况下)?(?:来说)?[,]?"
    r"(?:(?P<no>不(?:可以|能|建议|推荐|宜|应该?|需要?|必|用|会|是|行)|无需|无须|禁用|禁止|没有|否|no\b|not\b)"
    r"|(?P<yes>可以|能够?|建议|推荐|宜|应该?|需要?|必须|会|是的?|有|行|yes\b))"
    r"(?=的?\s*(?:[,.。!;、:：]|$))"
)
_STEMS: dict[str, tuple[str, ...]] = {
    "may": ("不可以", "不能", "禁用", "禁止", "不行", "可以", "能", "能够", "行"),
    "should": (
        *("不建议", "不推荐", "不宜", "不应", "不应该", "不需", "不需要", "不必", "不用", "无需", "无须"),
        *("建议", "推荐", "宜", "应", "应该", "需", "需要", "必须"),
    ),
    "will": ("不会", "会"),
    "has": ("没有", "有"),
    "is": ("不是", "否", "no", "not", "是", "是的", "yes"),
}
_STEM_OF = {word: stem for stem, words in _STEMS.items() for word in words}


def clashing_assertions(first: Reading, second: Reading) -> Iterator[tuple[Span, Span]]:
    """Each stretch that one answer asserts and the other denies, where neither says both."""
    for one in first.assertions:
        for other in second.assertions:
            if one.is_denied != other.is_denied and _clash(first, one, second, other):
                yield _span(one), _span(other)


def _clash(first: Reading, one: Assertion, second: Reading, other: Assertion) -> bool:
    if one.agrees(other) or _HEDGE.search(first.text, one.start, one.end):
        return False
    if _HEDGE.search(second.text, other.start, other.end):
        return False
    denied, said = (one, other) if one.is_denied else (other, one)
    if len(denied.denials) != 1 or _SOFT.search((second if said is other else first).text, said.start, said.end):
        return False
    scope, words = denied.scope - _ADVICE, said.terms - _ADVICE
    if not scope or len(scope & words) < _SCOPE * len(scope) or not _mostly(denied.terms - _ADVICE, words):
        return False
    mine, theirs = first.owners(one.start, "disease"), second.owners(other.start, "disease")
    if mine and theirs and not mine & theirs:
        return False
    return not _says_too(first, one, other) and not _says_too(second, other, one)


def _says_too(reading: Reading, said: Assertion, other: Assertion) -> bool:
    """Does `reading` elsewhere agree with `other` on the same?"""
    return any(
        item.start != said.start and item.agrees(other) and _mostly(item.terms - _ADVICE, other.terms - _ADVICE)
        for item in reading.assertions
    )


def _mostly(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine & theirs) and len(mine & theirs) >= _SAME * len(mine | theirs)


def _span(assertion: Assertion) -> Span:
    return assertion.start, assertion.end


def opposite_stances(first: Reading, second: Reading) -> tuple[Span, Span] | None:
    """The words with which two answers to one question open, where one is yes and the other no: 可以, 不能."""
    one, other = _STANCE.match(first.text), _STANCE.match(second.text)
    if not one or not other or bool(one["no"]) == bool(other["no"]):
        return None
    if _STEM_OF[one["no"] or one["yes"]] != _STEM_OF[other["no"] or other["yes"]]:
        return None
    return one.span("no" if one["no"] else "yes"), other.span("no" if other["no"] else "yes")
