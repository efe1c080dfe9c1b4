"""Graphs kept as Cypher scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pedcorpus.parse import Original, parse_original
from tests.parse.graphs import assert_verbatim, facts

Make = Callable[..., Original]
SYMPTOM = ("肺炎", "has_symptom", "发热")
EXPORT = """:begin
CREATE CONSTRAINT UNIQUE_IMPORT_NAME FOR (node:`UNIQUE IMPORT LABEL`) REQUIRE (node.`UNIQUE IMPORT ID`) IS UNIQUE;
:commit
UNWIND [{_id:3, properties:{name:"肺炎", cost:-1.5}}, {_id:5, properties:{name:"麻疹"}}] AS row
CREATE (n:`UNIQUE IMPORT LABEL`{`UNIQUE IMPORT ID`: row._id}) SET n += row.properties SET n:Disease;
UNWIND [{_id:4, properties:{name:"发热"}}] AS row
CREATE (n:`UNIQUE IMPORT LABEL`{`UNIQUE IMPORT ID`: row._id}) SET n += row.properties SET n:Symptom;
UNWIND [{start: {_id:3}, end: {_id:4}, properties:{}},
  {start: {_id:5}, end: {_id:4}, properties:{freq:"常见"}}] AS row
MATCH (start:`UNIQUE IMPORT LABEL`{`UNIQUE IMPORT ID`: row.start._id})
MATCH (end:`UNIQUE IMPORT LABEL`{`UNIQUE IMPORT ID`: row.end._id})
CREATE (start)-[r:HAS_SYMPTOM]->(end) SET r += row.properties;
MATCH (n:`UNIQUE IMPORT LABEL`) WITH n LIMIT 20000 REMOVE n:`UNIQUE IMPORT LABEL`;
"""


@pytest.mark.parametrize(
    "text",
    [
        "MERGE (a:Disease {name:\"肺炎\"})-[:HAS_SYMPTOM]->(b:Symptom {name:'发热'});",
        "CREATE (b:Symptom {name:'发热'})<-[:`症状` {note: 'a;b'}]-(a:Disease {name:'肺炎'}) // ; a comment\n;",
        "MATCH (a:Disease {name:'肺炎'}), (b:Symptom {name:'发热'}) MERGE (a)-[:has_symptom]->(b);",
        "match(p:Disease),(q:Symptom) where p.name='肺炎' and q.name='发热' create (p)-[r:症状{name:'症状'}]->(q)",
        "CREATE (a:Disease {id: 1, name: '肺炎'})\nCREATE (b:Symptom {id: 1, name: '发热'})\n"
        "MATCH (a:Disease {id: 1}), (b:Symptom {id: 1})\nCREATE (a)-[:RELATION {type: '临床表现'}]->(b)\n",
        "MERGE (a:Disease {id: 1}) ON CREATE SET a.name = '肺炎', a.seen = date('2020-01-01');\n"
        "MERGE (b:Symptom {name: '\\u53d1热'}) MERGE (c:Disease {id: 1}) MERGE (c)-[:HAS_SYMPTOM]->(b);",
    ],
    ids=["path", "turned", "match", "where", "no-semicolons", "set"],
)
def test_statements_of_each_kind_say_the_same(original: Make, text: str) -> None:
    parsed = parse_original(original("a.cypher", text, "graph"))
    assert SYMPTOM in facts(parsed)
    (found,) = [one for one in parsed.triples if one.relation == "has_symptom"]
    assert (found.head_type, found.tail_type, parsed.failures) == ("disease", "symptom", ())
    assert found.quote in text


def test_an_apoc_export_is_read_row_by_row(original: Make) -> None:
    made = original("a.cypher", EXPORT, "graph")
    parsed = parse_original(made)
    assert facts(parsed) == [("肺炎", "cost", "-1.5"), SYMPTOM, ("麻疹", "has_symptom", "发热")]
    assert [(one.address.row, one.attributes) for one in parsed.triples[1:]] == [(8, {}), (9, {"freq": "常见"})]
    assert parsed.triples[1].address.heading_path == ("肺炎", "发热")
    assert_verbatim(made, parsed)


def test_a_node_s_properties_are_statements_and_texts(original: Make) -> None:
    text = "CREATE (:Disease {name:'肺炎', symptom:['发热','咳嗽'], desc:'肺炎是肺部的炎症。多由感染引起。'});"
    parsed = parse_original(original("a.cypher", text, "graph"))
    assert facts(parsed) == [SYMPTOM, ("肺炎", "has_symptom", "咳嗽")]
    assert [one.address.heading_path for one in parsed.passages] == [("肺炎", "desc")]


@pytest.mark.parametrize(
    "bad",
    [
        "LOAD CSV FROM 'a.csv' AS row MERGE (a:X {name: row.a});",
        "MERGE (a:X {name: 'b'}",
        "MERGE (a:X {name: ['b'});",
        "MERGE (a:X {name: " + "[" * 5_000 + "});",
        "CREATE (a)-[:R {b c}]->(d);",
        "MERGE (a:X {name: 'left open);",
    ],
    ids=["another-file", "cut", "crossed", "deep", "no-map", "open"],
)
def test_a_bad_statement_is_a_failure_with_its_line_and_the_rest_goes_on(original: Make, bad: str) -> None:
    good = "MERGE (a:Disease {name:'肺炎'})-[:HAS_SYMPTOM]->(b:Symptom {name:'发热'});\n"
    parsed = parse_original(original("a.cypher", f"{good}{bad}\n;{good.replace('发热', '咳嗽')}", "graph"))
    assert facts(parsed) == [SYMPTOM, ("肺炎", "has_symptom", "咳嗽")]
    assert [(one.where, one.reason) for one in parsed.failures] == [("a.cypher:2", "bad_statement")]


def test_a_relationship_to_a_node_that_is_nowhere_is_told(original: Make) -> None:
    text = "CREATE (:Disease {id: 1, name: '肺炎'});\nMATCH (a {id: 1}), (b {id: 9}) CREATE (a)-[:HAS_SYMPTOM]->(b);"
    parsed = parse_original(original("a.cypher", text + "\nCREATE (:Drug {name:'青霉素', price: 3});", "graph"))
    assert [one.reason for one in parsed.failures] == ["nameless_node"]
