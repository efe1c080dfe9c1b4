"""Changes of an edit as paragraphs: the old line with what goes, the new line with what comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pedcorpus.records import Finding, Instruction
from pedcorpus.review import DiffSegment, EditableField, computed_texts, field_diff
from pedcorpus.screens.page import Block, Piece
from pedcorpus.screens.plain import plain
from pedcorpus.screens.sheet_blocks import finding_blocks
from pedcorpus.screens.words import Words

__all__ = ["diff_blocks"]

Changes = Sequence[tuple[EditableField, str]]

_CONTEXT = 40
"""Characters of unchanged text shown on either side of a change in a long field."""


def diff_blocks(
    original: Instruction, edited: Instruction, changes: Changes, findings: Sequence[Finding], *, words: Words
) -> tuple[Block, ...]:
    """What the checks find in the edit; then for each changed field a `−` and a `+` line, computed ones last."""
    blocks = [block for finding in findings for block in finding_blocks(finding, words)]
    for field, after in (*changes, *_computed_change(original, edited, words)):
        if blocks:
            blocks.append(Block((Piece(""),)))
        blocks += _field_blocks(field, after, words)
    return tuple(blocks)


def _computed_change(original: Instruction, edited: Instruction, words: Words) -> Changes:
    before, after = ("；".join(computed_texts(record)) for record in (original, edited))
    if before == after:
        return ()
    said = words("diff.computed")
    return ((EditableField("", {"zh": said, "en": said}, before), after),)


def _field_blocks(field: EditableField, after: str, words: Words) -> Iterator[Block]:
    yield Block((Piece(plain(field.label[words.language]), "pane--label"),))
    segments = field_diff(field.value, after)
    if field.value:
        yield _line("− ", segments, "removed")
    if after:
        yield _line("+ ", segments, "added")
    elif field.required:
        yield Block((Piece(words("diff.gone"), "pane--faint"),), indent=2)


def _line(sign: str, segments: Sequence[DiffSegment], kind: str) -> Block:
    shown = [segment for segment in segments if segment.kind in ("same", kind)]
    pieces = []
    for place, segment in enumerate(shown):
        text = plain(segment.text)
        if segment.kind == "same":
            pieces.append(Piece(_shortened(text, is_first=place == 0, is_last=place == len(shown) - 1)))
        else:
            pieces.append(Piece(text, f"pane--{kind}"))
    return Block(tuple(pieces), lead=(Piece(sign, f"pane--{kind}"),), indent=2)


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    if len(text) <= 3 * _CONTEXT:
        return text
    head = "" if is_first else text[:_CONTEXT]
    tail = "" if is_last else text[-_CONTEXT:]
    return f"{head}…{tail}"
