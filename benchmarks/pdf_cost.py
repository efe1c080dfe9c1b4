"""What reading PDFs costs: against pymupdf4llm, against a bare loop of the library, by length of the book.

Costs are CPU seconds, taken side by side in processes that take turns; the machine's clock is no party to it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pymupdf

from benchmarks.figures import Figure
from benchmarks.pdf_books import LAYOUTS, REAL, make_shelf, repeated
from benchmarks.pdf_worker import Cost, cost_of, costs_of

__all__ = ["length_figures", "paper_figures", "shelf_figures"]

_PEER_PAGES = 12
"""Pages on which pymupdf4llm is measured: it reads about two in a CPU second."""
_ROUNDS = 5
_TIMES_PEER, _TIMES_BARE, _FLAT = 20.0, 2.0, 1.15


class _Way(NamedTuple):
    """How long books are read."""

    how: str
    name: str
    sizes: Sequence[int]
    """Pages, the shortest book's first: the others are held against it."""
    flat_memory: float


_WAYS = (
    _Way("parser", "PDF", (100, 1_000, 10_000), 1.25),
    _Way("ingest", "PDF, file to corpus", (1_000, 10_000), 1.5),
)
_LONG = 10_000
"""Pages from which one round has to do."""


def shelf_figures(folder: Path, pages: int) -> Iterator[Figure]:
    """Figures on a shelf of `pages` pages; `folder` is for the files that are measured on."""
    shelf = _saved(folder, "shelf", [book.data for book in make_shelf(pages, books=LAYOUTS, first_seed=0)])
    yield from _against_peer(folder, shelf, f"{pages} generated pages")
    plain = [book.data for book in make_shelf(pages, books=LAYOUTS, first_seed=0, tables=False)]
    yield _against_bare(_saved(folder, "plain", plain), f"{pages} generated pages without tables")


def paper_figures(folder: Path) -> Iterator[Figure]:
    """Figures on the printed papers beside the checkout, none of which has a table."""
    papers = sorted(REAL.glob("*.pdf"))
    if not papers:
        print("PDF, a printed paper: left out, there is none beside the checkout")
        return
    yield from _against_peer(folder, papers, "a printed paper")
    yield _against_bare(papers, "a printed paper")


def _saved(folder: Path, name: str, files: Sequence[bytes]) -> list[Path]:
    paths = [folder / f"{name}-{number}.pdf" for number in range(len(files))]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    return paths


def _total(how: str, files: Sequence[Path]) -> Cost:
    """What all `files` cost, each in its own process."""
    return _sum([cost_of(how, file, times=1 if how == "peer" else _ROUNDS) for file in files])


def _sum(costs: Sequence[Cost]) -> Cost:
    pages, cpu_s = sum(one.pages for one in costs), sum(one.cpu_s for one in costs)
    return Cost(pages, cpu_s, max(one.peak_bytes for one in costs))


def _against_peer(folder: Path, files: Sequence[Path], what: str) -> Iterator[Figure]:
    if importlib.util.find_spec("pymupdf4llm") is None:
        print(f"pages per CPU-second, {what}: left out, pymupdf4llm is not installed; install pedcorpus[bench]")
        return
    sampled = [_sample(folder, file, _PEER_PAGES // len(files)) for file in files]
    ours, peer = _total("parser", files), _total("peer", sampled)
    name = f"PDF, {what}, against pymupdf4llm"
    yield Figure(name, 1 / ours.page_s, 1 / peer.page_s, _TIMES_PEER, unit="pages per CPU-s")


def _sample(folder: Path, file: Path, count: int) -> Path:
    """So many pages of `file`, evenly taken, as a file."""
    with pymupdf.open(file) as document:
        step = max(document.page_count // count, 1)
        document.select(list(range(0, document.page_count, step))[:count])
        sample = folder / f"sample-{file.stem}.pdf"
        document.save(sample, garbage=3)
    return sample


def _against_bare(files: Sequence[Path], what: str) -> Figure:
    both = [costs_of(["parser", "text"], file, times=_ROUNDS) for file in files]
    ours, bare = _sum([one for one, _ in both]), _sum([other for _, other in both])
    name = f"PDF, {what}, against get_text alone"
    return Figure(name, 1e3 * ours.page_s, 1e3 * bare.page_s, _TIMES_BARE, at_least=False, unit="CPU-ms a page")


def length_figures(folder: Path) -> Iterator[Figure]:
    """Cost of a page and peak memory without the file's bytes, of longer books against a shorter one."""
    books = {size: _saved(folder, f"book-{size}", [repeated(size)])[0] for size in (100, 1_000, 10_000)}
    for way in _WAYS:
        yield from _along(way, books)


def _along(way: _Way, books: Mapping[int, Path]) -> Iterator[Figure]:
    costs = {}
    for pages in way.sizes:
        cost = cost_of(way.how, books[pages], times=_ROUNDS if pages < _LONG else 1)
        costs[pages] = 1e3 * cost.page_s, (cost.peak_bytes - books[pages].stat().st_size) / 1e6
    shortest = way.sizes[0]
    (page_ms, peak_mb), longer = costs[shortest], [(pages, *costs[pages]) for pages in way.sizes[1:]]
    for pages, value, _ in longer:
        name = f"{way.name}, a page in {pages} against one in {shortest}"
        yield Figure(name, value, page_ms, _FLAT, at_least=False, unit="CPU-ms")
    for pages, _, value in longer:
        name = f"{way.name}, peak memory on {pages} pages against {shortest}"
        yield Figure(name, value, peak_mb, way.flat_memory, at_least=False, unit="MB beside the file")
