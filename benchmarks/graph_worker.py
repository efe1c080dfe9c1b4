"""What one graph costs in a process of its own: `python -m benchmarks.graph_worker HOW FILE`, the answer as JSON.

HOW is `stream` for our parser alone, `ingest` for all of the way into a corpus, `peer` for `pandas.read_csv` and a
`networkx.MultiDiGraph` of the same statements. Imports are no part of the time; peak memory is the whole process's.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.pdf_worker import peak_bytes
from pedcorpus import flow
from pedcorpus.parse import Original, stream_original
from pedcorpus.records import Source, SourceKind, Triple
from pedcorpus.settings import Workspace

__all__ = ["GraphCost", "graph_cost"]

_SPLIT = {"症状": "、", "检查": "，", "药物": " "}


@dataclass(frozen=True)
class GraphCost:
    """What reading a graph took."""

    triples: int
    cpu_s: float
    """Of all threads."""
    peak_bytes: int

    @property
    def per_s(self) -> float:
        """Triples per CPU second."""
        return self.triples / self.cpu_s


def graph_cost(how: str, file: Path) -> GraphCost:
    """Runs this module on `file` and reads its answer."""
    command = [sys.executable, "-m", "benchmarks.graph_worker", how, str(file)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # what goes wrong is seen
    return GraphCost(**json.loads(done.stdout.splitlines()[-1]))


def _stream(file: Path) -> int:
    original = Original(Source(id="bench", kind=SourceKind.GRAPH, title="bench"), file.name, file.read_bytes())
    stream = stream_original(original)
    return sum(isinstance(record, Triple) for record in stream.records) if stream else 0


def _ingest(file: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        return flow.ingest(Workspace(Path(folder)), [file], kind=SourceKind.GRAPH, jobs=1).triples


def _peer(file: Path) -> int:
    import networkx
    import pandas  # an extra

    table = pandas.read_csv(file, keep_default_na=False)
    graph = networkx.MultiDiGraph()
    if "relation" in table:
        for head, relation, tail in zip(table["head"], table["relation"], table["tail"], strict=True):
            graph.add_edge(head, tail, key=relation)
    else:
        for column, separator in _SPLIT.items():
            for name, cell in zip(table["name"], table[column], strict=True):
                graph.add_edges_from((name, tail, column) for tail in cell.split(separator))
    return int(graph.number_of_edges())


_HOW: dict[str, Callable[[Path], int]] = {"stream": _stream, "ingest": _ingest, "peer": _peer}


def _measured(how: str, file: Path) -> GraphCost:
    with tempfile.TemporaryDirectory() as folder:  # what is loaded late is loaded before the clock starts
        small = Path(folder) / "small.csv"
        with file.open(encoding="utf-8") as stream:
            small.write_text("".join(next(stream) for _ in range(3)), encoding="utf-8")
        _HOW[how](small)
    start = time.process_time()
    triples = _HOW[how](file)
    return GraphCost(triples, time.process_time() - start, peak_bytes())


if __name__ == "__main__":
    print(json.dumps(asdict(_measured(sys.argv[1], Path(sys.argv[2])))))
