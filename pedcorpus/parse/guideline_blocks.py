"""A guideline's blocks, cut and joined so that each recommendation is a block of its own with its grade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pedcorpus.normalise import split_sentences
from pedcorpus.parse.blocks import Block, join_blocks
from pedcorpus.parse.grades import find_gradings
from pedcorpus.parse.polarity import has_advice
from pedcorpus.parse.recommendation_tables import table_recommendations
from pedcorpus.parse.recommendations import (
    announces_recommendation,
    find_openings,
    is_grade_line,
    is_labelled,
    is_recommendation,
)
from pedcorpus.records import PassageKind

__all__ = ["guideline_blocks", "is_reason"]

_TEXT = {PassageKind.PARAGRAPH, PassageKind.LIST_ITEM}
_REASON = re.compile(
    r"(?<=[。）)】\]；;\n])\s*(?=[【〔\[]?(?:推荐)?(?:理由|说明|依据|解读|解释|证据(?:总结|说明|概述|描述)|实施建议|实施要点|背景|注释)[】〕\]]?[：:])"
)
_REASON_START = re.compile(
    r"\s*[【〔\[]?(?:推荐)?(?:理由|说明|依据|解读|解释|证据(?:总结|说明|概述|描述)|实施建议|背景|注释)[】〕\]]?[：:]"
)
_BROKEN = re.compile(r"[（(【\[〔［][^）)】\]〕］。]{0,100}$|(?:证\s*据|推\s*荐)[^。）)】\]]{0,40}$")
_LEAD_SENTENCES = 4
"""A recommendation without a label is at most so many sentences, the graded one included."""
_SEAM_LIMIT = 4000
"""Characters of a block behind which a broken grading is not looked for."""


def guideline_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks in order of reading; recommendations are of that kind, the rest is as it was."""
    for block in _joined(blocks):
        if block.level is not None or block.kind not in _TEXT:
            yield block
            if block.kind is PassageKind.TABLE:
                yield from table_recommendations(block)
            continue
        for piece in _cut(
            block, [*find_openings(block.text), *(found.end() for found in _REASON.finditer(block.text))]
        ):
            yield from _named(piece)


def is_reason(text: str) -> bool:
    """Does `text` open as the explanation of a recommendation, as 理由： does?"""
    return _REASON_START.match(text) is not None


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    held: Block | None = None
    for block in blocks:
        if held is not None and (joined := _one_of(held, block)) is not None:
            held = joined
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _one_of(held: Block, block: Block) -> Block | None:
    """Both as one, where the second is the grade of the first, the rest of its grade, or what its label announces."""
    if block.level is not None or held.level is not None or block.kind not in _TEXT or held.kind not in _TEXT:
        return None
    if is_grade_line(block.text):
        return join_blocks(held, [block])
    if announces_recommendation(held.text) and not is_reason(block.text):
        return _on_lines(held, block)
    return join_blocks(held, [block]) if _is_broken_between(held.text, block.text) else None


def _is_broken_between(before: str, after: str) -> bool:
    """Does a grading begin in one text and end in the other?"""
    if len(before) > _SEAM_LIMIT or len(after) > _SEAM_LIMIT or not _BROKEN.search(before[-120:]):
        return False
    seam = len(before)
    return any(found.start < seam < found.end for found in find_gradings(before + after[:120]))


def _on_lines(first: Block, second: Block) -> Block:
    """Both as one with a line break between: 推荐意见1 and 3个月以上…… must not become 推荐意见13."""
    broken = replace(first, text=first.text + "\n", origin=(*first.origin, first.origin[-1] + 1))
    return join_blocks(broken, [second])


def _named(piece: Block) -> Iterator[Block]:
    """`piece` as a recommendation, or what of it is one; the rest of it as it was."""
    if is_reason(piece.text) or not is_recommendation(piece.text):
        yield piece
    elif is_labelled(piece.text):
        yield replace(piece, kind=PassageKind.RECOMMENDATION)
    else:
        yield from _isolated(piece)


def _isolated(piece: Block) -> Iterator[Block]:
    """Each graded sentence with the advice that leads up to it; what else the paragraph says stays a paragraph."""
    cuts: list[int] = []
    kinds: list[bool] = []
    for start, graded in _stretches(piece.text):
        cuts.append(start)
        kinds.append(graded)
    for part, graded in zip(_cut(piece, cuts[1:]), kinds, strict=True):
        yield replace(part, kind=PassageKind.RECOMMENDATION) if graded else part


def _stretches(text: str) -> Iterator[tuple[int, bool]]:
    """Starts of stretches of sentences, and whether a stretch is a graded recommendation."""
    waiting: list[tuple[int, bool]] = []
    for start, end in _sentence_spans(text):
        waiting.append((start, has_advice(text[start:end])))
        lead = next((begin for begin, advises in waiting[-_LEAD_SENTENCES:] if advises), None)
        if lead is not None and find_gradings(text[start:end]):
            if waiting[0][0] < lead:
                yield waiting[0][0], False
            yield lead, True
            waiting = []
    if waiting:
        yield waiting[0][0], False


def _sentence_spans(text: str) -> list[tuple[int, int]]:
    """Sentences, each with the bracketed grading that follows its full stop."""
    spans: list[tuple[int, int]] = []
    position = 0
    for sentence in split_sentences(text):
        start = text.index(sentence, position)
        position = start + len(sentence)
        if spans and (is_grade_line(sentence) or _is_open(text[spans[-1][0] : spans[-1][1]])):
            spans[-1] = (spans[-1][0], position)
        else:
            spans.append((start, position))
    return spans


def _is_open(sentence: str) -> bool:
    """Was it cut inside a bracket, as at the semicolon of （证据等级：B；推荐强度：强）?"""
    opened = sum(sentence.count(mark) for mark in "（(【[〔［")
    return opened > sum(sentence.count(mark) for mark in "）)】]〕］")


def _cut(block: Block, positions: Sequence[int]) -> list[Block]:
    edges = [0, *sorted(set(positions) - {0, len(block.text)}), len(block.text)]
    pieces = (block.cut(start, end) for start, end in pairwise(edges))
    return [piece for piece in pieces if piece.text]
