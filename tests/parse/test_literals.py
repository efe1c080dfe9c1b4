"""Python literals are data, bounded in size and depth."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.parse.literals import literal_items, nested_value, read_literal

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.text(), VALUES, max_size=3), min_size=1, max_size=5))
def test_every_item_of_a_printed_list_comes_back(rows: list[dict[str, object]]) -> None:
    assert [read_literal(item) for item, _ in literal_items(repr(rows))] == rows


@given(st.text())
def test_no_text_does_more_than_fail(text: str) -> None:
    list(literal_items(text))
    with suppress(ValueError):
        read_literal(text)


@pytest.mark.parametrize(
    "text", ["__import__('os')", "open('x')", "1 +", "[" * 41 + "]" * 41, "'" + "x" * 1_000_001 + "'"]
)
def test_what_is_no_plain_data_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_literal(text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("[1]", [1]), ("['a']", ["a"]), ("[疼痛]很重", "[疼痛]很重"), ("{x", "{x"), ("text", "text"), (3, 3)],
)
def test_a_text_that_holds_a_value_gives_it(value: object, expected: object) -> None:
    assert nested_value(value) == expected
