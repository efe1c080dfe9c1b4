"""The worker beside a server, with commands that stand for the real one."""

import sys
import time

import pytest

from pedcorpus import flow
from pedcorpus.settings import Workspace

COUNTED = """
import pathlib, sys, time
place = pathlib.Path(sys.argv[1])
with (place / "runs").open("a") as runs:
    runs.write("1")
"""
TAKE = "for file in place.glob('chat-feedback/.waiting/*'): file.unlink()"
FAIL = "sys.exit('talk\\nerror the disk is away')"


@pytest.fixture
def place(tmp_path):
    return Workspace(tmp_path)


def keep(place, number=1):
    turns = [("user", f"孩子第{number}次发热怎么办？")]
    flow.keep_feedback(place, flow.RatedExchange(turns=turns, reply="多喝水。", model="demo", rating="up"))


def worker(place, then, told, **options):
    command = [sys.executable, "-I", "-c", COUNTED + then, str(place.root)]
    return flow.FeedbackWorker(place, command, tell=told.append, **options)


def until(holds):
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def waiting(place):
    return len(list((place.root / "chat-feedback" / ".waiting").glob("*.json")))


def runs(place):
    file = place.root / "runs"
    return len(file.read_text()) if file.exists() else 0


def test_what_waited_before_the_start_is_taken_in_and_so_is_what_comes_later(place):
    keep(place)
    with worker(place, TAKE, []) as beside:
        until(lambda: not waiting(place))
        keep(place, 2)
        keep(place, 3)
        beside.wake()
        until(lambda: not waiting(place))
    assert runs(place) == 2


def test_where_nothing_waits_nothing_is_started(place):
    with worker(place, TAKE, []) as beside:
        beside.wake()
        time.sleep(0.2)
    assert runs(place) == 0


def test_what_fails_is_tried_again_and_told_once(place):
    told = []
    keep(place)
    with worker(place, f"(place / 'mended').exists() or {FAIL}\n{TAKE}", told, retry_s=(0.01, 0.02)):
        until(lambda: runs(place) >= 3)
        (place.root / "mended").touch()
        until(lambda: not waiting(place))
    assert told == ["feedback waits and is tried again: the disk is away"]


@pytest.mark.parametrize(
    ("command", "reason"),
    [([sys.executable, "-c", ""], "no reason is known"), (["/no/program"], "No such file or directory: '/no/program'")],
    ids=["does nothing", "not there"],
)
def test_a_command_that_takes_nothing_in_is_told(place, command, reason):
    keep(place)
    told = []
    with flow.FeedbackWorker(place, command, tell=told.append):
        until(lambda: told)
    assert told[0].endswith(reason)
    assert waiting(place) == 1


def test_it_stops_at_once_in_the_middle_and_what_waits_stays(place):
    keep(place)
    with worker(place, "time.sleep(60)", told := []):
        until(lambda: runs(place) == 1)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert (waiting(place), told) == (1, [])


def test_it_stops_at_once_while_it_waits_to_try_again(place):
    keep(place)
    with worker(place, FAIL, told := [], retry_s=(60, 60)):
        until(lambda: told)
        began = time.monotonic()
    assert time.monotonic() - began < 5
