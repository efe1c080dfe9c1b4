"""RapidOCR's answers as lines; the library itself is only needed in `test_scans`."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse.ocr import OcrLine, PageImage
from pedcorpus.parse.ocr_rapid import RapidEngine

PAGE = PageImage(4, 4, 200, bytes(48))


def engine(answer: Any) -> RapidEngine:
    """The engine with `answer` in place of its library: what it returns, or raises."""

    def library(_pixels: Any, **_: Any) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer

    made = RapidEngine.__new__(RapidEngine)
    made.__dict__["_library"] = library
    return made


def answer(text: str, score: float, sure: list[float], box: tuple[int, int, int, int] = (100, 50, 300, 80)) -> Any:
    x0, y0, x1, y1 = box
    step = (x1 - x0) / len(text)
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    edges = [x0 + step * place for place in range(len(text) + 1)]
    words = [
        (one, certainty, [(left, y0), (right, y0), (right, y1), (left, y1)])
        for one, certainty, left, right in zip(text, sure, edges, edges[1:], strict=False)
    ]
    return SimpleNamespace(boxes=[corners], txts=(text,), scores=(score,), word_results=(words,))


def read(answered: Any) -> list[OcrLine]:
    return engine(answered).read(PAGE)


def test_the_least_sure_digit_is_the_line_s_confidence() -> None:
    (line,) = read(answer("每次5毫克", 0.98, [0.99, 0.99, 0.42, 0.6, 0.99]))
    assert (line.text, line.confidence) == ("每次5毫克", 0.42)


def test_a_box_that_reaches_into_the_gutter_ends_with_its_characters() -> None:
    wide = answer("每次五毫克", 0.98, [0.99] * 5)
    wide.boxes[0] = [(60, 50), (340, 50), (340, 80), (60, 80)]
    (line,) = read(wide)
    assert (line.x0, line.x1) == (95.5, 304.5)


@pytest.mark.parametrize(
    "answered",
    [
        pytest.param(answer("噪点", 0.2, [0.2, 0.2]), id="part of a picture"),
        pytest.param(answer("竖排", 0.99, [0.99, 0.99], (100, 50, 130, 400)), id="a line that runs downwards"),
        pytest.param(SimpleNamespace(boxes=None, txts=None, scores=None, word_results=()), id="empty page"),
    ],
)
def test_what_is_no_line_is_left_out(answered: Any) -> None:
    assert read(answered) == []


@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        pytest.param(RuntimeError("no memory"), "ocr_failed", id="the library's own error"),
        pytest.param(InputError("a.pdf", "too_slow", "took longer than 900 s"), "too_slow", id="the file's time is up"),
    ],
)
def test_an_error_is_one_of_the_page_unless_the_file_s_time_is_up(raised: Exception, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        read(raised)
    assert refused.value.reason == reason
