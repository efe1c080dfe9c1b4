"""Recommendations that a guideline sums up in a table: a row each, its grade and strength in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pedcorpus.parse.blocks import Block
from pedcorpus.parse.polarity import has_advice, polarity_of
from pedcorpus.parse.recommendations import read_recommendation
from pedcorpus.records import PassageKind

__all__ = ["table_recommendations"]

_GAP = " | "
_COLUMNS = {
    "statement": re.compile(
        r"推荐(?:意见|内容|条目|建议|要点|陈述)?|共识(?:意见|内容)?|建议|意见|内容"
        r"|recommendations?|statements?|content|advice",
        re.IGNORECASE,
    ),
    "grade": re.compile(
        r"证据(?:质量|确定性)?(?:等级|级别|水平|分级|强度|质量)?|GRADE(?:分级|等级)?|LOE"
        r"|(?:level|quality|certainty) of evidence|evidence(?: (?:level|quality|grade))?",
        re.IGNORECASE,
    ),
    "strength": re.compile(
        r"推荐(?:强度|级别|等级|类别|程度|分级)|强度|COR|GOR|SOR|class"
        r"|(?:strength|class|grade)(?: of recommendation)?|recommendation (?:strength|grade|class)",
        re.IGNORECASE,
    ),
    "agreement": re.compile(
        r"(?:专家)?(?:共识度|共识水平|同意率|一致率|赞同率)(?:[（(][%％][）)])?|agreement|consensus", re.IGNORECASE
    ),
    "number": re.compile(r"序号|编号|条目号|推荐号|No\.?|#|number|item", re.IGNORECASE),
}
_NUMERIC = re.compile(
    r"\s*(?:推荐意见|推荐|Recommendation)?\s*(\d{1,3}(?:[.．-]\d{1,3})*[a-z]?|[一二三四五六七八九十]{1,3})\s*[.．、]?\s*",
    re.IGNORECASE,
)
_LONGEST_CODE = 40


def table_recommendations(table: Block) -> Iterator[Block]:
    """The statements of `table`, each with what its row says of it; nothing for a table of something else."""
    lines = table.text.split("\n")
    columns = _columns(lines[0].split(_GAP)) if len(lines) > 1 else {}
    if "statement" not in columns:
        return
    offset = len(lines[0]) + 1
    for line in lines[1:]:
        cells = line.split(_GAP)
        statement = columns["statement"]
        if len(cells) > max(columns.values()) and (told := _told(cells, columns)) is not None:
            start = offset + sum(len(cell) + len(_GAP) for cell in cells[:statement])
            cell = table.cut(start, start + len(cells[statement]))
            yield replace(cell, kind=PassageKind.RECOMMENDATION, attributes=tuple(told.items()))
        offset += len(line) + 1


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Column of each role; of two that may hold statements the later one does (`Recommendation | Content`)."""
    columns: dict[str, int] = {}
    for number, name in enumerate(header):
        bare = "".join(name.split()) if re.search(r"[\u4e00-\u9fff]", name) else name.strip()
        for role, pattern in _COLUMNS.items():
            if pattern.fullmatch(bare):
                if role == "statement" and role in columns:
                    columns["number"] = columns[role]
                columns[role] = number
                break
    return columns


def _told(cells: Sequence[str], columns: dict[str, int]) -> dict[str, str] | None:
    """What a row says of its statement; none where it grades nothing, or advises nothing."""
    statement = cells[columns["statement"]].strip()
    own = read_recommendation(statement) or {}
    told = {
        name: cells[column].strip() for name, column in columns.items() if name in ("grade", "strength", "agreement")
    }
    told = {name: value for name, value in told.items() if value and len(value) <= _LONGEST_CODE}
    if not statement or not (told or any(name.startswith(("grade", "strength")) for name in own)):
        return None
    if not has_advice(statement) and not told.keys() & {"grade", "strength"}:
        return None
    number = _NUMERIC.fullmatch(cells[columns["number"]]) if "number" in columns else None
    named = {"number": number[1]} if number else {}
    return {
        **named,
        "statement": statement,
        **told,
        "polarity": polarity_of(statement, told.get("strength", "")),
        **own,
    }
