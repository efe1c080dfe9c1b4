"""Is this line a heading, and where in the tree does it stand?

Books number headings and list items alike. A numbered line is a heading when it reads like a title
and something other than its next sibling stands under it; `outline` then hangs it into the tree.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from pedcorpus.parse.apparatus import apparatus_title
from pedcorpus.parse.blocks import Block
from pedcorpus.parse.joins import columns
from pedcorpus.parse.numbering import Family, Marker, read_marker
from pedcorpus.records import PassageKind

__all__ = ["Heading", "RunIn", "apparatus_heading", "bracket_heading", "declared_heading", "numbered_heading"]

_BRACKET = re.compile(r"[【〔［](?P<title>[^】〕］。；，]{1,20})[】〕］](?P<rest>.*)", re.DOTALL)
_CONTINUES = re.compile(r"[、，,。；;的]|[和与及或][【〔［]")
_NOT_ASPECT = re.compile(r"\s*(?:推荐|Recommendation|\d)", re.IGNORECASE)
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,6}[：:]")
_UNIT_START = re.compile(r"[岁月日天周年个次种例倍级期度元片粒支分秒]|小时|mg|ml|kg|g\b|%", re.IGNORECASE)
_RUN_ON = re.compile(r"[\s　、]")
_LEADER = re.compile(r"…{2,}|\.{4,}|·{4,}")
_STOPS = "。；;？！?!"
_HEADING_FAMILIES = {Family.PART, Family.CHAPTER, Family.SECTION, Family.APPENDIX}
_LOOSE_FAMILIES = {Family.CHINESE, Family.CHINESE_PAREN}
_WIDTH = {Family.PART: 80, Family.CHAPTER: 80, Family.SECTION: 80, Family.DECIMAL: 80, Family.PLAIN: 60}
_DEFAULT_WIDTH = 52
"""Columns that a title may take, number included: 26 Chinese characters, or a line of English words."""


@dataclass(frozen=True)
class Heading:
    """A heading with what decides its place in the tree."""

    text: str
    """As printed, without markup, brackets and closing colon or stop."""
    level: str
    """Headings of one level replace one another."""
    rank: tuple[int, float]
    """Usual depth: first the declared level (99 where there is none), then the numbering's."""
    number: tuple[int, ...] = ()


@dataclass(frozen=True)
class RunIn:
    """A heading that opens a line, and where the text after it begins; none where it stands alone."""

    heading: Heading
    rest: int | None


def declared_heading(text: str, level: int) -> Heading:
    """The heading that markup or typography declares to be of `level`."""
    bracket = _BRACKET.fullmatch(text)
    if bracket and not bracket["rest"].strip():
        return Heading(bracket["title"].strip(), f"#{level}bracket", (level, 4.5))
    marker = read_marker(text, declared=True)
    title = _title(text)
    if marker is None or marker.family is Family.APPENDIX:
        return Heading(title, f"#{level}", (level, 0.0))
    return Heading(title, f"#{level}{marker.level}", (level, marker.rank), marker.number)


def apparatus_heading(text: str) -> Heading | None:
    """复习思考题 or 参考文献 alone on a line, without a mark of a heading: below the section, beside its aspects."""
    return Heading(_title(text), "apparatus", (99, 3.5)) if text[:1].isalpha() and apparatus_title(text) else None


def bracket_heading(text: str) -> RunIn | None:
    """`【病因】` or `〔治疗〕` at the beginning of a block: an aspect of the heading above."""
    found = _BRACKET.match(text)
    if not found or _NOT_ASPECT.match(found["title"]):
        return None
    rest = found["rest"]
    if rest and _CONTINUES.match(rest):
        return None
    heading = Heading(found["title"].strip(), "bracket", (99, 4.5))
    return RunIn(heading, found.start("rest") if rest.strip() else None)


def numbered_heading(block: Block, following: Block | None, open_levels: Collection[tuple[str, int]]) -> Heading | None:
    """The heading that `block` is, or none when it is a list item or a sentence.

    `following` is the next block, which must not be the next item of the same list; `open_levels` are level and
    last number of the headings above, from the outline.
    """
    marker = read_marker(block.text)
    if marker is None:
        return Heading(_title(block.text), "bold", (99, 9.0)) if block.emphatic and _is_short(block.text) else None
    if not _reads_like_title(block.text, marker) or not _has_content(marker, following):
        return None
    if not _is_in_sequence(block.text, marker, open_levels) and not _introduces(block.text, marker):
        return None
    if not _is_stop_allowed(block.text, marker, following):
        return None
    return Heading(_title(block.text), marker.level, (99, marker.rank), marker.number)


def _title(text: str) -> str:
    return " ".join(text.strip().strip("*#").split()).rstrip("：:。") or text.strip()


def _is_short(text: str) -> bool:
    body = text.strip().rstrip("：:")
    return 0 < columns(body) <= 40 and not any(stop in body for stop in _STOPS + "，：:")


def _reads_like_title(text: str, marker: Marker) -> bool:
    body = text[marker.length :].strip()
    title = body.rstrip("：:。")
    limit = _WIDTH.get(marker.family, _DEFAULT_WIDTH) + (30 if body.isascii() else 0)
    if not title or columns(text) > limit or _LEADER.search(title):
        return False
    if any(stop in title for stop in _STOPS + "：:。") or title.count("，") + title.count(",") > 1:
        return False
    if marker.family in (Family.PLAIN, Family.DECIMAL) and _UNIT_START.match(title):
        return False
    return title[0].isalpha() or title[0] in '“"《（('


def _has_content(marker: Marker, following: Block | None) -> bool:
    """Does anything stand under it? The next item of its list, or the end of the file, does not."""
    if following is None:
        return marker.family in _HEADING_FAMILIES
    if following.level is not None:
        return True
    after = read_marker(following.text)
    if after is None or after.level != marker.level or not marker.number or not after.number:
        return True
    return after.number[-1] != marker.number[-1] + 1


def _is_in_sequence(text: str, marker: Marker, open_levels: Collection[tuple[str, int]]) -> bool:
    if marker.family in _HEADING_FAMILIES or (marker.family is Family.DECIMAL and text[marker.length - 1].isspace()):
        return True
    last = marker.number[-1] if marker.number else 1
    return last == 1 or any(level == marker.level and number < last for level, number in open_levels)


def _introduces(text: str, marker: Marker) -> bool:
    """May it be a heading though its elder siblings are not? A title and a colon, or `（三）其他疗法`."""
    body = text.rstrip()
    return body.endswith(("：", ":")) or (marker.family in _LOOSE_FAMILIES and not body.endswith("。"))


def _is_stop_allowed(text: str, marker: Marker, following: Block | None) -> bool:
    """A numbered line that ends in a full stop is a sentence, unless what follows treats it as a title."""
    if not text.rstrip().endswith("。") or marker.family in _HEADING_FAMILIES:
        return True
    if marker.family in _LOOSE_FAMILIES:
        return not _RUN_ON.search(text, marker.length)
    if following is None or following.kind is not PassageKind.PARAGRAPH:
        return False
    after = read_marker(following.text)
    deeper = after is not None and after.rank > marker.rank and following.text.rstrip().endswith(("：", ":"))
    return deeper or _LABELLED.match(following.text) is not None
