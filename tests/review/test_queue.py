from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.records import Severity
from pedcorpus.review import QueueEntry, QueueFilter, queue_order

ENTRY = QueueEntry("1", "medkqa", "热性惊厥", "book", Severity.PASS, "", question="多大时容易发作 ABC？")

entries = st.lists(
    st.builds(
        QueueEntry,
        id=st.uuids().map(str),
        task=st.sampled_from(["medkqa", "evidiag"]),
        topic=st.just("川崎病"),
        source=st.sampled_from(["book", "graph"]),
        severity=st.sampled_from(Severity),
        reason=st.just(""),
        deferred=st.booleans(),
        drawn=st.booleans(),
    ),
    max_size=30,
    unique_by=lambda entry: entry.id,
)


@given(entries, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_how_entries_come_in(queue, random):
    shuffled = random.sample(queue, len(queue))
    assert queue_order(queue) == queue_order(shuffled)


@given(entries)
def test_risk_never_rises_and_what_was_put_off_is_last(queue):
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.PASS: 2}
    places = [(entry.deferred, rank[entry.severity]) for entry in queue_order(queue)]
    assert places == sorted(places)


def test_of_equal_risk_what_a_plan_has_drawn_comes_first():
    drawn = replace(ENTRY, id="drawn", drawn=True)
    others = [replace(ENTRY, id=str(number)) for number in range(20)]
    risky = replace(ENTRY, id="risky", severity=Severity.WARNING)
    put_off = replace(drawn, id="put off", deferred=True)
    order = [entry.id for entry in queue_order([*others, put_off, drawn, risky])]
    assert (order[:2], order[-1]) == (["risky", "drawn"], "put off")


def test_equal_risk_mixes_sources():
    queue = [replace(ENTRY, id=f"{source}{n}", source=source) for source in ("book", "graph") for n in range(20)]
    first_half = [entry.source for entry in queue_order(queue)[:20]]
    assert 5 <= first_half.count("book") <= 15


@pytest.mark.parametrize(
    ("wanted", "admitted"),
    [
        (QueueFilter(), True),
        (QueueFilter(text="惊厥"), True),
        (QueueFilter(text="多大时 abc"), True),
        (QueueFilter(text="ＡＢＣ"), True),
        (QueueFilter(text="川崎"), False),
        (QueueFilter(text="惊厥 川崎"), False),
        (QueueFilter(task="medkqa", source="book"), True),
        (QueueFilter(task="evidiag"), False),
        (QueueFilter(source="graph"), False),
    ],
)
def test_a_filter_admits_what_matches_all_its_parts(wanted, admitted):
    assert wanted.admits(ENTRY) is admitted
