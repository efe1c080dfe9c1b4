"""What reading text PDFs costs and how rightly it is done, on shelves of 100 and 1,000 generated pages.

Run `python -m benchmarks.parse_pdf`; one page in five has a table. The figure against pymupdf4llm needs the [bench]
extra; the one on a printed paper needs a PDF in `../shared/data`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, report
from benchmarks.pdf_cost import length_figures, paper_figures, shelf_figures
from benchmarks.pdf_quality import quality_figures

_SHELVES = ((100, 4, 0), (1_000, 8, 4))
"""Pages, books, first seed."""


def figures() -> Iterator[Figure]:
    """All figures, those about cost first."""
    with tempfile.TemporaryDirectory() as folder:
        for pages, _, _ in _SHELVES:
            yield from shelf_figures(Path(folder), pages)
        yield from paper_figures(Path(folder))
        yield from length_figures(Path(folder))
    for pages, books, seed in _SHELVES:
        yield from quality_figures(pages, books=books, first_seed=seed)


if __name__ == "__main__":
    sys.exit(report(figures()))
