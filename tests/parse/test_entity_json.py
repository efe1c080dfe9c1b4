"""Graphs kept as JSON, one object an entity."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original

Make = Callable[..., Original]
ENTITY = {
    "_id": {"$oid": "5bb5"},
    "name": "肺炎",
    "desc": "肺炎是肺部的炎症。\n多由感染引起，冬季多见。",
    "symptom": ["发热", "咳嗽"],
    "recommand_drug": "阿莫西林 头孢克洛",
    "get_way": "飞沫",
    "cure_department": ["儿科"],
}


def test_lists_become_triples_and_texts_passages(original: Make) -> None:
    parsed = parse_original(original("a.json", json.dumps([ENTITY], ensure_ascii=False), "graph"))
    assert [(one.relation, one.tail) for one in parsed.triples] == [
        ("has_symptom", "发热"),
        ("has_symptom", "咳嗽"),
        ("treated_by", "阿莫西林"),
        ("treated_by", "头孢克洛"),
        ("transmitted_by", "飞沫"),
        ("belongs_to_department", "儿科"),
    ]
    assert [one.text for one in parsed.passages] == ["肺炎是肺部的炎症。", "多由感染引起，冬季多见。"]
    assert parsed.passages[0].address.heading_path == ("肺炎", "desc")


def test_a_bad_line_is_a_failure_with_its_number(original: Make) -> None:
    text = "\n".join([json.dumps(ENTITY), "{broken", '{"symptom": ["发热"]}', "[1]"])
    parsed = parse_original(original("a.jsonl", text, "graph"))
    assert parsed.triples[0].address.row == 1
    assert [one.where for one in parsed.failures] == ["a.jsonl:2", "a.jsonl:3", "a.jsonl:4"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("{not json", "invalid_json"), ('[{"a": 1}]', "missing_columns"), ("[" * 100_000, "invalid_json")],
)
def test_a_file_without_entities_is_refused(original: Make, text: str, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_original(original("a.json", text, "graph"))
    assert refused.value.reason == reason


def test_half_a_surrogate_pair_is_no_text(original: Make) -> None:
    (found,) = parse_original(original("a.json", '[{"name": "肺炎\\ud800", "symptom": "发热"}]', "graph")).triples
    assert found.head == "肺炎"
