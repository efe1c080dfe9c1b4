"""Graded recommendations of guidelines: which text is one, its number and statement, its grade, strength and polarity.

Cutting a guideline's paragraphs so that each recommendation stands alone is left to `guideline_blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pedcorpus.parse.grades import Grading, find_gradings
from pedcorpus.parse.numbering import read_marker
from pedcorpus.parse.polarity import has_advice, polarity_of

__all__ = [
    "announces_recommendation",
    "find_openings",
    "is_grade_line",
    "is_labelled",
    "is_recommendation",
    "read_recommendation",
]

_NUMBER = r"(?P<number>\d{1,3}(?:[.．-]\d{1,3})*[a-zA-Z]?(?![\dA-Za-z%％])|[一二三四五六七八九十]{1,3}(?![个种项般]))"
_NAMES_ZH = r"(?:推荐意见|推荐条款|推荐建议|推荐要点|共识意见|共识推荐|指南推荐)"
_VERBS_ZH = r"(?:推荐|建议|共识|意见|声明|陈述)"
_NAMES_EN = (
    r"(?:(?:Consensus\s|Key\sAction\s|Good\sPractice\s|Best\sPractice\s)?"
    r"(?:Recommendation|Statement|Advice|Suggestion)|KAS)"
)
_AFTER = r"(?=[】〕\]\s　：:、.．（(〔【]|对|在|应|建议|推荐|不)"
_AFTER_VERB = r"(?=[】〕\]：:　（(〔【]|[.．、](?!\d))"
"""What makes a label of 推荐3; 建议2 岁以下…… is a sentence."""
_LABEL = (
    rf"(?:(?:{_NAMES_ZH}|{_NAMES_EN})\s*{_NUMBER}{_AFTER}"
    rf"|{_VERBS_ZH}\s*{_NUMBER.replace('<number>', '<after_verb>')}{_AFTER_VERB})"
)
_OPENING = re.compile(rf"\s*[【〔\[［]?\s*{_LABEL}\s*[】〕\]］]?\s*[：:.．、]?\s*", re.IGNORECASE)
_UNNUMBERED = re.compile(
    r"\s*[【〔\[［]\s*(?:推荐意见|推荐|共识意见|建议)\s*[】〕\]］]\s*[：:]?\s*|\s*(?:推荐意见|共识意见|Recommendation)\s*[：:]\s*"
)
_HEADING = re.compile(
    rf"\s*[【〔\[［]?\s*(?:{_NAMES_EN}|推荐意见|推荐条款|共识意见|推荐)\s*(?P<number>[\d一二三四五六七八九十.．-]{{0,6}}[a-z]?)\s*[】〕\]］]?\s*[：:]?\s*",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"(?<=[。；;！？!?.）)】〕\]\n])\s*"
    rf"(?=[【〔\[［]?\s*{_LABEL}\s*(?:[】〕\]］：:　（(]|[.．、]\s?\S|\s\S))",
    re.IGNORECASE,
)
_TRIM = " \t\n　，,；;。.、：:"
_SHORTEST = 2
"""Characters from which words before a grading are a statement of their own."""
_LONGEST_GRADE_LINE = 120


def announces_recommendation(heading: str) -> str | None:
    """The number of the recommendation whose heading this is, empty where it has none; none for other headings."""
    gradings = find_gradings(heading)
    bare = heading[: gradings[0].start] if gradings else heading
    found = _HEADING.fullmatch(bare)
    return found["number"] if found else None


def find_openings(text: str) -> list[int]:
    """Where recommendations begin inside `text`, the one that it may open with not counted."""
    return [found.end() for found in _INNER.finditer(text) if found.end() > 0]


def is_grade_line(text: str) -> bool:
    """Is this a line of its own that grades the recommendation above it?"""
    if len(text) > _LONGEST_GRADE_LINE:
        return False
    gradings = find_gradings(text)
    outside = text
    for grading in reversed(gradings):
        outside = outside[: grading.start] + outside[grading.end :]
    return bool(gradings) and len(outside.strip(_TRIM)) <= 1


def is_recommendation(text: str) -> bool:
    """Does `text` open as a recommendation, or advise something and give it a grade?"""
    return bool(_opening(text)) or (has_advice(text) and bool(find_gradings(text)))


def is_labelled(text: str) -> bool:
    """Does `text` open with the label of a recommendation, as 推荐意见3：?"""
    return _opening(text) is not None


def _opening(text: str) -> re.Match[str] | None:
    opening = _OPENING.match(text) or _UNNUMBERED.match(text)
    return opening if opening and text[opening.end() :].strip(_TRIM) else None


@dataclass(frozen=True)
class _Part:
    """Some words and the grading that follows them (or, at the very beginning, goes before them)."""

    statement: str
    grading: Grading | None


def read_recommendation(text: str) -> dict[str, str] | None:
    """What a recommendation says of itself, verbatim, as far as the text gives it; none for other text.

    `number`, `statement`, `grade`, `strength`, `agreement` and `polarity` (`for`, `against`, `conditional`, `mixed`).
    One with several gradings has `part_1`, `grade_1`, `strength_1`, `polarity_1`, `part_2` … and no grade of the whole.
    """
    opening = _opening(text)
    gradings = find_gradings(text)
    if opening is None and not (gradings and has_advice(text)):
        return None
    start = opening.end() if opening else _marker_length(text)
    parts = _parts(text, start, [one for one in gradings if one.start >= start - 1])
    number = next(filter(None, opening.groups()), None) if opening else None
    return ({"number": number} if number else {}) | _attributes(text[start:].strip(_TRIM), parts)


def _marker_length(text: str) -> int:
    marker = read_marker(text)
    return marker.length if marker else 0


def _parts(text: str, start: int, gradings: Sequence[Grading]) -> list[_Part]:
    parts: list[_Part] = []
    last = start
    leading: Grading | None = None
    for grading in gradings:
        words = text[last : grading.start].strip(_TRIM)
        if len(words) >= _SHORTEST:
            parts.append(_Part(words, leading or grading))
            leading = grading if leading else None
        elif parts and parts[-1].grading:
            parts[-1] = _Part(parts[-1].statement, parts[-1].grading.joined(grading))
        else:
            leading = leading.joined(grading) if leading else grading
        last = grading.end
    rest = text[last:].strip(_TRIM)
    if leading and len(rest) >= _SHORTEST:
        parts.append(_Part(rest, leading))
    return parts or [_Part(rest, leading)]


def _attributes(whole: str, parts: Sequence[_Part]) -> dict[str, str]:
    if len(parts) == 1:
        return {"statement": parts[0].statement, **_graded(parts[0])}
    found = {"statement": whole}
    for number, part in enumerate(parts, 1):
        found[f"part_{number}"] = part.statement
        found |= {f"{name}_{number}": value for name, value in _graded(part).items()}
    polarities = {found[f"polarity_{number}"] for number in range(1, len(parts) + 1)}
    return found | {"polarity": polarities.pop() if len(polarities) == 1 else "mixed"}


def _graded(part: _Part) -> dict[str, str]:
    grading = part.grading or Grading(0, 0)
    values = {"grade": grading.grade, "strength": grading.strength, "agreement": grading.agreement}
    kept = {name: value for name, value in values.items() if value}
    return kept | {"polarity": polarity_of(part.statement, grading.strength)}
