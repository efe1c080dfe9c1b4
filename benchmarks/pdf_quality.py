"""How rightly PDFs are read: order of characters, headings, cells of tables, captions and notes of generated books."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.pdf_books import make_shelf
from benchmarks.score import cell_scores, distance, headings_of, shares, stream_of
from benchmarks.shelf import Book
from pedcorpus.parse import Original, parse_original
from pedcorpus.records import Passage, PassageKind, Source, SourceKind

__all__ = ["quality_figures"]

_MAX_ERROR, _HEADINGS, _CELLS, _APART = 0.005, 0.98, 0.95, 0.98


def quality_figures(pages: int, *, books: int, first_seed: int) -> Iterator[Figure]:
    """Figures on a shelf of `books` books of `pages` pages in all; the worst book counts."""
    scores = [_scores(book) for book in make_shelf(pages, books=books, first_seed=first_seed)]
    shelf = f"{books} books of {pages // books} pages"
    for name, target in (("character order error", _MAX_ERROR),):
        worst = max(one[name] for one in scores)
        yield Figure(f"PDF {name}, worst of {shelf}", worst, target, 1.0, at_least=False)
    for name, target in _AT_LEAST.items():
        yield Figure(f"PDF {name}, worst of {shelf}", min(one[name] for one in scores), target, 1.0)


_AT_LEAST = {
    "heading recall": _HEADINGS,
    "heading precision": _HEADINGS,
    "table cells exact": _CELLS,
    "captions apart, recall": _APART,
    "captions apart, precision": _APART,
    "footnotes apart, recall": _APART,
    "footnotes apart, precision": _APART,
}


def _scores(book: Book) -> dict[str, float]:
    source = Source(id="bench", kind=SourceKind.TEXTBOOK, title="bench", language=book.language)
    found = parse_original(Original(source, "bench.pdf", book.data)).passages
    truth = "".join(text for _, text in book.truth.stream)
    headings = shares(headings_of(found), book.truth.headings)
    captions = shares(_texts(found, PassageKind.CAPTION), book.truth.captions)
    notes = shares(_texts(found, PassageKind.FOOTNOTE), book.truth.footnotes)
    tables = [[row.split(" | ") for row in text.split("\n")] for text in _texts(found, PassageKind.TABLE)]
    values = (*headings, cell_scores(tables, book.truth.tables), *captions, *notes)
    error = distance(truth, "".join(stream_of(found))) / len(truth)
    return {"character order error": error, **dict(zip(_AT_LEAST, values, strict=True))}


def _texts(passages: tuple[Passage, ...], kind: PassageKind) -> list[str]:
    return [one.text for one in passages if one.kind is kind]
