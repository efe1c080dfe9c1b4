"""What a book has beside its text: exercises, learning objectives, references.

None of it says anything of a disease, so it is told apart by the attribute `apparatus`; what is done with it is left to
those who read the passages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from pedcorpus.parse.numbering import read_marker

__all__ = ["Apparatus", "apparatus_of", "apparatus_title"]

Apparatus = Literal["exercise", "objective", "reference"]

_TITLES: dict[Apparatus, re.Pattern[str]] = {
    "exercise": re.compile(
        r"(?:本[章节]|课后|章末)?(?:(?:复习|思考|练习|讨论|自测|自我检测|测试|习|作业|病例分析|问答|简答|论述|填空|[单多]?选择|判断)(?:与|和|及)?)+题?"
        r"(?<=[题习考试])|名词解释|review questions|study questions|exercises",
        re.IGNORECASE,
    ),
    "objective": re.compile(
        r"(?:教学|学习)?目的(?:和|与|及)?要求|(?:教学|学习)(?:目的|目标|要求|时数)|(?:自学|面授|授课)时[数间]"
        r"|learning (?:objectives|outcomes)|objectives of this chapter",
        re.IGNORECASE,
    ),
    "reference": re.compile(
        r"(?:主要)?(?:参考|引用)(?:文献|书目|书籍|资料)|references(?: cited)?|bibliography|further reading|works cited",
        re.IGNORECASE,
    ),
}
_AROUND = re.compile(r"^[\W\d_]*(?:[一二三四五六七八九十]+[、．.]|附[：:])?[\W_]*|[\W_]+$")
_LONGEST_TITLE = 30
_MARKER = r"\s*(?:[（(]?\d{1,3}[）).．、]|[①-⑳]|[（(][一二三四五六七八九十]{1,3}[）)])?\s*"
_TASK = re.compile(rf"{_MARKER}(?:请?(?:简述|试述|论述|试论述|试比较|试分析|简答)|名词解释[：:])")
_AIM = re.compile(
    rf"{_MARKER}(?:掌握|熟悉|了解|明确|理解|学会|(?:通过|学习)本[章节篇]|[\d一二三四五六七八九十]+\s*学时)"
)
_ENTRY = re.compile(
    r"\s*[\[［【（(]?\d{1,3}[\]］】）).．、]|[\[［][JMCDNRPSZ](?:/[A-Z]{2})?[\]］]|\bdoi\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_CITED = re.compile(r"[\[［][JMCDNRPSZ](?:/[A-Z]{2})?[\]］](?=.{0,120}\b(?:19|20)\d\d\b)", re.DOTALL)
_LONGEST_TASK = 150
_LONGEST_ENTRY = 700


def apparatus_title(heading: str) -> Apparatus | None:
    """The apparatus that stands under a heading, as 复习思考题; none for a heading of the text itself."""
    return _titled(heading) if len(heading) <= _LONGEST_TITLE else None


@lru_cache(maxsize=2048)
def _titled(heading: str) -> Apparatus | None:
    bare = _AROUND.sub("", heading)
    return next((name for name, pattern in _TITLES.items() if pattern.fullmatch(bare)), None)


def apparatus_of(text: str, headings: Sequence[str]) -> Apparatus | None:
    """The apparatus that a paragraph under these headings belongs to; none where it is text.

    A heading alone does not decide where text may follow without another one: under 目的要求 only an item of the list,
    or what names an aim, is an objective; under 参考文献 only what reads like an entry is a reference.
    """
    over = next((found for heading in reversed(headings) if (found := apparatus_title(heading))), None)
    if over == "exercise" or (len(text) <= _LONGEST_TASK and _TASK.match(text)):
        return "exercise"
    if over == "objective" and (_AIM.match(text) or read_marker(text)):
        return "objective"
    if over == "reference" and _ENTRY.search(text):
        return "reference"
    return "reference" if len(text) <= _LONGEST_ENTRY and _CITED.search(text) else None
