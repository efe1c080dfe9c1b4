from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.records import Box
from pedcorpus.screens.page_window import PageWindow

A4 = (595.0, 842.0)
CELLS = (70, 30)


def line(x0, y0, x1, *, height=13.0):
    return Box(page=1, x0=x0, y0=y0, x1=x1, y1=y0 + height, start=0, end=1)


def holds(window, x, y):
    left, top, right, bottom = window.region
    return left <= x <= right and top <= y <= bottom


@pytest.mark.parametrize(
    ("boxes", "seen"),
    [
        pytest.param([line(300, 400, 340)], (320, 406), id="a-few-words-stand-in-the-middle"),
        pytest.param([line(60, 400, 530)], (62, 406), id="a-long-line-is-seen-from-its-start"),
        pytest.param([line(60, 20 + 19 * n, 530) for n in range(40)], (62, 30), id="a-long-quote-from-its-first-line"),
        pytest.param([line(500, 820, 560)], (530, 826), id="the-corner"),
    ],
)
def test_the_box_is_in_view_at_a_readable_size(boxes, seen):
    window = PageWindow.around(boxes, page=A4, cells=CELLS)
    assert holds(window, *seen)
    assert window.column_pt == pytest.approx(13 / 7)


def test_without_boxes_the_page_is_seen_from_its_top_in_full_width():
    assert PageWindow.around([], page=A4, cells=CELLS).region[:3] == (0.0, 0.0, 595.0)


def test_zooming_out_ends_with_the_whole_page_in_the_middle():
    window = PageWindow.around([line(60, 400, 530)], page=A4, cells=CELLS).zoomed(0.001)
    left, top, right, bottom = window.region
    assert left < 0
    assert right > 595
    assert (left + right) / 2 == pytest.approx(595 / 2)
    assert (top, bottom) == (pytest.approx(0), pytest.approx(842))


def test_zooming_keeps_the_middle():
    window = PageWindow.around([line(300, 400, 340)], page=A4, cells=CELLS)
    nearer = window.zoomed(1.25)
    assert nearer.column_pt < window.column_pt
    assert sum(nearer.region[::2]) == pytest.approx(sum(window.region[::2]))


steps = st.one_of(
    st.tuples(st.just("moved"), st.tuples(st.floats(-300, 300), st.floats(-300, 300))),
    st.tuples(st.just("zoomed"), st.tuples(st.floats(0.01, 100))),
    st.tuples(st.just("resized"), st.tuples(st.integers(0, 300), st.integers(0, 100))),
)


@given(st.lists(steps, max_size=8))
def test_the_view_never_leaves_the_page(made):
    window = PageWindow.around([line(60, 400, 530)], page=A4, cells=CELLS)
    for name, values in made:
        window = getattr(window, name)(*values)
    left, top, right, bottom = window.region
    for start, end, whole in ((left, right, 595), (top, bottom, 842)):
        is_inside = start >= -1e-6 and end <= whole + 1e-6
        assert is_inside or (start + end) / 2 == pytest.approx(whole / 2)
