"""Graphs kept as JSON, one object an entity."""

from __future__ import annotations

import csv
import io
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


HEADERS = {
    "疾病名称": "name", "疾病简介": "desc", "所属目录": "ignore", "症状列表": "symptom", "推荐药": "recommand_drug",
    "传染性": "get_way", "挂什么科": "cure_department",
}  # fmt: skip


def test_the_chinese_table_of_the_same_graph_is_the_same_by_its_header_map(original: Make) -> None:
    entity = {key: value for key, value in ENTITY.items() if key != "_id"}
    row = [entity["name"], entity["desc"], "['百科', '内科']", "['发热', '咳嗽']", "阿莫西林 头孢克洛", "飞沫", "儿科"]
    table = io.StringIO()
    csv.writer(table).writerows([HEADERS, row])
    one = parse_original(original("a.json", json.dumps(entity, ensure_ascii=False), "graph"))
    other = parse_original(original("a.csv", table.getvalue(), "graph", **HEADERS))
    assert {(t.head, t.relation, t.tail) for t in one.triples} == {(t.head, t.relation, t.tail) for t in other.triples}
    assert [p.text for p in one.passages] == [p.text for p in other.passages]
    assert other.failures == ()


def test_an_object_may_be_a_statement(original: Make) -> None:
    text = '[\n {"subject": "肺炎", "predicate": "症状", "object": "发热, 持续"}\n]'
    (found,) = parse_original(original("a.json", text, "graph")).triples
    assert (found.head, found.relation, found.tail, found.address.row) == ("肺炎", "has_symptom", "发热, 持续", 2)
    assert found.quote in text


def test_breadcrumbs_and_prices_are_no_parents_and_no_lists(original: Make) -> None:
    text = '[{"name": "肺炎", "category": ["疾病百科"], "cost_money": "各医院不同，约（5000元）"}]'
    assert [(one.relation, one.tail) for one in parse_original(original("a.json", text, "graph")).triples] == [
        ("category", "疾病百科"),
        ("cost_money", "各医院不同，约（5000元）"),
    ]
