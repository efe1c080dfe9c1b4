import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from pedcorpus.corpus import Corpus, add_failures, standing_failures
from pedcorpus.errors import CorpusBusy, CorpusError
from pedcorpus.records import Failure

HOLD = """
import sys, time, duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("BEGIN")
connection.execute("INSERT INTO source (id, body) VALUES ('held', '{}')")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


def failure(detail: str) -> Failure:
    return Failure(stage="ingest", where="a.pdf", reason="truncated", detail=detail)


def hold(path: Path, seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path), str(seconds)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_preparing_creates_the_file_once(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus.duckdb")
    assert corpus.prepare()
    assert not corpus.prepare()


def test_a_unit_that_raises_leaves_nothing_behind(corpus: Corpus) -> None:
    with suppress(RuntimeError), corpus.unit() as unit:
        add_failures(unit, [failure("cut")])
        raise RuntimeError
    with corpus.unit(read_only=True) as unit:
        assert standing_failures(unit) == []


def test_a_corpus_of_a_newer_version_is_refused(corpus: Corpus) -> None:
    with corpus.unit() as unit:
        unit.execute("INSERT INTO migration VALUES (9999, '9999_future.sql')")
    with pytest.raises(CorpusError, match="made by a newer pedcorpus"):
        corpus.prepare()


def test_a_foreign_duckdb_file_is_refused(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "other.duckdb")).close()
    with pytest.raises(CorpusError, match="no corpus"):
        Corpus(tmp_path / "other.duckdb").prepare()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus.duckdb").write_bytes(b"not a database" * 500)
    with pytest.raises(CorpusError, match=r"corpus\.duckdb"):
        Corpus(tmp_path / "corpus.duckdb").prepare()


def test_a_unit_waits_for_another_process(corpus: Corpus) -> None:
    with hold(corpus.path, 0.7) as process:
        with corpus.unit() as unit:
            add_failures(unit, [failure("waited")])
        assert process.wait(timeout=10) == 0
    with corpus.unit(read_only=True) as unit:
        assert [row.detail for row in standing_failures(unit)] == ["waited"]


def test_patience_ends_with_a_clear_error(corpus: Corpus) -> None:
    with hold(corpus.path, 30) as process:
        try:
            with (
                pytest.raises(CorpusBusy, match=r"held by \S+ \(process \d+\) for 0 s"),
                Corpus(corpus.path, patience_s=0.3).unit(),
            ):
                pass
        finally:
            process.kill()


def test_what_a_killed_process_did_not_commit_is_gone(corpus: Corpus) -> None:
    with hold(corpus.path, 30) as process:
        process.send_signal(signal.SIGKILL)
    time.sleep(0.05)
    with corpus.unit(read_only=True) as unit:
        assert unit.execute("SELECT count(*) FROM source").fetchall() == [(0,)]


@pytest.fixture(params=["turns", "no turns"])
def with_or_without_turns(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where the kernel keeps no turns."""
    if request.param == "no turns":
        monkeypatch.setattr("pedcorpus.corpus.turns.fcntl", None)


@pytest.mark.usefixtures("with_or_without_turns")
def test_threads_of_one_process_wait_for_one_another(corpus: Corpus) -> None:
    others = [corpus, Corpus(corpus.path), Corpus(corpus.path)]

    def work(number: int) -> None:
        with others[number % 3].unit(read_only=number % 4 == 0) as unit:
            if number % 4:
                add_failures(unit, [failure(str(number))])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(24)))
    with corpus.unit(read_only=True) as unit:
        assert {row.detail for row in standing_failures(unit)} == {str(number) for number in range(24) if number % 4}


def test_a_thread_that_waits_too_long_for_another_is_told(corpus: Corpus) -> None:
    other = Corpus(corpus.path, patience_s=0.2)
    with corpus.unit(), pytest.raises(CorpusBusy, match="for 0 s"), other.unit():
        pass
    with other.unit():
        pass


def test_what_a_unit_left_behind_is_not_there_for_the_next(corpus: Corpus) -> None:
    with corpus.unit() as unit:
        unit.execute("CREATE TEMP TABLE wanted AS SELECT 1")
    with corpus.unit() as unit:
        assert unit.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'wanted'").fetchall() == [(0,)]


def test_between_units_of_work_anybody_may_open_the_file(corpus: Corpus) -> None:
    with corpus.unit() as unit:
        add_failures(unit, [failure("a")])
    command = [sys.executable, "-c", f"import duckdb; duckdb.connect({str(corpus.path)!r}).close()"]
    subprocess.run(command, check=True)
    assert not corpus.path.with_name("corpus.duckdb.wal").exists()


@pytest.mark.usefixtures("with_or_without_turns")
def test_a_unit_waits_for_a_program_that_knows_no_turns(corpus: Corpus) -> None:
    with hold(corpus.path, 0.5), corpus.unit(read_only=True) as unit:
        assert unit.execute("SELECT count(*) FROM source").fetchall() == [(0,)]


def test_a_path_may_have_any_name(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "o'hara's 语料; DROP.duckdb")
    corpus.prepare()
    with corpus.unit() as unit:
        add_failures(unit, [failure("a")])


@pytest.mark.parametrize("told", [RuntimeError("Query interrupted"), duckdb.InterruptException("Interrupted!")])
def test_ctrl_c_in_the_middle_of_a_query_is_ctrl_c(tmp_path: Path, told: Exception) -> None:
    corpus = Corpus(tmp_path / "corpus.duckdb")
    corpus.prepare()
    with pytest.raises(KeyboardInterrupt), corpus.unit():
        raise told  # DuckDB's own words for it
    with corpus.unit(read_only=True) as unit:
        assert unit.execute("SELECT 1").fetchall() == [(1,)]
