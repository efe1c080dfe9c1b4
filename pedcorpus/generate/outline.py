"""Passages with all headings above each: those the parser gave, and those that stand in the text as numbered lines.

Textbooks type many headings as plain lines (`（三）常见证治`, `1.元气虚弱：`) or put them before the text
(`（一）禀赋不足：父母……`). Here they become headings; what they mean is left to `aspects` and `diseases`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.generate.aspects import aspect_of
from pedcorpus.generate.numbering import find_marker, strip_numbering
from pedcorpus.records import Passage, PassageKind

__all__ = ["Block", "Heading", "outline"]

_READ = {PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.RECOMMENDATION}
_LONGEST_TITLE = 26
_LONGEST_LABEL = 16
_SHORTEST_PROSE = 20
_SENTENCE_MARKS = re.compile(r"[。；！？;!?，,]|\.\s")
_LABEL = re.compile(rf"(?P<label>[^。；！？，,：:;!?\s　]{{2,{_LONGEST_LABEL}}})(?P<colon>[：:]|[ 　]+)\s*(?=\S)")
_ENGLISH_LABEL = re.compile(r"(?P<label>[A-Z][A-Za-z ,-]{2,38}?)(?P<colon>:)\s+(?=\S)")
_BRACKETED = re.compile(r"[〔【［](?P<title>[^〕】］]{2,16})[〕】］][ 　]*(?=\S)")
_A_CLAUSE = re.compile(r"[以如]下|具有|可用|给予|包括|分为|归纳|表现为|\d\s*(?:mg|ml|kg)|\d+[～~–-]\d+")
_ATTACHED = re.compile(r"附[：:]\s*(?P<name>[^。，；：]{2,14})$")


@dataclass(frozen=True)
class Heading:
    """A heading without its numbering, and where it stands if that is in the text itself."""

    text: str
    passage: Passage | None = None
    start: int = 0


@dataclass(frozen=True)
class Block:
    """The body of one passage under its headings."""

    passage: Passage
    start: int
    """Where the body begins in the passage's text, after numbering and label."""
    headings: tuple[Heading, ...]
    """From the outermost to the innermost, the block's own label included."""
    item_level: int | None = None
    """Level of the numbering that the passage opens with; none for plain paragraphs."""
    label: Heading | None = None
    """The title before the body in the same passage, as 禀赋不足 in `（一）禀赋不足：……`."""
    attached: str = ""
    """Name of the attached section (`附：奶麻`) that it belongs to."""

    @property
    def text(self) -> str:
        return self.passage.text[self.start :].rstrip()


def outline(passages: Iterable[Passage]) -> Iterator[Block]:
    """Blocks in order of reading; the order in which `passages` come does not matter."""
    rows = sorted((p for p in passages if p.kind in _READ), key=lambda passage: passage.position)
    stack: list[tuple[int, Heading]] = []
    path: tuple[str, ...] | None = None
    attached = ""
    is_broken = False
    for index, passage in enumerate(rows):
        if passage.address.heading_path != path:
            path, stack, attached, is_broken = passage.address.heading_path, [], "", False
        if match := _ATTACHED.match(_plain(passage.text)):
            attached, stack = match["name"].strip(), []
            continue
        block = _read(passage, rows[index + 1 :], stack)
        if block is not None:
            above = [Heading(text) for part in path if (text := strip_numbering(part))]
            trail = (*above, *(heading for _, heading in stack))
            own = (block.label,) if block.label and block.label not in trail else ()
            start = (
                _after_first_sentence(passage.text) if is_broken and find_marker(passage.text) is None else block.start
            )
            if start < len(passage.text.rstrip()):
                yield Block(passage, start, (*trail, *own), block.item_level, block.label, attached)
        is_broken = _breaks_off(passage.text)


def _breaks_off(text: str) -> bool:
    """Does a paragraph end in the middle of a sentence, as at the foot of a printed column?"""
    bare = text.rstrip()
    return len(bare) >= _SHORTEST_PROSE and not re.search(r"[。！？.!?：:；;”）)】〕」》]$", bare)


def _after_first_sentence(text: str) -> int:
    """Where the second sentence begins: the first one is the rest of one that broke off before."""
    match = re.search(r"[。！？]", text)
    return match.end() if match else len(text)


@dataclass(frozen=True)
class _Body:
    start: int
    item_level: int | None
    label: Heading | None


def _plain(text: str) -> str:
    return text.replace("*", "").strip()


def _read(passage: Passage, after: Sequence[Passage], stack: list[tuple[int, Heading]]) -> _Body | None:
    """What of `passage` is body, after taking its numbering and title onto `stack`; none for a mere heading."""
    text = passage.text
    marker = find_marker(text)
    if marker is not None:
        while stack and stack[-1][0] >= marker.level:
            stack.pop()
    start = marker.end if marker else 0
    title = strip_numbering(text)
    level = marker.level if marker else None
    if _is_title(text[start:], title) and (
        (level is None and aspect_of(title)) or (level is not None and _has_body(level, passage, after))
    ):
        own_level = level if level is not None else 2
        while stack and stack[-1][0] >= own_level:
            stack.pop()
        stack.append((own_level, Heading(title, passage, text.find(title))))
        return None
    if bracketed := _BRACKETED.match(text, start):
        stack.append((level or 0, Heading(bracketed["title"], passage, bracketed.start("title"))))
        return _Body(bracketed.end(), None, None)
    match = _LABEL.match(text, start) or _ENGLISH_LABEL.match(text, start)
    if match is None or not _is_label(match["label"], match["colon"], numbered=marker is not None):
        return _Body(start, level, None)
    label = Heading(strip_numbering(match["label"]), passage, text.find(strip_numbering(match["label"])))
    if level is not None and _has_items(level, passage, after):
        stack.append((level, label))
    return _Body(match.end(), level, label)


def _is_title(text: str, title: str) -> bool:
    return 2 <= len(title) <= _LONGEST_TITLE and not _SENTENCE_MARKS.search(text.strip(" 　：:"))


def _has_body(level: int, passage: Passage, after: Sequence[Passage]) -> bool:
    """Does text of its own follow, or only the next item of the same list?"""
    if level <= 2 or passage.text.rstrip().endswith(("：", ":")):
        return True
    if not after or after[0].address.heading_path != passage.address.heading_path:
        return False
    following = find_marker(after[0].text)
    return following is None or following.level > level


def _has_items(level: int, passage: Passage, after: Sequence[Passage]) -> bool:
    """Does a list of a deeper level follow directly?"""
    if not after or after[0].address.heading_path != passage.address.heading_path:
        return False
    following = find_marker(after[0].text)
    return following is not None and following.level > level


def _is_label(label: str, colon: str, *, numbered: bool) -> bool:
    name = strip_numbering(label)
    if aspect_of(name):
        return True
    if colon.isspace() and (len(colon) < 2 or re.search(r"[A-Za-z]", name)):
        return False  # one space is no sign of a title
    return numbered and len(name) >= 2 and not _A_CLAUSE.search(name)
