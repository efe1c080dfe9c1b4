"""JSON is taken value by value, each with its place."""

from __future__ import annotations

import json

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse.json_scan import scan_json

LISTS = ("graphs", "nodes", "edges")


@pytest.mark.parametrize("indent", [None, 1])
def test_members_of_the_lists_come_before_the_rest(indent: int | None) -> None:
    value = {"graphs": [{"id": "g", "nodes": [{"id": 1}, [2]], "edges": []}], "meta": {"nodes": [3]}}
    text = json.dumps(value, indent=indent)
    found = list(scan_json(text, "a.json", lists=LISTS))
    assert [(one.key, one.value) for one in found] == [
        ("nodes", {"id": 1}), ("nodes", [2]), ("graphs", {"id": "g"}), ("", {"meta": {"nodes": [3]}}),
    ]  # fmt: skip
    assert [json.loads(text[one.start : one.end]) for one in found[:2]] == [{"id": 1}, [2]]
    assert [one.line for one in found] == ([1, 1, 1, 1] if indent is None else [6, 9, 3, 1])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"a": 1}\n\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        ('{broken\n{"a": 2}\n', [None, {"a": 2}]),
        ('{"a": 1}', [{"a": 1}]),
        ('\n[{"a": 1},\n{"a": 2}]', [{"a": 1}, {"a": 2}]),
        ("[]", []),
    ],
)
def test_lines_and_arrays_are_told_apart(text: str, values: list[object]) -> None:
    found = list(scan_json(text, "a.json"))
    assert [one.value for one in found] == values
    assert all(text.split("\n")[one.line - 1] for one in found)


@pytest.mark.parametrize(
    "text", ["{", "[1", '{"a" 1}', '{"a": 1,}x', "x", "[" * 50_000, '[{"a": 1}] 2', '{"nodes": [1']
)
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        list(scan_json(text, "a.json", lists=LISTS))
    assert refused.value.reason == "invalid_json"
