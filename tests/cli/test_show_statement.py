"""`pedcorpus show` tells where a graph's statement stands, in whatever format the graph is."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from tests.parse.graphs import OBO, OBOGRAPHS, OWL, TURTLE
from tests.parse.test_cypher import EXPORT
from tests.parse.test_graphml import GRAPH

FILES = {
    "a.csv": "head,relation,tail\n肺炎,症状,发热\n",
    "b.csv": "name,症状\n肺炎,发热 咳嗽\n",
    "a.jsonl": '{"name": "肺炎", "症状": ["发热"]}\n{"name": "哮喘", "症状": ["喘息"]}\n',
    "a.obo": OBO,
    "a.json": OBOGRAPHS,
    "a.owl": OWL,
    "a.ttl": TURTLE,
    "a.cypher": EXPORT,
    "a.graphml": GRAPH,
}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "graph"
    folder.mkdir()
    (tmp_path / "ward").mkdir()
    monkeypatch.chdir(tmp_path / "ward")
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_a_statement_is_shown_with_its_line_its_entity_and_its_quote(
    shelf: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (shelf / name).write_text(FILES[name], encoding="utf-8")
    run(["ingest", str(shelf), "--kind", "graph", "--only-read"])
    with duckdb.connect("corpus.duckdb", read_only=True) as connection:
        query = "SELECT id, head, relation, tail, quote, CAST(address->>'row' AS INTEGER) FROM triple ORDER BY id"
        identifier, head, relation, tail, quote, row = connection.execute(query).fetchall()[0]
    capsys.readouterr()
    assert run(["show", identifier]) == ExitCode.DONE
    told = capsys.readouterr().out
    assert f"{name} · line {row} · {head}" in told.replace(f"{head} › {tail} · ", "")
    assert all(word in told for word in (relation, tail, *quote.split("\n")))
    assert quote.split("\n")[0].strip() in FILES[name].split("\n")[row - 1]


def test_a_statement_is_json_for_scripts(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shelf / "a.obo").write_text(OBO, encoding="utf-8")
    run(["ingest", str(shelf), "--kind", "graph", "--only-read"])
    with duckdb.connect("corpus.duckdb", read_only=True) as connection:
        query = "SELECT id FROM triple WHERE relation = 'is_a'"
        ((identifier,),) = connection.execute(query).fetchall()
    capsys.readouterr()
    assert run(["show", identifier[:12], "--json"]) == ExitCode.DONE
    shown = json.loads(capsys.readouterr().out)
    assert (shown["path"], shown["head"], shown["tail"]) == ("a.obo", "pneumonia", "lung disease")
    assert (shown["attributes"]["head_id"], shown["attributes"]["tail_id"]) == ("DOID:2", "DOID:1")
