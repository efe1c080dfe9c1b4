"""Blocks to passages: headings into the tree, run-in headings off their text, list items and recommendations named.

Every text format ends here, so that a book gives the same passages as PDF, Markdown or plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pedcorpus.parse.apparatus import apparatus_of, apparatus_title
from pedcorpus.parse.blocks import Block
from pedcorpus.parse.captions import is_caption
from pedcorpus.parse.guideline_blocks import guideline_blocks, is_reason
from pedcorpus.parse.headings import apparatus_heading, bracket_heading, declared_heading, numbered_heading
from pedcorpus.parse.numbering import Family, read_marker
from pedcorpus.parse.outline import Outline
from pedcorpus.parse.parser import Original
from pedcorpus.parse.recommendations import announces_recommendation, is_labelled, read_recommendation
from pedcorpus.parse.rows import failure_of
from pedcorpus.records import Address, Failure, Passage, PassageKind, SourceKind

__all__ = ["Structured", "passages_of", "structure"]

_LABEL = re.compile(
    r"(?P<titled>[^。；，,;：:\s　]{1,20}(?: [^。；，,;：:\s　]{1,20}){0,3})[：:]"
    r"|(?P<apart>[\u4e00-\u9fff、（）]{1,20})[ 　]{1,4}(?=[\u4e00-\u9fff])"
)
"""What a list's item is about: before a colon, or set apart by a space; a space before a dose sets nothing apart."""
_ITEM_FAMILIES = {Family.CHINESE, Family.CHINESE_PAREN, Family.ARABIC, Family.ARABIC_PAREN, Family.CIRCLED}


@dataclass(frozen=True)
class Structured:
    """Passages in reading order, and what had to be left out."""

    passages: tuple[Passage, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class _Placed:
    block: Block
    path: tuple[str, ...]
    attributes: dict[str, str]


def structure(blocks: Sequence[Block], original: Original) -> Structured:
    """Passages of `blocks`, which are in reading order."""
    failures: list[Failure] = []
    return Structured(tuple(passages_of(blocks, original, failures)), tuple(failures))


def passages_of(
    blocks: Iterable[Block], original: Original, failures: list[Failure], *, own_text: bool = False
) -> Iterator[Passage]:
    """Passages of `blocks` as these come; what has to be left out is added to `failures`.

    With `own_text` the document's text is that of all passages, a line feed between them, and spans index that.
    """
    guideline = original.source.kind is SourceKind.GUIDELINE
    position = at = 0
    for placed in _place(guideline_blocks(blocks) if guideline else blocks, guideline=guideline):
        if "\ufffd" in placed.block.text:
            failures.append(_damaged(placed, original))
        else:
            start, end = (at, at + len(placed.block.text)) if own_text else placed.block.span
            yield _passage(placed, original, position, (start, end))
            position, at = position + 1, end + 1


def _with_following(blocks: Iterable[Block]) -> Iterator[tuple[Block, Block | None]]:
    before: Block | None = None
    for block in blocks:
        if before is not None:
            yield before, block
        before = block
    if before is not None:
        yield before, None


def _place(blocks: Iterable[Block], *, guideline: bool) -> Iterator[_Placed]:
    outline = Outline()
    is_first = False
    for block, following in _with_following(blocks):
        rest = _enter_heading(block, following, outline)
        if rest is not None:
            _leave_objectives(rest, outline)
            announced = _announced(rest, outline, is_first=is_first) if guideline else None
            named, attributes = _name(rest, announced)
            yield _Placed(named, outline.path, attributes)
        is_first = rest is None


def _leave_objectives(block: Block, outline: Outline) -> None:
    """A chapter's text follows its 目的要求 without a heading of its own: it stands under the chapter."""
    nearest = outline.nearest
    if nearest and apparatus_title(nearest.text) == "objective" and not apparatus_of(block.text, outline.path):
        outline.leave()


def _enter_heading(block: Block, following: Block | None, outline: Outline) -> Block | None:
    """What is left of `block` once the heading that it is, or opens with, has gone into the outline."""
    if block.level is not None:
        outline.enter(declared_heading(block.text, block.level))
        return None
    if block.kind is not PassageKind.PARAGRAPH and block.kind is not PassageKind.LIST_ITEM:
        return block
    if following is not None and (heading := apparatus_heading(block.text)):
        outline.enter(heading)
        return None
    if run_in := bracket_heading(block.text):
        outline.enter(run_in.heading)
        return None if run_in.rest is None else block.cut(run_in.rest)
    if heading := numbered_heading(block, following, outline.open_levels):
        outline.enter(heading)
        return None
    return block


def _name(block: Block, announced: str | None) -> tuple[Block, dict[str, str]]:
    """`block` with the kind that its text shows, and what else the text says of itself.

    `announced` is the heading that makes a recommendation of it.
    """
    if block.kind is PassageKind.PARAGRAPH and is_caption(block.text):
        return replace(block, kind=PassageKind.CAPTION), {}
    if block.kind is PassageKind.RECOMMENDATION or announced is not None:
        return _recommendation(block, announced)
    if block.kind not in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM):
        return block, {}
    marker = read_marker(block.text)
    if marker is None or marker.family not in _ITEM_FAMILIES:
        return block, {}
    attributes = {"marker": block.text[: marker.length].strip()}
    if label := _LABEL.match(block.text, marker.length):
        attributes["label"] = label["titled"] or label["apart"]
    return replace(block, kind=PassageKind.LIST_ITEM), attributes


def _recommendation(block: Block, announced: str | None) -> tuple[Block, dict[str, str]]:
    """A recommendation without the number of its list, and what it says of itself."""
    if block.attributes:
        return block, dict(block.attributes)
    marker = read_marker(block.text)
    marked = marker is not None and marker.family in _ITEM_FAMILIES and len(block.text) > marker.length
    bare = block.cut(marker.length) if marker is not None and marked else block
    opening = f"{announced}：" if announced is not None else ""
    attributes = {"marker": block.text[: marker.length].strip()} if marker is not None and marked else {}
    attributes |= read_recommendation(opening + bare.text) or {}
    return replace(bare, kind=PassageKind.RECOMMENDATION), attributes


def _announced(block: Block, outline: Outline, *, is_first: bool) -> str | None:
    """The heading that makes a recommendation of `block`: the first under 推荐意见7, every item under 推荐意见."""
    heading = outline.nearest.text if outline.nearest else ""
    number = announces_recommendation(heading)
    kinds = (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.RECOMMENDATION)
    if number is None or block.kind not in kinds or is_reason(block.text) or is_labelled(block.text):
        return None
    return heading if is_first or (not number and read_marker(block.text)) else None


def _passage(placed: _Placed, original: Original, position: int, span: tuple[int, int]) -> Passage:
    start, end = span
    boxes = tuple([box.record for box in placed.block.boxes])
    attributes = placed.attributes
    if apparatus := apparatus_of(placed.block.text, placed.path):
        attributes = {**attributes, "apparatus": apparatus}
    return Passage(
        document=original.sha256,
        position=position,
        kind=placed.block.kind,
        text=placed.block.text,
        address=Address(heading_path=placed.path, page=placed.block.page, boxes=boxes, start=start, end=end),
        attributes=attributes,
    )


def _damaged(placed: _Placed, original: Original) -> Failure:
    at = f"page {placed.block.page}" if placed.block.page else f"character {placed.block.span[0]}"
    detail = (
        "found characters that were lost before the file was made (U+FFFD), expected whole text; "
        "the paragraph is left out: fetch a sound copy of the file"
    )
    return failure_of(original, at, "damaged_text", detail, raw=placed.block.text)
