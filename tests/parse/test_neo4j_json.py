"""Graphs that Neo4j exports to JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from pedcorpus.parse import Original, parse_original
from tests.parse.graphs import facts

Make = Callable[..., Original]
NODES = [
    {"type": "node", "id": "0", "labels": ["Disease"], "properties": {"name": "肺炎", "cure_department": ["儿科"]}},
    {"type": "node", "id": "1", "labels": ["Symptom"], "properties": {"name": "发热"}},
]
RELATION = {
    "type": "relationship", "id": "0", "label": "HAS_SYMPTOM", "properties": {"频率": "常见"},
    "start": {"id": "0", "labels": ["Disease"]}, "end": {"id": "1", "labels": ["Symptom"]},
}  # fmt: skip
EXPECTED = [("肺炎", "belongs_to_department", "儿科"), ("肺炎", "has_symptom", "发热")]


def dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(map(dump, [*NODES, RELATION])) + "\n",
        dump([*NODES, RELATION]),
        json.dumps({"nodes": NODES, "rels": [RELATION]}, ensure_ascii=False, indent=1),
    ],
    ids=["lines", "array", "object"],
)
def test_each_layout_of_the_export_gives_the_same_graph(original: Make, text: str) -> None:
    parsed = parse_original(original("a.json", text, "graph"))
    assert (facts(parsed), parsed.failures) == (EXPECTED, ())
    assert (parsed.triples[1].tail_type, parsed.triples[1].attributes) == ("symptom", {"频率": "常见"})
    assert all(one.quote in text for one in parsed.triples)


def test_a_relationship_may_tell_the_names_of_its_ends_itself(original: Make) -> None:
    ends = {"start": NODES[0], "end": NODES[1]}
    parsed = parse_original(original("a.json", dump(RELATION | ends) + "\n", "graph"))
    assert ("肺炎", "has_symptom", "发热") in facts(parsed)


def test_a_row_that_is_neither_is_a_failure_with_its_line(original: Make) -> None:
    text = "\n".join([dump(NODES[0]), dump({"type": "relationship", "id": "3", "properties": {}}), "{broken"])
    parsed = parse_original(original("a.jsonl", text, "graph"))
    assert [(one.where, one.reason) for one in parsed.failures] == [("a.jsonl:2", "bad_row"), ("a.jsonl:3", "bad_row")]
