import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from pedcorpus.corpus import Leases

IDS = list("abcdef")


class Clock:
    """Seconds that pass when told to."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def seat(tmp_path: Path, clock: Clock) -> Callable[[str], Leases]:
    """Makes a reviewer's seat at one file of leases."""
    return lambda reviewer: Leases(tmp_path / "leases.sqlite", reviewer, minutes=15, clock=clock)


def test_what_one_reviewer_has_is_nobody_elses(seat: Callable[[str], Leases]) -> None:
    assert seat("wang").take(IDS, enough=2) == ["a", "b"]
    li = seat("li")
    assert li.take(IDS, enough=2) == ["c", "d"]
    assert li.held() == {"a", "b"}


def test_what_is_not_asked_for_again_is_given_back(seat: Callable[[str], Leases]) -> None:
    wang = seat("wang")
    wang.take(IDS, enough=3)
    assert wang.take(["b", "c"], enough=3) == ["b", "c"]
    assert seat("li").take(IDS, enough=2) == ["a", "d"]


def test_a_lease_ends_by_itself_unless_it_is_renewed(seat: Callable[[str], Leases], clock: Clock) -> None:
    wang, li = seat("wang"), seat("li")
    wang.take(["a", "b"], enough=2)
    clock.now += 14 * 60
    wang.take(["a"], enough=1)
    clock.now += 2 * 60
    assert li.take(["a", "b"], enough=2) == ["b"]


def test_closing_gives_everything_back(seat: Callable[[str], Leases]) -> None:
    wang = seat("wang")
    wang.take(IDS, enough=2)
    wang.close()
    assert seat("li").take(IDS, enough=2) == ["a", "b"]


def test_as_many_hold_an_item_as_are_to_read_it(seat: Callable[[str], Leases]) -> None:
    for reviewer in ("wang", "li"):
        assert seat(reviewer).take(["a"], enough=1, readers_of=lambda _: 2) == ["a"]
    third = seat("zhao")
    assert third.take(["a"], enough=1, readers_of=lambda _: 2) == []
    assert third.held(readers_of=lambda _: 2) == {"a"}
    assert third.held(readers_of=lambda _: 3) == frozenset()


def test_one_reviewer_may_sit_at_two_screens_and_is_told(seat: Callable[[str], Leases]) -> None:
    seat("wang").take(["a"], enough=1)
    second = seat("wang")
    assert second.take(["a"], enough=1) == ["a"]
    assert second.take(["a"], enough=1) == ["a"]
    assert second.troubles() == ["also_elsewhere"]
    assert second.troubles() == []


def test_a_clock_that_went_back_freezes_nothing_and_is_told(seat: Callable[[str], Leases], clock: Clock) -> None:
    seat("wang").take(["a"], enough=1)
    clock.now -= 3 * 3600
    li = seat("li")
    assert li.take(["a"], enough=1) == ["a"]
    assert li.troubles() == ["clock_went_back"]


def test_a_clock_that_is_set_right_by_a_second_keeps_leases(seat: Callable[[str], Leases], clock: Clock) -> None:
    seat("wang").take(["a"], enough=1)
    clock.now -= 1
    li = seat("li")
    assert li.take(["a"], enough=1) == []
    assert li.troubles() == []


def test_a_lost_file_is_made_anew_and_told(seat: Callable[[str], Leases], tmp_path: Path) -> None:
    wang = seat("wang")
    wang.take(["a"], enough=1)
    for path in tmp_path.glob("leases.sqlite*"):
        path.unlink()
    assert wang.take(["a", "b"], enough=2) == ["a", "b"]
    assert wang.troubles() == ["leases_lost"]
    assert seat("li").take(["a", "b", "c"], enough=1) == ["c"]


@pytest.mark.parametrize("content", [b"not a database at all, but text " * 40, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_file_is_made_anew_and_told(seat: Callable[[str], Leases], tmp_path: Path, content: bytes) -> None:
    (tmp_path / "leases.sqlite").write_bytes(content)
    wang = seat("wang")
    assert wang.take(["a"], enough=1) == ["a"]
    assert wang.troubles() == ["leases_lost"]
    assert seat("li").take(["a"], enough=1) == []


def test_a_locked_file_holds_nobody_up(seat: Callable[[str], Leases], tmp_path: Path) -> None:
    seat("zhao").take(["a"], enough=1)
    wang = seat("wang")
    holder = sqlite3.connect(tmp_path / "leases.sqlite", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert wang.take(["a"], enough=1) == ["a"]
    assert wang.held() == frozenset()
    assert wang.troubles() == ["leases_unusable"]
    holder.execute("ROLLBACK")
    holder.close()
    assert wang.take(["a"], enough=1) == []


def test_where_no_file_can_be_made_everything_is_free(tmp_path: Path) -> None:
    leases = Leases(tmp_path / "gone" / "leases.sqlite", "wang", minutes=15)
    assert leases.take(IDS, enough=2) == ["a", "b"]
    leases.close()
    assert leases.troubles() == ["leases_unusable"]


def test_a_folder_that_vanishes_stops_nothing(seat: Callable[[str], Leases], tmp_path: Path) -> None:
    wang = seat("wang")
    wang.take(["a"], enough=1)
    shutil.rmtree(tmp_path)
    assert wang.take(["a"], enough=1) == ["a"]
