from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pedcorpus.corpus import Corpus, add_source, current_sources, latest_written, take_snapshot
from pedcorpus.errors import CorpusError
from pedcorpus.records import Source, SourceKind


def source(name: str) -> Source:
    return Source(id=name, kind=SourceKind.TEXTBOOK, title=name, declared=True)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path / "corpus.duckdb")
    made.prepare()
    with made.unit() as unit:
        add_source(unit, source("first"))
    return made


def test_a_snapshot_holds_what_was_there_and_nothing_that_came_later(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    snapshot = take_snapshot(corpus, tmp_path / "scratch")
    with corpus.unit() as unit:  # nobody waits for whoever reads the snapshot
        add_source(unit, source("second"))
    with snapshot.opened() as unit:
        assert set(current_sources(unit)) == {"first"}


def test_a_snapshot_can_be_of_an_earlier_state(corpus: Corpus, tmp_path: Path) -> None:
    with corpus.unit(read_only=True) as unit:
        before = latest_written(unit)
    with corpus.unit() as unit:
        add_source(unit, source("second"))
    with take_snapshot(corpus, tmp_path_of(tmp_path), until=before).opened() as unit:
        assert set(current_sources(unit)) == {"first"}
        assert latest_written(unit) == before


def tmp_path_of(tmp_path: Path) -> Path:
    place = tmp_path / "scratch"
    place.mkdir()
    return place


def test_a_snapshot_leaves_the_corpus_as_it_was(corpus: Corpus, tmp_path: Path) -> None:
    before = corpus.path.read_bytes()
    with take_snapshot(corpus, tmp_path_of(tmp_path), until=0).opened(read_only=False) as unit:
        unit.execute("DROP VIEW current_source")
    assert corpus.path.read_bytes() == before


def test_what_is_not_carried_over_yet_is_copied_too(corpus: Corpus, tmp_path: Path) -> None:
    with duckdb.connect(str(corpus.path)) as open_file:
        open_file.execute("PRAGMA disable_checkpoint_on_shutdown")
        open_file.execute("INSERT INTO source (id, body) SELECT 'late', body FROM source")
    assert corpus.path.with_name("corpus.duckdb.wal").exists()
    with take_snapshot(corpus, tmp_path_of(tmp_path)).opened() as unit:
        assert unit.execute("SELECT count(*) FROM source").fetchall() == [(2,)]


def test_a_place_that_cannot_be_written_to_is_told(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="could not be copied there"):
        take_snapshot(corpus, tmp_path / "is-not-there")
