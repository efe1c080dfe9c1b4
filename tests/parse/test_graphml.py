"""Graphs in GraphML."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original
from tests.parse.graphs import assert_verbatim, facts

Make = Callable[..., Original]
GRAPH = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="name" attr.type="string"/>
  <key id="d1" for="node" attr.name="type" attr.type="string"/>
  <key id="d2" for="edge" attr.name="relation" attr.type="string"/>
  <key id="d3" for="edge" attr.name="频率" attr.type="string"/>
  <graph edgedefault="directed">
    <edge source="n0" target="n1"><data key="d2">症状</data><data key="d3">常见</data></edge>
    <node id="n0"><data key="d0">肺炎</data><data key="d1">疾病</data></node>
    <node id="n1"><data key="d0">发热</data><data key="d1">症状</data></node>
    <edge source="n0" target="n9"><data key="d2">症状</data></edge>
    <edge source="n0" target="n1"/>
    <edge source="n0"/>
  </graph>
</graphml>
"""


def test_an_edge_states_what_its_data_names_between_the_names_of_its_ends(original: Make) -> None:
    made = original("a.graphml", GRAPH, "graph")
    parsed = parse_original(made)
    (found,) = parsed.triples
    assert (facts(parsed), found.attributes) == ([("肺炎", "has_symptom", "发热")], {"频率": "常见"})
    assert (found.head_type, found.tail_type, found.address.heading_path) == ("disease", "symptom", ("肺炎", "发热"))
    assert_verbatim(made, parsed)


def test_edges_without_ends_names_or_relations_are_failures_with_their_lines(original: Make) -> None:
    parsed = parse_original(original("a.graphml", GRAPH, "graph"))
    assert [(one.where, one.reason) for one in parsed.failures] == [
        ("a.graphml:12", "bad_element"),
        ("a.graphml:13", "bad_element"),
        ("a.graphml: n9", "nameless_node"),
    ]


def test_a_node_without_data_is_called_by_its_identifier(original: Make) -> None:
    text = (
        '<graphml><key id="r" attr.name="label"/><graph>'
        '<node id="肺炎"/><node id="发热"/><edge source="肺炎" target="发热"><data key="r">有症状</data></edge>'
        "</graph></graphml>"
    )
    assert facts(parse_original(original("a.graphml", text, "graph"))) == [("肺炎", "has_symptom", "发热")]


def test_the_words_that_yed_draws_are_names(original: Make) -> None:
    label = '<data key="d"><y:Shape><y:{0}Label>{1}</y:{0}Label></y:Shape></data>'
    text = (
        '<graphml xmlns:y="http://www.yworks.com/xml/graphml"><key id="d" yfiles.type="nodegraphics"/><graph>'
        f'<node id="n0">{label.format("Node", "肺炎")}</node><node id="n1">{label.format("Node", "发热")}</node>'
        f'<edge source="n0" target="n1">{label.format("Edge", "症状")}</edge></graph></graphml>'
    )
    assert facts(parse_original(original("a.graphml", text, "graph"))) == [("肺炎", "has_symptom", "发热")]


def test_another_xml_file_of_that_name_is_refused(original: Make) -> None:
    with pytest.raises(InputError, match="found the XML element svg, expected graphml"):
        parse_original(original("a.graphml", "<svg/>", "graph"))
