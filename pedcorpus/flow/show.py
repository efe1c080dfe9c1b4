"""Show: one instruction with its source, quote, findings and decisions, one passage or statement; and its page."""

from __future__ import annotations

from pedcorpus.corpus import (
    current_sources,
    document_by_id,
    documents_of_passage,
    documents_of_triple,
    ids_like,
    passages_like,
    triples_like,
)
from pedcorpus.errors import UsageError
from pedcorpus.flow.browse import ShelfPassage, ShelfTriple
from pedcorpus.flow.desk import review_item
from pedcorpus.flow.originals import original_bytes
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Address
from pedcorpus.review import ReviewItem
from pedcorpus.settings import Workspace

__all__ = ["page_image", "quoted_page", "show"]

_NAMED = 4  # ids named when several begin alike


def show(workspace: Workspace, id_start: str) -> ReviewItem | ShelfPassage | ShelfTriple:
    """The instruction, passage or statement of a graph whose id starts with `id_start`.

    Raises:
        UsageError: nothing, or several things, have such an id.
    """
    with open_corpus(workspace).unit(read_only=True) as unit:
        instructions = ids_like(unit, id_start, limit=_NAMED)
        passages = passages_like(unit, id_start, limit=_NAMED)
        triples = triples_like(unit, id_start, limit=_NAMED)
        ids = [*instructions, *(passage.id for passage in passages), *(triple.id for triple in triples)]
        if not ids:
            raise UsageError(
                f"no id of an instruction, passage or statement starts with {id_start!r}; "
                "`pedcorpus passages SOURCE` lists passages"
            )
        if len(ids) > 1:
            raise UsageError(f"{id_start!r} is the start of several ids: {', '.join(ids[:_NAMED])}; give more of it")
        if instructions:
            return review_item(unit, instructions[0])
        sources = current_sources(unit)
        if passages:
            stored = documents_of_passage(unit, passages[0].id)[0]
            return ShelfPassage(sources[stored.document.source], stored, passages[0])
        stored = documents_of_triple(unit, triples[0].id)[0]
        return ShelfTriple(sources[stored.document.source], stored, triples[0])


def page_image(workspace: Workspace, shown: ReviewItem | ShelfPassage | ShelfTriple) -> bytes:
    """The page of a passage, or of an instruction's first evidence that has one, as PNG with its boxes drawn.

    Raises:
        UsageError: there is no page, or its original is gone.
    """
    return _drawn(workspace, *_page_of(shown))


def quoted_page(workspace: Workspace, instruction_id: str, number: int) -> bytes:
    """The page of an instruction's quote `number`, counted from 1, as PNG with its boxes drawn.

    Raises:
        UsageError: there is no such instruction, quote or page, or its original is gone.
    """
    with open_corpus(workspace).unit(read_only=True) as unit:
        item = review_item(unit, instruction_id)
    if not 1 <= number <= len(item.contexts):
        raise UsageError(f"{instruction_id} has {len(item.contexts)} quotes, and so no quote {number}")
    evidence = item.contexts[number - 1].evidence
    return _drawn(workspace, evidence.document, evidence.source, evidence.address)


def _drawn(workspace: Workspace, document: str, source: str, address: Address) -> bytes:
    with open_corpus(workspace).unit(read_only=True) as unit:
        stored = document_by_id(unit, document, source)
    if stored is None or address.page is None:
        raise UsageError("there is no page to show; only PDFs and what is quoted from them have pages")
    from pedcorpus.parse.page_image import render_page  # loads pymupdf, which showing text does not need

    boxes = [box for box in address.boxes if box.page == address.page]
    return render_page(original_bytes(workspace, stored), address.page, boxes)


def _page_of(shown: ReviewItem | ShelfPassage | ShelfTriple) -> tuple[str, str, Address]:
    if isinstance(shown, ShelfPassage):
        return shown.passage.document, shown.source.id, shown.passage.address
    if isinstance(shown, ShelfTriple):
        return shown.triple.document, shown.source.id, shown.triple.address
    cited = [context.evidence for context in shown.contexts]
    first = next((evidence for evidence in cited if evidence.address.page is not None), cited[0])
    return first.document, first.source, first.address
