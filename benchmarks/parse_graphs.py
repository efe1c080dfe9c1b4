"""What reading graphs kept as tables costs, in time and memory, beside `pandas.read_csv` and networkx.

Run `python -m benchmarks.parse_graphs`; the figures against the peer need the [bench] extra. The peer keeps the names
alone, in memory. Ours keeps each statement's line, offsets, quote and digest, merges spellings and, on the way into
the corpus, writes all of it in one transaction. So the targets for time are low: a tenth for the parser alone, a
twentieth for the whole way. Memory is held against a tenth of the statements.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, report
from benchmarks.graph_files import ENTITIES, TRIPLES, save_graph
from benchmarks.graph_worker import GraphCost, graph_cost

_FEW, _MANY, _ENTITIES = 100_000, 1_000_000, 100_000
_OF_PEER = {"stream": 0.1, "ingest": 0.05}
_FLAT_MEMORY = 1.5
_NAMES = {"stream": "parser", "ingest": "file to corpus"}


def figures(folder: Path) -> Iterator[Figure]:
    """Speed on both sorts of table, then memory; `folder` is for the files that are measured on."""
    few = save_graph(folder / "few.csv", TRIPLES, _FEW)
    many = save_graph(folder / "many.csv", TRIPLES, _MANY)
    entities = save_graph(folder / "entities.csv", ENTITIES, _ENTITIES)
    costs = {how: graph_cost(how, many) for how in _OF_PEER}
    yield from _speed(f"{_MANY} triples", many, costs)
    yield from _speed(f"{_ENTITIES} entities", entities, {how: graph_cost(how, entities) for how in _OF_PEER})
    for how, cost in costs.items():
        value, against = _beside(cost, many), _beside(graph_cost(how, few), few)
        name = f"graph, {_NAMES[how]}, peak memory on {_MANY} triples against {_FEW}"
        yield Figure(name, value, against, _FLAT_MEMORY, at_least=False, unit="MB beside the file")


def _beside(cost: GraphCost, file: Path) -> float:
    return (cost.peak_bytes - file.stat().st_size) / 1e6


def _speed(what: str, file: Path, costs: dict[str, GraphCost]) -> Iterator[Figure]:
    if importlib.util.find_spec("pandas") is None:
        for how, cost in costs.items():
            print(f"graph, {_NAMES[how]}, {what}: {cost.per_s:.0f} triples per CPU-s, {cost.peak_bytes / 1e6:.0f} MB")
        print("graph, against pandas and networkx: left out, pandas is not installed; install pedcorpus[bench]")
        return
    peer = graph_cost("peer", file)
    for how, cost in costs.items():
        if cost.triples != peer.triples:
            raise SystemExit(f"{what}: read {cost.triples} statements, the peer {peer.triples}; the figures would lie")
        name = f"graph, {_NAMES[how]}, {what}, against pandas and networkx"
        yield Figure(name, cost.per_s, peer.per_s, _OF_PEER[how], unit="triples per CPU-s")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        sys.exit(report(figures(Path(made))))
