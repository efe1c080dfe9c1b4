"""The evidence of a review item as paragraphs: each passage once, with its address and its quotes set off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pedcorpus.records import Address
from pedcorpus.review import EvidenceContext
from pedcorpus.screens.page import Block, Piece
from pedcorpus.screens.plain import plain
from pedcorpus.screens.words import Words

__all__ = ["page_title", "source_blocks"]

Numbered = tuple[int, EvidenceContext]


def source_blocks(contexts: Sequence[EvidenceContext], words: Words) -> tuple[Block, ...]:
    """All passages in the order of the evidence; the first quote is what a pane scrolls to."""
    passages: dict[tuple[str, str, str], list[Numbered]] = {}
    for number, context in enumerate(contexts, 1):
        key = (context.document.id, context.evidence.origin_id, context.text)
        passages.setdefault(key, []).append((number, context))
    blocks: list[Block] = []
    above: list[Block] = []
    for group in passages.values():
        if blocks:
            blocks.append(Block((Piece(""),)))
        address = list(_address(group[0][1], words))
        if address != above:
            blocks += [*address, Block((Piece(""),))]
        above = address
        blocks += _passage(group, words)
    return tuple(blocks)


def page_title(number: int, context: EvidenceContext, words: Words) -> str:
    """`引文 1 · p. 12 · 儿科学样章 · chapter7.pdf`: what a picture of the page shows, the place first."""
    place = _place(context.evidence.address, words)
    return " · ".join([words("source.quotes", numbers=number), *place, context.source.title, context.document.path])


def _address(context: EvidenceContext, words: Words) -> Iterator[Block]:
    yield Block((Piece(plain(_work(context, words)), "pane--strong"),))
    if path := context.evidence.address.heading_path:
        yield Block((Piece(plain(" › ".join(path)), "pane--faint"),))
    yield Block((Piece(plain(context.document.path), "pane--faint"),))


def _passage(group: Sequence[Numbered], words: Words) -> Iterator[Block]:
    for number, context in group:
        if context.start == context.end:
            yield Block((Piece(f"! {words('source.not_found', number=number)}", "pane--error"),))
            yield Block((Piece(plain(context.evidence.quote)),), indent=2)
    yield Block(tuple(_quoted_pieces(group[0][1].text, [item for item in group if item[1].start < item[1].end])))


def _work(context: EvidenceContext, words: Words) -> str:
    parts = [context.source.title, context.source.edition, *_place(context.evidence.address, words)]
    if not context.source.declared and context.source.license == "unknown":
        parts.append(words("source.undeclared"))
    return " · ".join(part for part in parts if part)


def _place(address: Address, words: Words) -> Iterator[str]:
    if address.page is not None:
        yield words("source.page", page=address.page)
    if address.row is not None:
        yield words("source.row", row=address.row)
    if address.entity:
        yield address.entity
    if address.turn is not None:
        yield words("source.turn", turn=address.turn + 1)


def _quoted_pieces(text: str, quotes: Sequence[Numbered]) -> Iterator[Piece]:
    shown = plain(text)
    edges = sorted({0, len(text), *(c.start for _, c in quotes), *(c.end for _, c in quotes)})
    for start, end in pairwise(edges):
        for number, context in quotes:
            if context.start == start:
                yield Piece(f"[{number}]", "pane--quote-number", is_target=number == 1)
        is_quoted = any(context.start <= start < context.end for _, context in quotes)
        yield Piece(shown[start:end], "pane--quote" if is_quoted else "")
