"""Graphs in RDF that are no ontologies, and files that rdflib must not be trusted with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original
from pedcorpus.parse.limits import Limits
from tests.parse.graphs import OWL, assert_verbatim, facts

Make = Callable[..., Original]
KNOWLEDGE = """@prefix : <http://example.org/kg/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

:症状 rdfs:label "临床表现" .
:肺炎 a :疾病 ;
    rdfs:label "肺炎"@zh, "pneumonia"@en ;
    :症状 :发热, :咳嗽 ;
    :药物 "阿莫西林、头孢克洛" ;
    :简介 "肺炎是肺部的炎症。多由感染引起。" .
:发热 a :体征 .
:咳嗽 a :体征 .
"""


def test_a_graph_s_own_words_become_names_relations_and_texts(original: Make) -> None:
    made = original("a.ttl", KNOWLEDGE, "graph")
    parsed = parse_original(made)
    assert set(facts(parsed)) == {
        ("肺炎", "has_alias", "pneumonia"),
        ("肺炎", "treated_by", "阿莫西林"),
        ("肺炎", "treated_by", "头孢克洛"),
        ("肺炎", "has_symptom", "发热"),
        ("肺炎", "has_symptom", "咳嗽"),
    }
    assert [one.text for one in parsed.passages] == ["肺炎是肺部的炎症。多由感染引起。"]
    assert {one.head_type for one in parsed.triples} == {"disease"}
    assert [one.attributes for one in parsed.triples if one.relation == "has_alias"] == [{"language": "en"}]
    assert_verbatim(made, parsed)


def test_the_label_in_the_language_of_the_work_is_the_name(original: Make) -> None:
    text = '<http://e.org/DOID_2> <http://www.w3.org/2000/01/rdf-schema#label> "{}"@{} .\n'
    lines = text.format("pneumonia", "en") + text.format("肺炎", "zh")
    parsed = parse_original(original("a.nt", lines, "graph"))
    assert facts(parsed) == [("肺炎", "has_identifier", "DOID:2"), ("肺炎", "has_alias", "pneumonia")]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.owl", OWL.replace("</owl:Class>", "", 1), "invalid_xml"),
        (
            "a.owl",
            OWL.replace('obo "http://purl.obolibrary.org/obo/"', 'obo SYSTEM "file:///etc/hostname"'),
            "xml_entities",
        ),
        ("a.owl", OWL.replace("<!ENTITY obo", '<!ENTITY a "aa"><!ENTITY b "&a;&a;"><!ENTITY obo'), "xml_entities"),
        ("a.owl", OWL.replace("<!ENTITY obo", '<!ENTITY % p "x"><!ENTITY obo'), "xml_entities"),
        ("a.ttl", KNOWLEDGE + ":a :b ", "invalid_rdf"),
        ("a.ttl", KNOWLEDGE + ":a :b " + "[" * 20_000, "invalid_rdf"),
        ("a.ttl", "@prefix : <http://e.org/> .\n", "no_statements"),
    ],
    ids=["cut", "external", "nested", "parameter", "open", "deep", "empty"],
)
def test_a_hostile_or_broken_file_is_refused_with_its_reason(original: Make, name: str, text: str, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_original(original(name, text, "graph"))
    assert refused.value.reason == reason


def test_a_file_too_large_to_be_held_says_what_to_do(original: Make) -> None:
    made = replace(original("a.ttl", KNOWLEDGE, "graph"), limits=Limits(rdf_bytes=10))
    with pytest.raises(InputError, match="convert it to OBO") as refused:
        parse_original(made)
    assert refused.value.reason == "too_large"
