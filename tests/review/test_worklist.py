from __future__ import annotations

import pytest

from pedcorpus.records import Severity
from pedcorpus.review import Queue, QueueEntry, Worklist


def entry(name):
    return QueueEntry(name, "medkqa", "腹泻", "book", Severity.PASS, "")


def loaded(names="abcd", *, has_more=False):
    matching = 900 if has_more else len(names)
    return Worklist.of(Queue(tuple(map(entry, names)), matching, has_more=has_more))


@pytest.fixture
def worklist():
    return loaded()


def shown(worklist):
    return "".join(entry.id for entry in worklist.shown)


def test_the_next_entry_moves_up_when_the_current_one_is_decided(worklist):
    after = worklist.at("b").without({"b"})
    assert (shown(after), after.current.id, after.matching) == ("acd", "c", 3)


def test_deciding_the_last_entry_goes_back_to_the_one_before(worklist):
    assert worklist.at("d").without({"d"}).current.id == "c"


def test_dropping_earlier_entries_leaves_the_cursor_on_its_own(worklist):
    assert worklist.at("c").without({"a", "b"}).current.id == "c"


def test_an_empty_list_has_no_current_entry():
    assert Worklist().moved(1).current is None


def test_what_is_put_off_waits_at_the_end(worklist):
    after = worklist.deferred("a")
    assert (shown(after), after.current.id, after.shown[-1].deferred) == ("bcda", "b", True)


def test_what_is_put_off_is_past_the_end_of_what_is_loaded():
    after = loaded(has_more=True).deferred("a")
    assert (shown(after), after.matching) == ("bcd", 900)


def test_what_is_undone_comes_back_where_the_reviewer_stands(worklist):
    after = worklist.at("c").without({"a"}).with_back(entry("a"))
    assert (shown(after), after.current.id, after.matching) == ("bacd", "a", 4)


def test_what_is_undone_is_there_once_though_it_was_put_off(worklist):
    assert shown(worklist.deferred("a").with_back(entry("a"))) == "abcd"


@pytest.mark.parametrize(("steps", "at"), [(1, "b"), (-1, "a"), (99, "d")])
def test_the_cursor_stays_inside_the_list(worklist, steps, at):
    assert worklist.moved(steps).current.id == at


def test_the_entries_ahead_are_read_next(worklist):
    assert worklist.at("b").ahead(2) == ("b", "c")
    assert worklist.at("d").ahead(2) == ("d",)


@pytest.mark.parametrize(("has_more", "at", "is_low"), [(True, "a", False), (True, "c", True), (False, "d", False)])
def test_a_list_is_low_when_few_are_left_and_there_are_more(has_more, at, is_low):
    assert loaded(has_more=has_more).at(at).is_low(3) is is_low
