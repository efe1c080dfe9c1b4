from __future__ import annotations

import pytest

from pedcorpus.records import Severity
from pedcorpus.review import QueueEntry, QueueFilter, Worklist

TASKS = {"a": "medkqa", "b": "evidiag", "c": "medkqa", "d": "evidiag"}


@pytest.fixture
def worklist():
    return Worklist.of(QueueEntry(name, task, "腹泻", "book", Severity.PASS, "") for name, task in TASKS.items())


def shown(worklist):
    return "".join(entry.id for entry in worklist.shown)


def test_the_next_entry_moves_up_when_the_current_one_is_decided(worklist):
    after = worklist.at("b").without("b")
    assert (shown(after), after.current.id) == ("acd", "c")


def test_deciding_the_last_entry_goes_back_to_the_one_before(worklist):
    assert worklist.at("d").without("d").current.id == "c"


def test_deciding_an_earlier_entry_leaves_the_cursor_on_its_own(worklist):
    assert worklist.at("c").without("a").current.id == "c"


def test_an_empty_list_has_no_current_entry():
    assert Worklist.of([]).moved(1).current is None


def test_what_is_put_off_waits_at_the_end(worklist):
    after = worklist.deferred("a")
    assert (shown(after), after.current.id, after.entries[-1].deferred) == ("bcda", "b", True)


@pytest.mark.parametrize(("steps", "at"), [(1, "b"), (-1, "a"), (99, "d")])
def test_the_cursor_stays_inside_the_list(worklist, steps, at):
    assert worklist.moved(steps).current.id == at


def test_a_filter_keeps_the_cursor_on_its_entry(worklist):
    filtered = worklist.at("d").filtered(QueueFilter(task="evidiag"))
    assert (shown(filtered), filtered.current.id) == ("bd", "d")


def test_a_decision_under_a_filter_is_gone_when_the_filter_goes(worklist):
    after = worklist.filtered(QueueFilter(task="evidiag")).without("b").filtered(QueueFilter())
    assert shown(after) == "acd"


def test_the_following_entry_is_the_one_to_fetch_next(worklist):
    assert worklist.following.id == "b"
    assert worklist.at("d").following is None
