"""Which section of which work an instruction belongs to: the unit that splits never tear."""

from __future__ import annotations

import re

from pedcorpus.records import Instruction

__all__ = ["heading_name", "section_group", "section_path"]

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


def section_path(instruction: Instruction) -> tuple[str, ...]:
    """Headings of the section that the first evidence stands in, down to the one that names the topic.

    So 热性惊厥 › 病因 and 热性惊厥 › 治疗 are one section. Where no heading names the topic (麻疹附：奶麻 for 麻疹),
    the first that contains it ends the path; where none does, the path is whole. A graph has none.
    """
    path = instruction.evidence[0].address.heading_path
    names = [heading_name(heading) for heading in path]
    if instruction.topic in names:
        return path[: names.index(instruction.topic) + 1]
    containing = (depth for depth, name in enumerate(names, 1) if instruction.topic in name)
    return path[: next(containing, len(path))]


def section_group(instruction: Instruction) -> str:
    """Work and section of the first evidence, for `ReleaseRow.group`; in a graph the topic is the section."""
    path = section_path(instruction) or (instruction.topic,)
    return " › ".join((instruction.evidence[0].source, *path))
