import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.spans import Spans

PLACES = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(PLACES, max_size=12), PLACES)
def test_they_answer_as_looking_at_each_would(spans, place):
    start, end = place
    found = Spans(spans)
    assert found.touch(start, end) == any(one < end and start < other for one, other in spans)
    assert found.exceed(start, end) == any(one <= start and end < other for one, other in spans)


@pytest.mark.parametrize("place", [(0, 1), (5, 9)])
def test_no_spans_touch_nothing(place):
    assert not Spans([]).touch(*place)
    assert not Spans([]).exceed(*place)
