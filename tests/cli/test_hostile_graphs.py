"""`pedcorpus ingest` over graphs made to do harm: a failure with its reason, nothing partial, bounded time, memory."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import duckdb
import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode

SOUND = "head,relation,tail\n哮喘,症状,喘息\n"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><r>&l9;</r>'
RDF = '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
ROWS = "head,relation,tail\n" + "肺炎,症状,发热\n" * 3
NODES = [{"id": 1, "name": "甲病"}, {"id": 2, "name": "乙病"}]

REFUSED: dict[str, tuple[str, bytes, str]] = {
    "entity bomb in OWL": ("a.owl", BOMB.encode(), "xml_entities"),
    "entity bomb in GraphML": ("a.graphml", BOMB.replace("<r>", "<graphml>").encode(), "xml_entities"),
    "outside entity": (
        "a.owl",
        (RDF[:21] + f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>{RDF[21:]}&x;').encode(),
        "xml_entities",
    ),
    "brackets in one another": ("a.json", b"[" * 100_000, "invalid_json"),
    "elements in one another": ("a.owl", (RDF + "<a>" * 100_000).encode(), "too_deep"),
    "NUL bytes in rows": ("a.csv", ROWS.replace("发", "\x00").encode() + b"\x00" * 50, "binary"),
    "damaged bytes": ("a.csv", ROWS.encode() + b"\xff\xfe\xff,\x81,\xff\n", "unknown_encoding"),
    "half a character in bytes": (
        "a.csv",
        ROWS.encode() + "肺炎,症状,\ud800\n".encode("utf-8", "surrogatepass"),
        "unknown_encoding",
    ),
}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one sound graph; the workspace is the current folder."""
    folder = tmp_path / "graph"
    folder.mkdir()
    (folder / "sound.csv").write_text(SOUND, encoding="utf-8")
    (tmp_path / "ward").mkdir()
    monkeypatch.chdir(tmp_path / "ward")
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    return folder


def ingest(shelf: Path, *more: str) -> int:
    return run(["ingest", str(shelf), "--kind", "graph", *more])


def told(query: str) -> list[tuple[object, ...]]:
    with duckdb.connect("corpus.duckdb", read_only=True) as connection:
        return connection.execute(query).fetchall()


def failures() -> list[tuple[object, ...]]:
    return told("SELECT path, reason FROM standing_failure ORDER BY ALL")


def facts(path: str) -> list[tuple[object, ...]]:
    query = f"SELECT head, relation, tail FROM triple JOIN document AS d ON d.id = document WHERE path = '{path}'"
    return told(f"{query} ORDER BY ALL")


@pytest.mark.parametrize(("name", "data", "reason"), REFUSED.values(), ids=list(REFUSED))
def test_a_file_that_cannot_be_used_is_one_failure_and_nothing_of_it_stays(
    shelf: Path, name: str, data: bytes, reason: str
) -> None:
    (shelf / name).write_bytes(data)
    start = time.process_time()
    assert ingest(shelf, "--only-read") == ExitCode.SOME_FAILED
    assert time.process_time() - start < 20
    assert failures() == [(name, reason)]
    assert told("SELECT path FROM document") == [("sound.csv",)]
    assert told("SELECT head FROM triple") == [("哮喘",)]


def test_lines_in_another_encoding_are_read_as_what_they_are(shelf: Path) -> None:
    (shelf / "a.csv").write_bytes(ROWS.encode() + "麻疹,症状,皮疹\n".encode("gb18030"))
    assert ingest(shelf, "--only-read") == ExitCode.DONE
    assert facts("a.csv") == [("肺炎", "has_symptom", "发热"), ("麻疹", "has_symptom", "皮疹")]


def test_half_a_character_in_a_name_goes_and_its_entity_stays(shelf: Path) -> None:
    (shelf / "a.json").write_text(json.dumps([{"name": "肺\ud800炎", "症状": ["发热"]}]), encoding="utf-8")
    ingest(shelf, "--only-read")
    assert not any("\ud800" in str(fact) for fact in facts("a.json"))


def test_a_cell_of_100_mb_costs_its_row_and_no_memory_to_speak_of(shelf: Path) -> None:
    with (shelf / "a.csv").open("w", encoding="utf-8") as stream:
        stream.write(ROWS + '麻疹,症状,"')
        for _ in range(100):
            stream.write("x" * (1 << 20))
        stream.write('"\n水痘,症状,疱疹\n')
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert ingest(shelf, "--only-read") == ExitCode.SOME_FAILED
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << (0 if sys.platform == "darwin" else 10)
    assert (time.process_time() - start < 60, grown < 1 << 30) == (True, True)
    assert failures() == [("a.csv", "bad_row")]
    assert facts("a.csv") == [("水痘", "has_symptom", "疱疹"), ("肺炎", "has_symptom", "发热")]


TERM = "[Term]\nid: X:{}\nname: {}\nis_a: X:{}\n\n"
CYCLES = {
    "a.csv": "head,relation,tail\n甲病,is_a,乙病\n乙病,is_a,丙病\n丙病,is_a,甲病\n甲病,is_a,甲病\n",
    "a.obo": "format-version: 1.2\n\n" + TERM.format(1, "甲病", 2) + TERM.format(2, "乙病", 1),
    "a.json": json.dumps({"nodes": NODES, "links": [{"source": a, "target": 3 - a, "label": "is_a"} for a in (1, 2)]}),
}


@pytest.mark.parametrize("name", CYCLES)
def test_a_graph_that_leads_back_to_itself_is_read_and_drafted_from(shelf: Path, name: str) -> None:
    symptoms = (
        "head,relation,tail\n甲病,症状,发热\n甲病,症状,皮疹\n乙病,症状,发热\n甲病,并发症,乙病\n乙病,并发症,甲病\n"
    )
    (shelf / "symptoms.csv").write_text(symptoms, encoding="utf-8")
    (shelf / name).write_text(CYCLES[name], encoding="utf-8")
    start = time.process_time()
    assert ingest(shelf) in {ExitCode.DONE, ExitCode.SOME_FAILED}
    assert len(facts(name)) >= 2
    assert time.process_time() - start < 20
