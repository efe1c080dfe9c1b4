"""Everything on the shelf of real text is ingested by one command, or it is said here why a file is not."""

from __future__ import annotations

import csv
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

import duckdb
import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode

REAL = Path(__file__).parents[3] / "shared" / "data"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"{REAL} is absent: text that is not part of this repository"),
]

NOT_INGESTED = {
    "*LICENSE*": "a licence beside the texts",
    "*/dataset_info.json": "describes other files, holds no rows of its own",
}
KINDS = {
    "dialogue": "consultation",
    "instruct": "dataset",
    "kg_doid": "graph",
    "papers_chinaxiv": "textbook",
    "pdf_zh": "textbook",
    "safety": "dataset",
    "textbook_gbk": "textbook",
    "textbook_md": "textbook",
}
"""What each folder is taken for when nobody declares it."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The corpus after one `pedcorpus ingest` over the whole shelf."""
    workspace = tmp_path_factory.mktemp("whole")
    assert run(["ingest", str(REAL), "--only-read", "-w", str(workspace)]) == ExitCode.SOME_FAILED
    return duckdb.connect(str(workspace / "corpus.duckdb"), read_only=True)


def listed() -> list[str]:
    with (REAL / "MANIFEST.tsv").open(encoding="utf-8", newline="") as stream:
        return [row["file"] for row in csv.DictReader(stream, delimiter="\t")]


def work_of(file: str) -> str:
    """The id that an undeclared folder of the shelf gets."""
    return "-".join([REAL.name, *Path(file).parts[:-1]])


def test_every_listed_file_is_a_document_or_has_its_reason(corpus: duckdb.DuckDBPyConnection) -> None:
    read = set(corpus.execute("SELECT source, path FROM current_document").fetchall())
    files = listed()
    assert len(files) > 90
    missing = [file for file in files if (work_of(file), Path(file).name) not in read]
    assert [file for file in missing if not any(fnmatch(f"/{file}", glob) for glob in NOT_INGESTED)] == []
    assert len(read) == len(files) - len(missing)


def test_no_lost_character_is_stored(corpus: duckdb.DuckDBPyConnection) -> None:
    for table, column in (("passage", "text"), ("passage", "address"), ("dialogue", "body"), ("triple", "quote")):
        query = f"SELECT count(*) FROM {table} WHERE contains({column}, chr(65533)) OR contains({column}, '\\ufffd')"
        assert corpus.execute(query).fetchall() == [(0,)], (table, column)


def test_only_damaged_rows_and_the_shelf_s_own_list_fail(corpus: duckdb.DuckDBPyConnection) -> None:
    failures = corpus.execute("SELECT path, reason FROM standing_failure").fetchall()
    assert Counter(failures) == {("dpo_zh_demo.json", "bad_row"): 6, ("MANIFEST.tsv", "missing_columns"): 1}


def test_every_folder_is_taken_for_what_it_is(corpus: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT id, json_extract_string(body, '$.kind') FROM current_source WHERE id <> ?"
    taken = dict(corpus.execute(query, [REAL.name]).fetchall())
    assert {source.split("-")[1] for source in taken} == set(KINDS)
    assert {source: kind for source, kind in taken.items() if KINDS[source.split("-")[1]] != kind} == {}


def test_every_file_with_text_gave_passages_triples_or_dialogues(corpus: duckdb.DuckDBPyConnection) -> None:
    empty = corpus.execute(
        "SELECT path FROM current_document WHERE bytes > 100 AND id NOT IN (SELECT document FROM passage)"
        " AND id NOT IN (SELECT document FROM triple) AND id NOT IN (SELECT document FROM dialogue)"
    ).fetchall()
    assert empty == []
