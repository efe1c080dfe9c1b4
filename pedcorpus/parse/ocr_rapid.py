"""RapidOCR, of the [ocr] extra: PaddleOCR's models on onnxruntime, all of them inside the wheel.

One thread and one line at a time, so that a line's text and confidence depend on that line alone.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from pedcorpus.errors import InputError
from pedcorpus.parse.ocr import OcrLine, PageImage

__all__ = ["RapidEngine"]

_SETTINGS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,  # lines that stand on their head are left to the one who scans anew
    "Global.text_score": 0.0,  # an unsure line is a finding, not silence
    "Global.max_side_len": 6000,  # else a page is made smaller than its dots per inch say
    "Det.limit_type": "max",  # lines are looked for in a picture of this size and read in the whole one: that finds
    "Det.limit_side_len": 1600,  # the same at half the time and two thirds of the memory
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Rec.rec_batch_num": 1,
}
_NOISE = 0.35
"""Mean below which a line is no text but part of a picture."""
_MARGIN = 0.15
"""Heights of a line by which the place of a character is uncertain."""
_Corner = Sequence[float]


class RapidEngine:
    """RapidOCR for simplified and traditional Chinese and English."""

    name = "rapidocr"

    def __init__(self) -> None:
        self.version = version("rapidocr")

    @staticmethod
    def is_installed() -> bool:
        """Are the library and what its models run on there?"""
        return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None

    @cached_property
    def _library(self) -> Any:  # typed for every combination of its switches but ours
        from rapidocr import RapidOCR

        logging.getLogger("RapidOCR").handlers.clear()
        return RapidOCR(params=_SETTINGS)

    def read(self, image: PageImage) -> list[OcrLine]:
        import numpy as np

        pixels = np.frombuffer(image.samples, dtype=np.uint8).reshape(image.height, image.width, 3)
        blue_first = np.ascontiguousarray(pixels[:, :, ::-1])
        try:
            found = self._library(blue_first, return_word_box=True, return_single_char_box=True)
        except InputError:  # the file's time is up
            raise
        except Exception as error:  # the edge to a library that names no exceptions; one page must not end the book
            detail = (
                f"rapidocr could not read the page ({type(error).__name__}: {str(error)[:200]}); look at its picture"
            )
            raise InputError(self.name, "ocr_failed", detail) from error
        if found.boxes is None or found.txts is None:
            return []
        rows = zip(found.boxes, found.txts, found.scores, found.word_results, strict=True)
        lines = (_line(corners, text, float(score), characters) for corners, text, score, characters in rows)
        return [line for line in lines if line is not None]


def _line(corners: Sequence[_Corner], text: str, score: float, characters: Sequence[Any]) -> OcrLine | None:
    """A line, its box straightened; none for noise and for lines that run upwards or downwards."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = ((float(x), float(y)) for x, y in corners)
    if score < _NOISE or not text.strip() or math.dist((ax, ay), (dx, dy)) > 1.5 * math.dist((ax, ay), (bx, by)):
        return None
    digits = [float(sure) for character, sure, *_ in characters if character.isdigit()]
    left, right = _ink(characters, margin=_MARGIN * (dy - ay))
    return OcrLine(
        text.strip(),
        max(min(ax, dx), left),
        (ay + by) / 2,
        min(max(bx, cx), right),
        (cy + dy) / 2,
        round(min([score, *digits]), 3),
    )


def _ink(characters: Sequence[Any], *, margin: float) -> tuple[float, float]:
    """Between where a line's characters are thought to stand: its box may reach far into the next column's gutter."""
    boxes = [box for *_, box in characters if box is not None]
    if not boxes:
        return -math.inf, math.inf
    return min(float(x) for x, _ in boxes[0]) - margin, max(float(x) for x, _ in boxes[-1]) + margin
