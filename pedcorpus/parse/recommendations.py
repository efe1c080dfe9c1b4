"""Graded recommendations of guidelines: which paragraph is one, its number, its grade and its strength, verbatim."""

from __future__ import annotations

import re

__all__ = ["announces_recommendation", "is_grade_line", "read_recommendation"]

_OPENING = re.compile(
    r"\s*[【〔\[]?\s*(?:推荐意见|推荐条款|推荐|建议|Recommendation)\s*(?P<number>\d{1,3}(?:[.．-]\d{1,3})*[a-z]?|[一二三四五六七八九十]{1,3})"
    r"\s*[】〕\]]?\s*[：:.．、]?\s*",
    re.IGNORECASE,
)
_UNNUMBERED = re.compile(r"\s*[【〔]\s*推荐意见\s*[】〕]\s*[：:]?\s*|\s*推荐意见\s*[：:]\s*")
_GRADE = re.compile(
    r"(?:证据|GRADE)\s*(?:质量|确定性)?(?:等级|级别|水平)?(?:为)?\s*[：:]?\s*"
    r"(?P<grade>[1-5][a-dA-D]?[+-]?|[A-D][1-3]?|[ⅠⅡⅢⅣ]+[a-c]?|I{1,3}V?|极低质量|低质量|中等质量|高质量|极低|中等|高|中|低)"
    r"(?:\s*级)?(?=[\s，,；;、）)】\]。]|$)|"
    r"(?P<english>(?:very low|low|moderate|high)[- ](?:quality|certainty)(?: of)? ?(?:evidence)?)",
    re.IGNORECASE,
)
_STRENGTH = re.compile(
    r"推荐\s*(?:强度|级别|等级|类别)(?:为)?\s*[：:]?\s*(?P<strength>[^，,；;、）)】\]。\s]{1,8})|"
    r"(?P<plain>有条件推荐|条件性推荐|强推荐|弱推荐|强烈推荐|不推荐|专家共识|最佳实践)(?=[\s，,；;、）)】\]。]|$)|"
    r"(?P<english>(?:strong|weak|conditional) recommendation)",
    re.IGNORECASE,
)
_COMBINED = re.compile(r"[（(](?:Grade\s*)?(?P<grade>[12]\s?[A-D])[）)]", re.IGNORECASE)
_GRADE_LINE = re.compile(
    r"\s*(?:[（(【\[][^（）()]{1,80}[）)】\]]|(?:证据|推荐)(?:质量|确定性|等级|级别|水平|强度|类别)[^。（）()]{1,60})\s*[。.]?\s*"
)
_HEADING = re.compile(
    r"\s*[【〔]?\s*(?:推荐意见|Recommendation)\s*(?P<number>[\d一二三四五六七八九十.]{0,6})\s*[】〕]?\s*[：:]?\s*", re.I
)


def announces_recommendation(heading: str) -> str | None:
    """The number of the recommendation whose heading this is, empty where it has none; none for other headings."""
    found = _HEADING.fullmatch(heading)
    return found["number"] if found else None


def is_grade_line(text: str) -> bool:
    """Is this a line of its own that grades the recommendation above it?"""
    return bool(_GRADE_LINE.fullmatch(text)) and bool(_graded(text))


def read_recommendation(text: str) -> dict[str, str] | None:
    """`number`, `grade` and `strength` of a recommendation, as far as the text gives them; none for other text."""
    opening = _OPENING.match(text) or _UNNUMBERED.match(text)
    if opening is None or not text[opening.end() :].strip():
        return None
    number = opening.groupdict().get("number")
    return ({"number": number} if number else {}) | _graded(text)


def _graded(text: str) -> dict[str, str]:
    graded: dict[str, str] = {}
    if grade := _last(_GRADE, text):
        graded["grade"] = grade
    elif combined := _last(_COMBINED, text):
        graded["grade"] = combined
    if strength := _last(_STRENGTH, text):
        graded["strength"] = strength
    return graded


def _last(pattern: re.Pattern[str], text: str) -> str | None:
    """The last match's group: grades stand at the end of a recommendation."""
    value = None
    for found in pattern.finditer(text):
        value = next(filter(None, found.groups()), None)
    return value
