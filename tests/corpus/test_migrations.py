"""A corpus of any earlier version is brought up to date with all its rows."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pedcorpus.corpus import Corpus
from pedcorpus.corpus import file as corpus_file

SCRIPTS = corpus_file._migrations()
ROWS = {
    "passage": "('p', 'd', 'r', 3, 'paragraph', '热性惊厥', '{}', '{}')",
    "triple": "('t', 'd', 'r', '肺炎', 'has_symptom', '发热', '', '', '{}', 'q', '{}')",
}


def old_corpus(path: Path, upto: int) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name VARCHAR)")
        for number, name, script in SCRIPTS[:upto]:
            connection.execute(script)
            connection.execute("INSERT INTO migration VALUES (?, ?)", [number, name])
        for table, values in ROWS.items():
            connection.execute(f"INSERT INTO {table} VALUES {values}")


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


@pytest.mark.parametrize("upto", range(1, len(SCRIPTS)))
def test_rows_of_an_older_corpus_stay(tmp_path: Path, upto: int) -> None:
    path = tmp_path / "corpus.duckdb"
    old_corpus(path, upto)
    before = {table: rows(path, table) for table in ROWS}
    assert Corpus(path).prepare() is False
    assert {table: rows(path, table) for table in ROWS} == before
    assert rows(path, "instruction_status") == []


def test_a_decision_taken_before_plans_names_none(tmp_path: Path) -> None:
    path = tmp_path / "corpus.duckdb"
    old_corpus(path, 9)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "INSERT INTO decision VALUES "
            "('d', 1, 'i', 'wang', 'accept', '', '', NULL, NULL, 'reviewed', NULL, TIMESTAMP '2026-11-01')"
        )
    Corpus(path).prepare()
    assert [row[-1] for row in rows(path, "standing_decision")] == [""]
