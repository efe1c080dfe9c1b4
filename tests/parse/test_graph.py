"""Statements are merged by what they say; the table of hashes that tells repeats is a set."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.parse.graph import _Seen, merge_statements
from pedcorpus.records import Address, Triple


def triple(head: str, tail: str, row: int) -> Triple:
    return Triple(document="d", head=head, relation="has_symptom", tail=tail, quote="q", address=Address(row=row))


@given(st.lists(st.integers(0, 1 << 64) | st.integers(0, 40).map(lambda low: low << 40), max_size=200))
def test_hashes_that_fall_on_one_place_are_told_apart(keys: list[int]) -> None:
    seen, known = _Seen(), set[int]()
    for key in (one % (1 << 64) or 1 for one in keys):
        assert seen.add(key) is (key not in known)
        known.add(key)


def test_a_table_of_hashes_grows() -> None:
    seen = _Seen()
    assert all(seen.add(key << 20) for key in range(1, 1_200))
    assert not any(seen.add(key << 20) for key in range(1, 1_200))


def test_each_statement_comes_once_under_its_first_spelling() -> None:
    found = [triple("HIV感染", "发热", 2), triple("ＨＩＶ感染", "发热", 3), triple("ＨＩＶ感染", "皮疹", 4)]
    assert [(one.head, one.tail, one.address.row) for one in merge_statements(found)] == [
        ("HIV感染", "发热", 2),
        ("HIV感染", "皮疹", 4),
    ]
