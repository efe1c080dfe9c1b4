"""What an OCR engine is: the picture of a page in, its lines with place and confidence out; and which one reads.

An engine knows no PDF and no reading order: those are `scans` and `pdf_columns`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, Protocol

from pedcorpus.errors import MissingExtra

__all__ = [
    "OcrChoice",
    "OcrEngine",
    "OcrLine",
    "PageImage",
    "find_engine",
    "missing_engine",
    "ocr_signature",
]

OcrChoice = Literal["auto", "off", "rapidocr", "tesseract"]
"""`auto` takes RapidOCR where it is installed, else Tesseract with Chinese, else nothing."""


@dataclass(frozen=True)
class PageImage:
    """The picture of a page."""

    width: int
    height: int
    dpi: float
    samples: bytes
    """Rows from the top, three bytes a pixel: red, green, blue."""


class OcrLine(NamedTuple):
    """One line, or a part of one, as an engine reads it; coordinates are pixels from the picture's top left."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    """From 0 to 1: the lower of the line's mean and of its least sure digit, so that a long line hides no number."""


class OcrEngine(Protocol):
    """One OCR library."""

    name: str
    version: str

    def read(self, image: PageImage) -> list[OcrLine]:
        """Horizontal lines of the page, in no particular order; the same picture gives the same lines."""


@cache
def find_engine(choice: OcrChoice) -> OcrEngine | None:
    """The engine that `choice` means, made once a process; none where it is off or not installed."""
    from pedcorpus.parse.ocr_rapid import RapidEngine
    from pedcorpus.parse.ocr_tesseract import TesseractEngine

    if choice in ("auto", "rapidocr") and RapidEngine.is_installed():
        return RapidEngine()
    if choice in ("auto", "tesseract") and TesseractEngine.is_installed():
        return TesseractEngine()
    return None


def ocr_signature(choice: OcrChoice, dpi: int) -> str:
    """All that decides how a scan is read, as `rapidocr-3.10.0/200`; empty where nothing reads it."""
    engine = find_engine(choice)
    return f"{engine.name}-{engine.version}/{dpi}" if engine else ""


def missing_engine(choice: OcrChoice) -> str:
    """What to do where `find_engine` finds none, in words that follow a semicolon."""
    if choice == "off":
        return 'OCR is off: set ingest.ocr = "auto", then ingest again'
    if choice == "tesseract":
        return "install tesseract with its language chi_sim, then ingest again"
    return f"{MissingExtra('a scan', 'ocr')}, then ingest again"
