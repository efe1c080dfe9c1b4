import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pedcorpus.errors import ExitCode, StoreError
from pedcorpus.llm import Reply, ReplyStore
from pedcorpus.llm.reading import Exchange
from tests.llm.asks import attempts, door, outcomes
from tests.llm.server import ScriptedServer


def exchange(key: str, *, attempt: int = 0, turn: int = 0, raw: str = "{}", tokens: int = 0) -> Exchange:
    return Exchange(key, attempt, turn, "schema", 200, raw, tokens, 1, 100)


def test_what_was_kept_is_found_with_every_turn(store: ReplyStore) -> None:
    turns = [exchange("a"), exchange("a", turn=1)]
    store.keep([*turns, exchange("b")])
    assert store.find(["a", "c"]) == {"a": turns}


def test_a_later_attempt_takes_the_place_of_an_earlier_one_and_both_stay(store: ReplyStore) -> None:
    first, second = exchange("a", raw="first"), exchange("a", attempt=1, raw="second")
    store.keep([first, exchange("a", turn=1)])
    store.keep([second])
    assert store.find(["a"]) == {"a": [second]}
    assert attempts(store, "a") == [first, exchange("a", turn=1), second]


def test_more_keys_than_a_statement_takes_are_found(store: ReplyStore) -> None:
    keys = [f"{number:05}" for number in range(2000)]
    store.keep([exchange(key) for key in keys])
    assert list(store.find(keys)) == keys
    assert len(store.claim([f"new {key}" for key in keys], seen={}).mine) == 2000


def test_a_claim_keeps_another_process_from_asking(store: ReplyStore) -> None:
    with ReplyStore(store.path) as other:
        assert store.claim(["a", "b"], seen={}).mine == {"a", "b"}
        taken = other.claim(["b", "c"], seen={})
        assert (taken.mine, taken.theirs) == ({"c"}, {"b"})
        store.keep([exchange("b")], done=["b"])
        assert other.claim(["b"], seen={}).found == {"b": [exchange("b")]}


def test_claims_end_with_their_store(store: ReplyStore) -> None:
    with ReplyStore(store.path) as other:
        other.claim(["a"], seen={})
    assert store.claim(["a"], seen={}).mine == {"a"}


def test_claims_of_a_killed_process_are_void(store: ReplyStore) -> None:
    program = "import os, sys; from pathlib import Path; from pedcorpus.llm import ReplyStore; "
    program += "print(ReplyStore(Path(sys.argv[1])).claim(['a'], seen={}).mine, flush=True); os.kill(os.getpid(), 9)"
    killed = subprocess.run([sys.executable, "-c", program, str(store.path)], capture_output=True, text=True)
    assert "a" in killed.stdout
    assert store.claim(["a"], seen={}).mine == {"a"}


def test_a_claim_of_another_machine_expires_unless_it_is_renewed(
    store: ReplyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pedcorpus.llm.store.gethostname", lambda: "elsewhere")
    with ReplyStore(store.path) as far_away:
        monkeypatch.undo()
        far_away.claim(["a"], seen={})
        assert store.claim(["a"], seen={}).theirs == {"a"}
        store._connection.execute("UPDATE claim SET expires = 1")
        far_away.renew()
        assert store.claim(["a"], seen={}).theirs == {"a"}
        store._connection.execute("UPDATE claim SET expires = 1")
        assert store.claim(["a"], seen={}).mine == {"a"}


def test_two_processes_that_ask_the_same_pay_once(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.latency_s = 0.01
    got: dict[int, list[object]] = {}

    def ask_all(number: int, opened: ReplyStore) -> None:
        got[number] = list(outcomes(door(server, opened), range(100)))

    with ReplyStore(store.path) as other:
        threads = [threading.Thread(target=ask_all, args=pair) for pair in enumerate((store, other))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert set(server.paid.values()) == {1}
    assert [isinstance(each, Reply) for each in (*got[0], *got[1])] == [True] * 200


@pytest.mark.parametrize(
    "content", [b"this is no database " * 100, b"SQLite format 3\x00" + b"\xff" * 4000], ids=["text", "damaged"]
)
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "replies.sqlite").write_bytes(content)
    with pytest.raises(StoreError, match="damaged or no store of replies") as caught:
        ReplyStore(tmp_path / "replies.sqlite")
    assert caught.value.exit_code == ExitCode.NOT_SOUND


def test_a_file_of_a_newer_version_is_left_alone(store: ReplyStore) -> None:
    store._connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer version"):
        ReplyStore(store.path)


def test_another_program_s_database_is_not_taken_for_a_store(tmp_path: Path) -> None:
    path = tmp_path / "replies.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE exchange (something TEXT)")
    other.close()
    with pytest.raises(StoreError, match="no store of replies"):
        ReplyStore(path)


def test_a_full_disk_stops_the_run_and_loses_nothing(server: ScriptedServer, store: ReplyStore) -> None:
    outcomes(door(server, store), range(5))
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StoreError, match="the disk is full; make room"):
        outcomes(door(server, store), range(2000))
    store._connection.execute("PRAGMA max_page_count = 1000000")
    asked = server.asked.total()
    assert asked < 500
    assert sum(isinstance(each, Reply) for each in outcomes(door(server, store, replay=True), range(5))) == 5


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MB."""
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", tmp_path], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"no file system can be mounted here: {made.stderr.strip()}")
    yield tmp_path
    subprocess.run(["umount", tmp_path], check=True)


def test_every_reply_that_was_paid_for_is_kept_when_the_disk_fills_up(server: ScriptedServer, small_disk: Path) -> None:
    server.script.answer = lambda _: '{"answer": "' + "long " * 2000 + '"}'
    with ReplyStore(small_disk / "replies.sqlite") as store:
        with pytest.raises(StoreError, match="the disk is full"):
            outcomes(door(server, store), range(2000))
        found = store._connection.execute("SELECT count(*) FROM exchange").fetchone()[0]
        assert found == server.paid.total()
        assert 100 < found < 1500


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="replies"):
        ReplyStore(tmp_path / "file" / "replies.sqlite")


def test_the_rule_for_tokens_is_corrected_by_what_servers_counted(store: ReplyStore) -> None:
    store.keep([exchange(str(number), tokens=130) for number in range(10)])
    assert store.token_factor() == 1.0
    store.keep([exchange(str(number), tokens=130) for number in range(100)])
    assert store.token_factor() == pytest.approx(1.3)


def test_a_file_made_by_many_at_once_is_made_once(tmp_path: Path) -> None:
    clashes: list[StoreError] = []
    for number in range(40):
        together = threading.Barrier(4)

        def make(path: Path = tmp_path / f"{number}.sqlite", gate: threading.Barrier = together) -> None:
            gate.wait()
            try:
                ReplyStore(path).close()
            except StoreError as error:
                clashes.append(error)

        makers = [threading.Thread(target=make) for _ in range(4)]
        for maker in makers:
            maker.start()
        for maker in makers:
            maker.join()
    assert clashes == []
