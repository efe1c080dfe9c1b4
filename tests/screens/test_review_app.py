from __future__ import annotations

import pytest

from pedcorpus.screens import ReviewApp, run_review
from tests.screens.fake_desk import FakeDesk


@pytest.mark.parametrize("code", [0, 1])
def test_a_review_that_fell_over_says_so_to_who_ran_it(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(ReviewApp, "run", lambda self: setattr(self, "_return_code", code))
    desk = FakeDesk()
    assert run_review(desk) == code
    assert desk.is_closed
