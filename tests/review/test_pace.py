from __future__ import annotations

import pytest

from pedcorpus.review import pace_per_hour


@pytest.mark.parametrize(
    ("decided", "elapsed_s", "pace"),
    [(37, 7400, 18), (3, 60, 180), (2, 600, None), (30, 59, None), (0, 0, None)],
)
def test_a_pace_is_said_only_when_it_means_something(decided, elapsed_s, pace):
    assert pace_per_hour(decided, elapsed_s=elapsed_s) == pace
