"""Graphs in node-link JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import networkx as nx
import pytest

from pedcorpus.parse import Original, parse_original
from tests.parse.graphs import assert_verbatim, facts

Make = Callable[..., Original]


@pytest.mark.parametrize("key", ["links", "edges"])
@pytest.mark.parametrize("indent", [None, 2])
def test_what_networkx_writes_is_read_back(original: Make, key: str, indent: int | None) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("n0", name="肺炎", type="疾病", desc="肺炎是肺部的炎症。多由感染引起。")
    graph.add_node("n1", name="发热", type="症状")
    graph.add_edge("n0", "n1", relation="症状", weight=2)
    text = json.dumps(nx.node_link_data(graph, edges=key), ensure_ascii=False, indent=indent)
    made = original("a.json", text, "graph")
    parsed = parse_original(made)
    assert facts(parsed) == [("肺炎", "has_symptom", "发热")]
    assert [one.address.heading_path for one in parsed.passages] == [("肺炎", "desc")]
    assert parsed.triples[0].attributes["weight"] == "2"
    assert_verbatim(made, parsed)


def test_a_node_may_be_its_own_name_and_an_edge_hold_whole_nodes(original: Make) -> None:
    nodes = '"nodes": [{"id": "肺炎"}, {"id": "发热"}]'
    edges = '"links": [{"source": {"id": "肺炎"}, "target": {"id": "发热"}, "label": "症状"}]'
    assert facts(parse_original(original("a.json", f"{{{nodes}, {edges}}}", "graph"))) == [
        ("肺炎", "has_symptom", "发热")
    ]


def test_links_may_call_nodes_by_their_number(original: Make) -> None:
    nodes = '"nodes": [{"label": ""}, {"group": 1, "title": "肺炎", "id": ""}]'
    text = f'{{{nodes}, "links": [{{"source": 1, "target": 1, "value": 1}}, 7]}}'
    parsed = parse_original(original("a.json", text, "graph"))
    assert [one.reason for one in parsed.failures] == ["bad_row", "bad_row"]
