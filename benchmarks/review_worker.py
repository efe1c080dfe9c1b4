"""Processes that `review_concurrency` starts: a reviewer who decides once a second, and an ingest that never ends.

    python -m benchmarks.review_worker review WORKSPACE NAME FOLDER DECISIONS INTERVAL_S
    python -m benchmarks.review_worker ingest WORKSPACE NAME FOLDER

A reviewer writes `FOLDER/NAME.jsonl`: a line for each decision once the desk has said that it is stored, synced to
disk, so that a parent knows what was acknowledged even if the reviewer is killed. It begins when `FOLDER/go` is there,
and goes on from where its file ends. The ingest stops when `FOLDER/stop` is there.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

from benchmarks.shelf_text import heading_words, sentence
from pedcorpus import flow
from pedcorpus.errors import CorpusBusy, DecidedMeanwhile
from pedcorpus.records import Verdict
from pedcorpus.review import ReviewItem
from pedcorpus.settings import Workspace

__all__ = ["acknowledged"]

_FILES_A_ROUND = 4


def acknowledged(folder: Path, name: str) -> list[dict[str, object]]:
    """What a reviewer was told is stored; a line cut short by a kill was never told."""
    path = folder / f"{name}.jsonl"
    lines = path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
    return [json.loads(line) for line in lines]


class _Reviewer:
    def __init__(self, workspace: Workspace, name: str, folder: Path) -> None:
        self._chance = random.Random(name)
        self._desk = flow.open_desk(workspace, name)
        self._next: list[str] = []
        self._name, self._folder = name, folder
        self._said = (folder / f"{name}.jsonl").open("a", encoding="utf-8")

    def item(self) -> ReviewItem:
        """What is on screen."""
        while True:
            if not self._next:
                self._next = [entry.id for entry in self._desk.queue().entries]
            taken = self._desk.read(self._next)
            self._next = [name for name in self._next if name not in taken.gone]
            if taken.items:
                return taken.items[0]

    def decide(self, item: ReviewItem) -> None:
        """One decision, and its acknowledgement; the wait is that of the person at the keys."""
        began = time.perf_counter()
        identifier = item.instruction.id
        verdict, reason = self._chance.choice(
            ((Verdict.ACCEPT, ""), (Verdict.ACCEPT, ""), (Verdict.REJECT, "wrong_fact"))
        )
        try:
            decision = self._desk.decide(identifier, verdict, reason=reason, seconds=1.0)
        except DecidedMeanwhile:
            self._next.remove(identifier)
            return
        except CorpusBusy:
            self._say({"busy": identifier, "ms": (time.perf_counter() - began) * 1e3})
            return
        waited_ms = (time.perf_counter() - began) * 1e3
        self._next.remove(identifier)
        self._say({"id": decision.id, "instruction": identifier, "ms": waited_ms})

    def _say(self, told: dict[str, object]) -> None:
        self._said.write(json.dumps(told) + "\n")
        self._said.flush()
        os.fsync(self._said.fileno())


def review(workspace: Workspace, name: str, folder: Path, decisions: int, interval_s: float) -> None:
    """Decides until so many are acknowledged, one each `interval_s`."""
    done = sum("id" in told for told in acknowledged(folder, name))
    mended = "".join(json.dumps(told) + "\n" for told in acknowledged(folder, name))
    (folder / f"{name}.jsonl").write_text(mended, encoding="utf-8")
    reviewer = _Reviewer(workspace, name, folder)
    item = reviewer.item()
    (folder / f"{name}.ready").touch()
    while not (folder / "go").exists():
        time.sleep(0.01)
    due = time.monotonic() + random.Random(f"{name}{done}").random() * interval_s
    while done < decisions:
        time.sleep(max(due - time.monotonic(), 0))
        due += interval_s
        reviewer.decide(item)
        done = sum("id" in told for told in acknowledged(folder, name))
        if done < decisions:
            item = reviewer.item()


def ingest(workspace: Workspace, folder: Path) -> None:
    """Reads chapter after chapter of a work that never ends."""
    shelf = folder / "endless"
    chance, number = random.Random(1), 0
    while not (folder / "stop").exists():
        shelf.mkdir(exist_ok=True)
        for _ in range(_FILES_A_ROUND):
            (shelf / f"{number:06}.md").write_text(_chapter(chance, number), encoding="utf-8")
            number += 1
        flow.ingest(workspace, [shelf], jobs=1)
        for file in shelf.iterdir():
            file.unlink()


def _chapter(chance: random.Random, number: int) -> str:
    sections = (
        f"## {heading_words(chance)}\n\n" + "\n\n".join("".join(sentence(chance) for _ in range(4)) for _ in range(6))
        for _ in range(8)
    )
    return f"# 第{number + 1}章\n\n" + "\n\n".join(sections) + "\n"


def main(what: str, workspace: str, name: str, folder: str, *rest: str) -> None:
    """Runs one of the two."""
    if what == "review":
        review(Workspace(Path(workspace)), name, Path(folder), int(rest[0]), float(rest[1]))
    else:
        ingest(Workspace(Path(workspace)), Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
