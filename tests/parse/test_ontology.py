"""The same ontology in several formats is the same graph."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pedcorpus.parse import Original, parse_original
from tests.parse.graphs import DEFINITION, OBO, OBOGRAPHS, OWL, TURTLE, assert_verbatim, facts, told

Make = Callable[..., Original]
FORMATS = {"a.obo": OBO, "a.json": OBOGRAPHS, "a.owl": OWL, "a.ttl": TURTLE}


@pytest.mark.parametrize("name", FORMATS)
def test_terms_synonyms_and_relations_are_statements(original: Make, name: str) -> None:
    parsed = parse_original(original(name, FORMATS[name], "graph"))
    assert set(facts(parsed)) == {
        ("lung disease", "has_identifier", "DOID:1"),
        ("pneumonia", "has_identifier", "DOID:2"),
        ("lung", "has_identifier", "UBERON:3"),
        ("pneumonia", "has_alias", 'lung "fever"'),
        ("pneumonia", "has_broad_synonym", "chest infection"),
        ("pneumonia", "is_a", "lung disease"),
        ("pneumonia", "located in", "lung"),
    }
    assert [(one.text, one.address.heading_path) for one in parsed.passages] == [
        (DEFINITION, ("pneumonia", "definition"))
    ]
    assert parsed.failures == ()


@pytest.mark.parametrize("name", FORMATS)
def test_formats_agree_in_types_identifiers_and_cross_references(original: Make, name: str) -> None:
    parsed = parse_original(original(name, FORMATS[name], "graph"))
    assert told(parsed) == told(parse_original(original("a.obo", OBO, "graph")))
    (identifier,) = [one for one in parsed.triples if one.tail == "DOID:2"]
    assert (identifier.attributes, identifier.head_type) == ({"xrefs": "MESH:D011014"}, "disease")
    (parent,) = [one for one in parsed.triples if one.relation == "is_a"]
    assert parent.attributes == {"head_id": "DOID:2", "tail_id": "DOID:1"}


@pytest.mark.parametrize("name", FORMATS)
def test_each_statement_is_quoted_from_its_line(original: Make, name: str) -> None:
    made = original(name, FORMATS[name], "graph")
    parsed = parse_original(made)
    assert_verbatim(made, parsed)
    (alias,) = [one for one in parsed.triples if one.relation == "has_broad_synonym"]
    assert alias.tail in alias.quote


def test_a_parent_without_a_name_is_told_and_left_out(original: Make) -> None:
    text = "format-version: 1.2\n\n[Term]\nid: DOID:2\nname: pneumonia\nis_a: DOID:9\n"
    parsed = parse_original(original("a.obo", text, "graph"))
    assert facts(parsed) == [("pneumonia", "has_identifier", "DOID:2")]
    assert [(one.reason, one.where) for one in parsed.failures] == [("nameless_node", "a.obo: DOID:9")]


def test_a_relation_without_a_name_is_called_by_its_identifier(original: Make) -> None:
    text = OBO.replace("name: located in", "name:\t")
    assert ("pneumonia", "located_in", "lung") in facts(parse_original(original("a.obo", text, "graph")))


def test_a_circle_of_parents_is_read_as_it_is(original: Make) -> None:
    terms = "".join(f"[Term]\nid: X:{n}\nname: term {n}\nis_a: X:{(n + 1) % 3}\n\n" for n in range(3))
    parsed = parse_original(original("a.obo", f"format-version: 1.2\n\n{terms}", "graph"))
    assert sum(one.relation == "is_a" for one in parsed.triples) == 3
