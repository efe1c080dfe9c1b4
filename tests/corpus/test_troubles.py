import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pedcorpus.corpus import Corpus, add_failures, standing_failures
from pedcorpus.corpus.troubles import told
from pedcorpus.errors import CorpusBusy, CorpusError
from pedcorpus.records import Failure
from tests.failing_disks import fill, read_only, small_disk

LIMITED = """
import resource, signal, sys
from pathlib import Path
from pedcorpus.corpus import Corpus, add_failures
from pedcorpus.errors import CorpusError
from pedcorpus.records import Failure
corpus = Corpus(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    with corpus.unit() as unit:
        add_failures(unit, [Failure(stage="ingest", where="a", reason="cut", detail="x" * 9000)])
except CorpusError as error:
    print(error.trouble, error, sep="|")
"""


def failure(detail: str) -> Failure:
    return Failure(stage="ingest", where="a.pdf", reason="truncated", detail=detail)


def add(corpus: Corpus, detail: str) -> None:
    with corpus.unit() as unit:
        add_failures(unit, [failure(detail)])


def details(corpus: Corpus) -> list[str]:
    with corpus.unit(read_only=True) as unit:
        return [row.detail for row in standing_failures(unit)]


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (duckdb.IOException('Could not write file "c.wal": No space left on device'), "full"),
        (duckdb.TransactionException("Failed to commit: Could not write: Disk quota exceeded"), "full"),
        (duckdb.IOException('Cannot open file "c.duckdb": Permission denied'), "read_only"),
        (duckdb.IOException('Cannot open database "c" in read-only mode: database does not exist'), "gone"),
        (duckdb.IOException('The file "c.duckdb" exists, but it is not a valid DuckDB database file!'), "damaged"),
        (duckdb.OutOfMemoryException("could not allocate block of size 256 KiB"), "memory"),
        (duckdb.IOException("Could not set lock on file: Conflicting lock is held in /bin/x (PID 7)"), "busy"),
        # what a query says of itself is no trouble with the disk, whatever words it uses
        (duckdb.ConversionException("Could not convert 'No space left on device' to INT32"), "other"),
    ],
)
def test_what_duckdb_says_is_told_as_what_it_means(error: duckdb.Error, trouble: str) -> None:
    assert told(Path("c.duckdb"), error).trouble == trouble


def test_the_program_that_holds_the_corpus_is_named() -> None:
    error = duckdb.IOException("Could not set lock on file: Conflicting lock is held in /usr/bin/duckdb (PID 42)")
    told_error = told(Path("c.duckdb"), error)
    assert isinstance(told_error, CorpusBusy)
    assert "held by duckdb (process 42)" in str(told_error)


def test_a_corpus_that_vanished_is_told_and_not_made_anew(corpus: Corpus) -> None:
    add(corpus, "before")
    away = corpus.path.rename(corpus.path.with_name("away.duckdb"))
    with pytest.raises(CorpusError, match="not there any more"):
        add(corpus, "meanwhile")
    assert not corpus.path.exists()
    away.rename(corpus.path)
    add(corpus, "after")
    assert details(corpus) == ["before", "after"]


def test_a_folder_that_vanished_is_told_and_not_made_anew(corpus: Corpus) -> None:
    folder = corpus.path.parent
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(CorpusError, match="not there any more"):
        add(corpus, "meanwhile")
    assert not folder.exists()
    away.rename(folder)
    add(corpus, "after")


def test_a_corpus_that_was_never_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="run `pedcorpus ingest FOLDER`"), Corpus(tmp_path / "c.duckdb").unit():
        pass


@pytest.mark.parametrize(("number", "trouble"), [(9999, "newer"), (-1, "older")])
def test_a_corpus_of_another_version_is_refused_in_mid_session(corpus: Corpus, number: int, trouble: str) -> None:
    with corpus.unit() as unit:
        unit.execute("DELETE FROM migration")
        unit.execute("INSERT INTO migration VALUES (?, 'other.sql')", [number])
    with pytest.raises(CorpusError) as caught:
        add(corpus, "meanwhile")
    assert caught.value.trouble == trouble


def test_a_full_disk_is_told_and_takes_nothing_with_it(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", mebibytes=12) as disk:
        corpus = Corpus(disk / "corpus.duckdb")
        corpus.prepare()
        add(corpus, "before")
        filler = fill(disk)
        with pytest.raises(CorpusError, match="the disk is full, nothing of this step was stored"):
            add(corpus, "meanwhile" * 10_000)
        assert details(corpus) == ["before"]
        filler.unlink()
        add(corpus, "after")
        assert details(corpus) == ["before", "after"]


def test_what_is_committed_on_a_disk_that_fills_up_stands(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", mebibytes=12) as disk:
        corpus = Corpus(disk / "corpus.duckdb")
        corpus.prepare()
        filler = fill(disk, but_bytes=16_384)  # enough for the log of a commit, too little to carry it over
        add(corpus, "committed")
        assert corpus.path.with_name("corpus.duckdb.wal").exists()
        assert details(corpus) == ["committed"]
        filler.unlink()
        add(corpus, "after")
        assert details(Corpus(corpus.path)) == ["committed", "after"]


def test_a_disk_that_may_not_be_written_is_told_and_still_read(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", mebibytes=12) as disk:
        corpus = Corpus(disk / "corpus.duckdb")
        corpus.prepare()
        add(corpus, "before")
        with read_only(disk):
            with pytest.raises(CorpusError, match="may not be written, nothing was stored"):
                add(corpus, "meanwhile")
            assert details(corpus) == ["before"]
        add(corpus, "after")
        assert details(corpus) == ["before", "after"]


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited on Windows")
def test_a_limit_on_file_sizes_is_told_as_a_full_disk(corpus: Corpus) -> None:
    command = [sys.executable, "-c", LIMITED, str(corpus.path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.startswith("full|")
    assert details(corpus) == []


def test_a_damaged_corpus_is_told(corpus: Corpus) -> None:
    corpus.path.write_bytes(b"\0" * 4096 + corpus.path.read_bytes()[4096:8192])
    with pytest.raises(CorpusError) as caught:
        add(corpus, "meanwhile")
    assert caught.value.trouble == "damaged"
