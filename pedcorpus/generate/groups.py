"""Entries gathered under their headings, and the lines that answers and evidence are cut to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pedcorpus.generate.aspects import aspect_of
from pedcorpus.generate.diseases import Entry
from pedcorpus.generate.outline import Heading
from pedcorpus.records import Passage
from pedcorpus.tasks.medkqa import Aspect

__all__ = ["Group", "Line", "group_entries", "is_focus"]

_NO_FOCUS = re.compile(
    r"^(?:其[他它]|一般|概述|注意|备注|说明|方法|附|兼证|加减|变证|疗程)$|[，。；：“”《》]|^[\d.]+$|者$"
    r"|^[若如辨须应宜当]|^(?:注意|询问|详察|观察|了解|掌握|区分|重视|防止|控制|预测|治疗|要)"
    r"|[以如]下|具有|可用|可[有见]|给予|包括|见于|分为|归纳|表现为|\d\s*(?:mg|ml|kg|岁|个月)"
)
_NOTE = re.compile(r"[（(][^）)]*[）)]+$")
_LEADS_TO_RIVALS = re.compile(r"(?:应|须|需|要|宜)(?:注意)?与[^。]{2,60}(?:鉴别|区别)[：:。]?$")


@dataclass(frozen=True)
class Line:
    """One line of an answer: `passage.text[start:end]`."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    def trimmed(self, *, keep_stop: bool = False) -> Line:
        """The line without spaces and marks at its ends; the full stop may stay."""
        text = self.text
        start = self.start + len(text) - len(text.lstrip(" 　，,；;"))
        return Line(self.passage, start, self.start + len(text.rstrip(" 　，,；;" if keep_stop else " 　，,；;。")))


@dataclass(frozen=True)
class Group:
    """Consecutive entries under the same headings."""

    disease: str
    aspect: Aspect | None
    section: str
    """The innermost heading over the group; empty above the first heading."""
    focus: str
    focus_heading: Heading | None
    is_unnamed_part: bool
    """Does it stand under a heading that no question can name? Then it does not speak for the whole aspect."""
    entries: tuple[Entry, ...]


def group_entries(entries: Sequence[Entry]) -> Iterator[Group]:
    """Entries of one disease by the headings over them, own labels aside; a list of differentials is its own group."""
    for (disease, sections, apart), rows in groupby(
        _with_rivals(entries), key=lambda row: (row[0].disease, _over(row[0]), row[1])
    ):
        members = tuple(entry for entry, _ in rows)
        aspects = [aspect for text in sections if (aspect := aspect_of(text))]
        if apart:
            aspects.append("differential")
        focuses = [text for text in sections if aspect_of(text) is None]
        last = _NOTE.sub("", focuses[-1]) if focuses and focuses[-1] != disease else ""
        focus = last if is_focus(last) else ""
        heading = next((h for h in members[0].block.headings if h.text.startswith(focus)), None) if focus else None
        yield Group(
            disease=disease,
            aspect=aspects[-1] if aspects else None,
            section=sections[-1] if sections else "",
            focus=focus,
            focus_heading=heading,
            is_unnamed_part=bool(last) and not focus,
            entries=members,
        )


def _with_rivals(entries: Sequence[Entry]) -> Iterator[tuple[Entry, bool]]:
    """Each entry, and whether it stands after 本病应与……鉴别： under the same headings."""
    over: tuple[str, ...] | None = None
    apart = False
    for entry in entries:
        if _over(entry) != over:
            over, apart = _over(entry), False
        if entry.block.item_level is None and _LEADS_TO_RIVALS.search(entry.block.text.strip()):
            apart = True
        yield entry, apart


def _over(entry: Entry) -> tuple[str, ...]:
    label = entry.block.label
    return entry.sections[:-1] if label and entry.sections and entry.sections[-1] == label.text else entry.sections


def is_focus(name: str) -> bool:
    """Can `name` stand in a question as the part of a disease that is asked about?"""
    return 2 <= len(name) <= 40 and not _NO_FOCUS.search(name)
