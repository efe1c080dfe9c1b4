"""Which section of which work an instruction belongs to: the unit that splits never tear."""

from __future__ import annotations

import re

from pedcorpus.records import Instruction

__all__ = ["heading_name", "section_group"]

_NUMBERING = re.compile(
    r"第[0-9０-９一二三四五六七八九十百零〇]+[编篇章节部]\s*"
    r"|[（(\[【]?[0-9０-９一二三四五六七八九十]+(?:[.．][0-9]+)*(?:[)）\]】、.．:：]|\s)\s*"
)
_BRACKETED = re.compile(r"[【\[〔](.+)[】\]〕]")
_AFTERTHOUGHT = re.compile(r"\s*[（(][^（()）]*[)）]$")


def heading_name(heading: str) -> str:
    """What a heading names: `第二节 热性惊厥（FS）` names 热性惊厥."""
    name = heading.strip()
    while (match := _NUMBERING.match(name)) and match.end() < len(name):
        name = name[match.end() :].strip()
    if bracketed := _BRACKETED.fullmatch(name):
        name = bracketed[1]
    return _AFTERTHOUGHT.sub("", name).strip()


def section_group(instruction: Instruction) -> str:
    """Work and section of the first evidence, for `ReleaseRow.group`.

    A section reaches down to the heading that names the topic, so that 热性惊厥 › 病因 and 热性惊厥 › 治疗
    are one. Where no heading does, it is the whole heading path; in a graph, which has none, it is the topic.
    """
    first = instruction.evidence[0]
    path = first.address.heading_path
    names = [heading_name(heading) for heading in path]
    if instruction.topic in names:
        path = path[: names.index(instruction.topic) + 1]
    return " › ".join((first.source, *(path or (instruction.topic,))))
