import pytest

from pedcorpus.corpus.pace import Pace


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("pedcorpus.corpus.pace.time", made)
    return made


def waited(pace: Pace, clock: Clock) -> float:
    began = clock.now
    pace.give_way()
    return clock.now - began


def test_who_is_alone_writes_at_full_speed(clock: Clock) -> None:
    pace = Pace()
    for _ in range(5):
        assert waited(pace, clock) == 0
        clock.sleep(0.05)
        pace.note(0.05, among_others=False)


def test_who_writes_unit_after_unit_among_others_leaves_them_three_quarters_of_the_time(clock: Clock) -> None:
    pace = Pace()
    pace.note(0.1, among_others=True)
    assert waited(pace, clock) == pytest.approx(0.3)


def test_who_writes_once_in_a_while_is_not_held_up(clock: Clock) -> None:
    pace = Pace()
    pace.note(0.1, among_others=True)
    clock.sleep(0.3)
    assert waited(pace, clock) == 0


def test_a_long_unit_is_not_followed_by_a_long_wait(clock: Clock) -> None:
    pace = Pace()
    pace.note(20.0, among_others=True)
    assert waited(pace, clock) == pytest.approx(0.5)


def test_others_who_have_left_are_given_way_no_more(clock: Clock) -> None:
    pace = Pace()
    pace.note(0.01, among_others=True)
    clock.sleep(2.5)
    pace.note(0.01, among_others=False)
    assert waited(pace, clock) == 0
