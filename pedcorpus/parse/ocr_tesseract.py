"""Tesseract as an option: its program is run once a page, with the languages chi_sim and eng.

Its models are coarser than RapidOCR's (4 to 8 % of characters wrong where RapidOCR has 1), its pages cheaper.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from pedcorpus.errors import InputError
from pedcorpus.parse.joins import glue
from pedcorpus.parse.ocr import OcrLine, PageImage

__all__ = ["TesseractEngine", "read_words"]

_PROGRAM = "tesseract"
_TIMEOUT_S = 300
_WORD_LEVEL = "5"
_GAP = 1.5
"""Heights of a line: words that far apart are two lines side by side."""


class _Word(NamedTuple):
    line: tuple[str, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    text: str


class TesseractEngine:
    """The `tesseract` program on the path."""

    name = "tesseract"

    def __init__(self) -> None:
        self.version = _run("--version").split("\n", 1)[0].split()[-1]

    @staticmethod
    def is_installed() -> bool:
        """Is the program there, with simplified Chinese?"""
        return shutil.which(_PROGRAM) is not None and "chi_sim" in _languages()

    def read(self, image: PageImage) -> list[OcrLine]:
        languages = "+".join(one for one in ("chi_sim", "eng") if one in _languages())
        picture = b"P6 %d %d 255\n" % (image.width, image.height) + image.samples
        options = ("-l", languages, "--dpi", str(round(image.dpi)), "tsv")
        return list(read_words(_run("stdin", "stdout", *options, data=picture)))


@cache
def _languages() -> frozenset[str]:
    return frozenset(_run("--list-langs").split())


def _run(*arguments: str, data: bytes = b"") -> str:
    """What the program prints.

    Raises:
        InputError: it failed or took too long.
    """
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # its threads cost more than they save
    try:
        done = subprocess.run(
            [_PROGRAM, *arguments], input=data, capture_output=True, timeout=_TIMEOUT_S, check=True, env=one_thread
        )
    except (OSError, subprocess.SubprocessError) as error:
        detail = f"tesseract could not read the page ({type(error).__name__}); check the program, or use rapidocr"
        raise InputError(_PROGRAM, "ocr_failed", detail) from error
    return done.stdout.decode("utf-8", "replace")


def read_words(table: str) -> Iterator[OcrLine]:
    """Lines from the program's table of words (its `tsv` output)."""
    rows = (row.split("\t") for row in table.splitlines()[1:])
    words = (_word(row) for row in rows if len(row) == 12 and row[0] == _WORD_LEVEL and row[11].strip())
    for _, line in groupby(words, key=lambda word: word.line):
        for part in _parts(line):
            yield _joined(part)


def _word(row: list[str]) -> _Word:
    x0, y0, width, height = map(float, row[6:10])
    confidence = max(float(row[10]), 0.0) / 100
    return _Word(tuple(row[1:5]), x0, y0, x0 + width, y0 + height, confidence, row[11].strip())


def _parts(line: Iterable[_Word]) -> Iterator[list[_Word]]:
    """The words of a line, cut where a gutter or a table's empty space runs."""
    part: list[_Word] = []
    for word in line:
        if part and word.x0 - part[-1].x1 > _GAP * max(word.y1 - word.y0, 1.0):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _joined(words: list[_Word]) -> OcrLine:
    text = ""
    for word in words:
        text += glue(text, word.text) + word.text
    mean = sum(word.confidence * len(word.text) for word in words) / sum(len(word.text) for word in words)
    numbers = [word.confidence for word in words if any(map(str.isdigit, word.text))]
    return OcrLine(
        text,
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
        round(min([mean, *numbers]), 3),
    )
