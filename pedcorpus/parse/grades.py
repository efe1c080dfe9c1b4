"""Gradings in a guideline's text: where one stands, and the grade, strength and agreement that it gives, verbatim.

Whether the text is a recommendation, and which part of it a grading belongs to, is told by `recommendations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pedcorpus.parse.grade_words import CODE, FIELDS, FILLER, LABEL_WORD, LABELLED, LABELS_ALONE, LETTER, STRENGTH

__all__ = ["Grading", "find_gradings"]

_BRACKET = re.compile(
    r"[（(【\[〔［](?P<inside>(?:[^（）()【】\[\]〔〕［］]|[（(][^（）()]{0,24}[）)]){1,120})[）)】\]〕］]"
)
_GAP = re.compile(r"[\s，,；;、。./]{0,3}")
_SQUEEZE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+|\s+(?=[\u3000-\u9fff\uff00-\uffef])")
_TAIL = 12
"""Characters of other words that a bracket with labels may hold, as 制定者投票 does."""


@dataclass(frozen=True)
class Grading:
    """One grading as it stands in the text; what it does not give is empty."""

    start: int
    end: int
    grade: str = ""
    strength: str = ""
    agreement: str = ""

    def joined(self, other: Grading) -> Grading:
        """This grading and the one that follows it at once, as one."""
        return Grading(
            self.start,
            other.end,
            self.grade or other.grade,
            self.strength or other.strength,
            self.agreement or other.agreement,
        )


def find_gradings(text: str) -> list[Grading]:
    """Gradings of `text` in order; spaces that broken lines left between Chinese characters do not matter."""
    squeezed, origin = _squeezed(text)
    found = list(_bracketed(squeezed))
    found += [
        one for one in _loose(squeezed) if not any(other.start < one.end and one.start < other.end for other in found)
    ]
    return [_moved(one, squeezed, text, origin) for one in _merged(sorted(found, key=lambda one: one.start), squeezed)]


def _bracketed(text: str) -> Iterator[Grading]:
    for bracket in _BRACKET.finditer(text):
        inside = bracket["inside"].strip()
        is_last = not text[bracket.end() :].strip("。.；; ")
        if (code := CODE.fullmatch(inside)) or (code := LETTER.fullmatch(inside) if is_last else None):
            grade = code.groupdict().get("code") or inside
            yield Grading(bracket.start(), bracket.end(), grade=grade.strip())
        elif graded := _graded(inside):
            yield replace(graded, start=bracket.start(), end=bracket.end())


def _graded(inside: str) -> Grading | None:
    """What the words between two brackets grade; none where they speak of something else."""
    found, rest = _labels(inside), LABELLED.sub("，", inside)
    if plain := STRENGTH.search(rest):
        found = found.joined(Grading(0, 0, strength=plain.group())) if not found.strength else found
        rest = STRENGTH.sub("，", rest)
    if not found.grade and (code := next((one for one in _pieces(rest) if CODE.fullmatch(one)), "")):
        found, rest = replace(found, grade=code), rest.replace(code, "", 1)
    left = len(FILLER.sub("", rest))
    known = found.grade or found.strength or found.agreement
    return found if known and left <= (_TAIL if LABEL_WORD.search(inside) else 0) else None


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"[，,；;、]", text)]


def _labels(text: str) -> Grading:
    values = {"grade": "", "strength": "", "agreement": ""}
    for match in LABELLED.finditer(text):
        for group, value in match.groupdict().items():
            field = FIELDS.get(group)
            if value and field and not values[field]:
                values[field] = value.strip()
    return Grading(0, 0, **values)


def _loose(text: str) -> Iterator[Grading]:
    """Gradings without brackets: a run of labels with their values, as 证据等级：B；推荐级别：强推荐."""
    for match in LABELLED.finditer(text):
        if LABELS_ALONE.match(match.group()):
            yield replace(_labels(match.group()), start=match.start(), end=match.end())


def _merged(found: list[Grading], text: str) -> Iterator[Grading]:
    """Gradings that follow one another at once are one."""
    held: Grading | None = None
    for one in found:
        if held is not None and _GAP.fullmatch(text, held.end, one.start) and not (held.grade and one.grade):
            held = held.joined(one)
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _squeezed(text: str) -> tuple[str, list[int]]:
    kept: list[int] = []
    last = 0
    for gap in _SQUEEZE.finditer(text):
        kept.extend(range(last, gap.start()))
        last = gap.end()
    kept.extend(range(last, len(text)))
    return "".join(text[index] for index in kept), kept


def _moved(found: Grading, squeezed: str, text: str, origin: list[int]) -> Grading:
    """`found` with offsets and values of the text itself."""
    start, end = origin[found.start], origin[found.end - 1] + 1
    if squeezed == text:
        return found
    values = {name: _verbatim(value, text[start:end]) for name, value in _values(found).items()}
    return Grading(start, end, **values)


def _values(found: Grading) -> dict[str, str]:
    return {"grade": found.grade, "strength": found.strength, "agreement": found.agreement}


def _verbatim(value: str, text: str) -> str:
    if not value or value in text:
        return value
    spaced = re.search(r"\s*".join(map(re.escape, "".join(value.split()))), text)
    return spaced.group() if spaced else value
