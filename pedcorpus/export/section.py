"""Which section of which work, or which dialogue, an instruction belongs to: the unit that splits never tear."""

from __future__ import annotations

import re
from functools import lru_cache

from pedcorpus.records import Instruction

__all__ = ["group_of", "heading_name", "section_group", "section_path"]

_NUMBERING = re.compile(
    r"第[0-9０-９一二三四五六七八九十百零〇]+[编篇章节部]\s*"
    r"|[（(\[【]?[0-9０-９一二三四五六七八九十]+(?:[.．][0-9]+)*(?:[)）\]】、.．:：]|\s)\s*"
)
_BRACKETED = re.compile(r"[【\[〔](.+)[】\]〕]")
_AFTERTHOUGHT = re.compile(r"\s*[（(][^（()）]*[)）]$")


@lru_cache(maxsize=65_536)
def heading_name(heading: str) -> str:
    """What a heading names: `第二节 热性惊厥（FS）` names 热性惊厥."""
    name = heading.strip()
    while (match := _NUMBERING.match(name)) and match.end() < len(name):
        name = name[match.end() :].strip()
    if bracketed := _BRACKETED.fullmatch(name):
        name = bracketed[1]
    return _AFTERTHOUGHT.sub("", name).strip()


def section_path(path: tuple[str, ...], topic: str) -> tuple[str, ...]:
    """The headings of `path`, where the first evidence stands, down to the one that names the topic.

    So 热性惊厥 › 病因 and 热性惊厥 › 治疗 are one section. Where no heading names the topic (麻疹附：奶麻 for 麻疹),
    the first that contains it ends the path; where none does, the path is whole. A graph has none.
    """
    names = [heading_name(heading) for heading in path]
    if topic in names:
        return path[: names.index(topic) + 1]
    containing = (depth for depth, name in enumerate(names, 1) if topic in name)
    return path[: next(containing, len(path))]


def section_group(*, source: str, origin: str, origin_id: str, path: tuple[str, ...], topic: str) -> str:
    """The group of a row by its first evidence: work and section; of a dialogue the dialogue, of a graph the topic."""
    section = (origin_id,) if origin == "turn" else section_path(path, topic) or (topic,)
    return " › ".join((source, *section))


def group_of(instruction: Instruction) -> str:
    """The group of `instruction`, for `ReleaseRow.group`."""
    first = instruction.evidence[0]
    return section_group(
        source=first.source,
        origin=first.origin,
        origin_id=first.origin_id,
        path=first.address.heading_path,
        topic=instruction.topic,
    )
