import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pedcorpus.corpus.turns import Turns

TAKE = """
import sys, time
from pathlib import Path
from pedcorpus.corpus.turns import Turns
path, shared, seconds = Path(sys.argv[1]), sys.argv[2] == "shared", float(sys.argv[3])
with Turns(path).taken(shared=shared, deadline=time.monotonic() + 30):
    print("taken", flush=True)
    time.sleep(seconds)
"""

INTERRUPTED = """
import sys, time
from pathlib import Path
from pedcorpus.corpus.turns import Turns
print("waiting", flush=True)
try:
    with Turns(Path(sys.argv[1])).taken(shared=False, deadline=time.monotonic() + 30):
        pass
except KeyboardInterrupt:
    print("interrupted", flush=True)
    time.sleep(60)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks on Windows")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corpus.duckdb"


def soon(seconds: float = 20.0) -> float:
    return time.monotonic() + seconds


@contextmanager
def held(path: Path, how: str, seconds: float = 60.0) -> Iterator[subprocess.Popen[str]]:
    """Another process that has a turn."""
    command = [sys.executable, "-c", TAKE, str(path), how, str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "taken\n"
            yield process
        finally:
            process.kill()


class Comer(threading.Thread):
    """Takes a turn when it comes, and notes it."""

    def __init__(self, path: Path, name: str, came: list[str], *, shared: bool = False, stays_s: float = 0.0) -> None:
        super().__init__(name=name, daemon=True)
        self._path, self._came, self._shared, self._stays_s = path, came, shared, stays_s
        self.start()
        time.sleep(0.1)  # in line before whoever comes next

    def run(self) -> None:
        with Turns(self._path).taken(shared=self._shared, deadline=soon()):
            self._came.append(self.name)
            time.sleep(self._stays_s)


def test_turns_come_in_the_order_in_which_they_were_asked_for(path: Path) -> None:
    came: list[str] = []
    with Turns(path).taken(shared=False, deadline=soon()):
        comers = [Comer(path, name, came) for name in "abcdef"]
        assert came == []
    for comer in comers:
        comer.join(10)
    assert came == list("abcdef")


def test_readers_are_there_together(path: Path) -> None:
    with held(path, "shared"), Turns(path).taken(shared=True, deadline=soon()):
        pass


@pytest.mark.parametrize(("holder", "shared"), [("shared", False), ("alone", True), ("alone", False)])
def test_a_writer_is_there_alone(path: Path, holder: str, shared: bool) -> None:
    with held(path, holder), pytest.raises(TimeoutError), Turns(path).taken(shared=shared, deadline=soon(0.2)):
        pass


def test_readers_who_come_after_a_waiting_writer_come_after_it(path: Path) -> None:
    came: list[str] = []
    with Turns(path).taken(shared=True, deadline=soon()):
        writer = Comer(path, "writer", came)
        reader = Comer(path, "reader", came, shared=True)
        assert came == []
    writer.join(10)
    reader.join(10)
    assert came == ["writer", "reader"]


def test_a_writer_comes_to_its_turn_among_readers_without_end(path: Path) -> None:
    is_over = threading.Event()

    def read_on() -> None:
        while not is_over.is_set():
            with Turns(path).taken(shared=True, deadline=soon()):
                time.sleep(0.02)

    readers = [threading.Thread(target=read_on, daemon=True) for _ in range(4)]
    for reader in readers:
        reader.start()
    with Turns(path).taken(shared=False, deadline=soon(5)):
        is_over.set()
    for reader in readers:
        reader.join(10)


def test_the_turn_of_a_killed_process_is_free_at_once(path: Path) -> None:
    with held(path, "alone") as process:
        process.kill()
        process.wait()
        with Turns(path).taken(shared=False, deadline=soon(1)):
            pass


def test_who_gave_up_waiting_holds_nobody_up_later(path: Path) -> None:
    with held(path, "alone") as process:
        for _ in range(3):
            with pytest.raises(TimeoutError), Turns(path).taken(shared=False, deadline=soon(0.05)):
                pass
        process.kill()
        process.wait()
    for _ in range(3):
        with Turns(path).taken(shared=False, deadline=soon(2)):
            pass


def test_who_is_interrupted_while_waiting_leaves_the_line(path: Path) -> None:
    with held(path, "alone") as holder:
        command = [sys.executable, "-c", INTERRUPTED, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as waiting:
            assert waiting.stdout is not None
            assert waiting.stdout.readline() == "waiting\n"
            time.sleep(0.3)
            waiting.send_signal(signal.SIGINT)
            assert waiting.stdout.readline() == "interrupted\n"
            holder.kill()
            holder.wait()
            with Turns(path).taken(shared=False, deadline=soon(5)):
                waiting.kill()


def test_a_turn_that_was_taken_is_given_back_when_the_work_fails(path: Path) -> None:
    with pytest.raises(ValueError, match="of the work"), Turns(path).taken(shared=False, deadline=soon()):
        raise ValueError("of the work")
    with Turns(path).taken(shared=False, deadline=soon(1)):
        pass


def test_where_lock_files_cannot_be_made_turns_are_granted(path: Path) -> None:
    lost = path.parent / "gone" / "corpus.duckdb"
    with Turns(lost).taken(shared=False, deadline=soon(1)), Turns(lost).taken(shared=False, deadline=soon(1)):
        assert not lost.parent.exists()


def test_no_file_stays_open(path: Path) -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    for _ in range(5):
        with Turns(path).taken(shared=False, deadline=soon(1)):
            pass
    assert len(list(Path("/dev/fd").iterdir())) == before
