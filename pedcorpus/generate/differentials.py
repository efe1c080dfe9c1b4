"""Diseases that a section tells its own disease from, each with the words that tell them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.generate.aspects import aspect_of
from pedcorpus.generate.groups import Group, Line, is_focus
from pedcorpus.generate.outline import Heading

__all__ = ["Rival", "name_to_tell_from", "rivals"]

_INLINE = re.compile(r"(?:应|需|要)?与(?P<name>[^，。；：、与]{2,14}?)(?:相)?(?:鉴别|区别)[：:，]")
_LABEL = re.compile(r"^(?:应|需|要)?与?(?P<name>.{2,14}?)(?:相?(?:鉴别|区别))?$")
_LONGEST = 160


@dataclass(frozen=True)
class Rival:
    """A disease to tell apart, and where the text says how."""

    name: str
    line: Line
    heading: Heading | None = None
    """Where the name stands, if that is outside the line."""


def name_to_tell_from(label: str) -> str:
    """诺如病毒胃肠炎 for the label 与诺如病毒胃肠炎鉴别."""
    match = _LABEL.match(label)
    return match["name"] if match else label


def rivals(groups: Sequence[Group]) -> Iterator[Rival]:
    """Differentials of one disease, in the order of the text."""
    for group in groups:
        if group.aspect != "differential":
            continue
        for entry in group.entries:
            block = entry.block
            text = block.passage.text
            found = list(_INLINE.finditer(text, block.start))
            for index, match in enumerate(found):
                end = found[index + 1].start() if index + 1 < len(found) else len(text.rstrip())
                if line := _cut(Line(block.passage, match.end(), end)):
                    yield Rival(match["name"], line)
            heading = block.label or (group.focus_heading if group.focus else None)
            if (
                (
                    not found
                    and heading is not None
                    and (line := _cut(Line(block.passage, block.start, len(text.rstrip()))))
                )
                and aspect_of(heading.text) is None
                and is_focus(heading.text)
            ):
                yield Rival(name_to_tell_from(heading.text), line, heading)


def _cut(line: Line) -> Line | None:
    """The line without outer spaces, ended at a whole sentence if it is long; none if that leaves nothing."""
    text = line.text
    start = line.start + len(text) - len(text.lstrip())
    end = line.start + len(text.rstrip())
    while end - start > _LONGEST:
        shorter = max(line.passage.text.rfind(mark, start, end - 1) for mark in "。；") + 1
        if shorter <= start:
            return None
        end = shorter
    return Line(line.passage, start, end) if end - start >= 6 else None
