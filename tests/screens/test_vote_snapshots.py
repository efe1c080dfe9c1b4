"""How the voters' screen looks; `pytest tests/screens/test_vote_snapshots.py --snapshot-update` takes new pictures."""

from __future__ import annotations

import pytest

from pedcorpus.screens import VoteApp
from tests.screens.fake_ballot import FakeBallot
from tests.screens.settling import settled


def pressing(*keys):
    async def press(pilot):
        for key in (*keys, None):
            if key:
                await pilot.press(key)
            await settled(pilot)

    return press


WIDE, NARROW = (120, 36), (80, 24)


@pytest.mark.parametrize(
    ("language", "size", "keys"),
    [
        pytest.param("zh", WIDE, ("left", "equals_sign"), id="wide"),
        pytest.param("zh", NARROW, ("1", "enter"), id="narrow"),
        pytest.param("zh", WIDE, ("ctrl+s",), id="hand-in"),
        pytest.param("zh", NARROW, ("question_mark",), id="help"),
        pytest.param("en", NARROW, ("left",), id="english"),
        pytest.param("en", NARROW, ("question_mark",), id="english-help"),
        pytest.param("zh", WIDE, ("T",), id="light"),
    ],
)
def test_the_vote_looks_as_agreed(snap_compare, language, size, keys):
    app = VoteApp(FakeBallot(), language=language, clock=lambda: 0.0)
    assert snap_compare(app, terminal_size=size, run_before=pressing(*keys))


def test_a_session_handed_in_looks_as_agreed(snap_compare):
    app = VoteApp(FakeBallot(handed_in=True), clock=lambda: 0.0)
    assert snap_compare(app, terminal_size=NARROW, run_before=pressing())
