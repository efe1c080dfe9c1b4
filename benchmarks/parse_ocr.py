"""How well scans are read: pages of generated books drawn at 200 dpi and read back by OCR.

Run `python -m benchmarks.parse_ocr [PAGES]`; it needs the [ocr] extra. The character error rate is the edit distance
between what the parser gives (headings and running text in the order of reading, running heads gone) and what was
set, over the length of the latter; width and spaces are folded, so that `～` read as `~` is no error.
"""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator

import pymupdf

from benchmarks.figures import Figure, report
from benchmarks.score import distance, stream_of
from benchmarks.shelf import make_book
from pedcorpus.parse import Original, ParseOptions, parse_original
from pedcorpus.records import Source, SourceKind

DPI = 200
LAYOUTS = {"one column": 0, "two columns": 1, "English": 3}
"""Layout of a book by its seed."""
MAX_ERROR = 0.02
MAX_CPU_S = 8.0


def scanned(data: bytes) -> bytes:
    """The same pages as pictures, as a scanner's JPEG compression leaves them."""
    book, scan = pymupdf.open(stream=data), pymupdf.open()
    for page in book:
        picture = page.get_pixmap(dpi=DPI).tobytes("jpg", jpg_quality=85)
        scan.new_page(width=page.rect.width, height=page.rect.height).insert_image(page.rect, stream=picture)
    return bytes(scan.tobytes())


def plain(texts: Iterable[str]) -> str:
    """Texts as compared: one width, no spaces."""
    return "".join(unicodedata.normalize("NFKC", "".join(texts)).split())


def figures(pages: int) -> Iterator[Figure]:
    """Error rate of each layout, then the cost of a page."""
    cpu_s = read = 0.0
    for name, seed in LAYOUTS.items():
        book = make_book(pages, seed=seed, tables=False)
        source = Source(id="bench", kind=SourceKind.TEXTBOOK, title="bench", language=book.language)
        original = Original(source, "scan.pdf", scanned(book.data), options=ParseOptions(ocr="rapidocr", ocr_dpi=DPI))
        start = time.process_time()
        parsed = parse_original(original)
        cpu_s, read = cpu_s + time.process_time() - start, read + book.pages
        truth = plain(text for _, text in book.truth.stream)
        error = distance(truth, plain(stream_of(parsed.passages))) / len(truth)
        yield Figure(f"OCR character error rate, {name}", error, MAX_ERROR, 1.0, at_least=False)
    yield Figure("OCR cost of a page", cpu_s / read, MAX_CPU_S, 1.0, at_least=False, unit="CPU-s")


if __name__ == "__main__":
    sys.exit(report(figures(int(sys.argv[1]) if len(sys.argv) > 1 else 2)))
