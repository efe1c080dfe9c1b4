"""From key press to the next item on screen, in a large corpus: `python -m benchmarks.review_latency [--rows N]`.

The real screen over the real desk, driven by Textual's pilot without a terminal: a press counts until the pane shows
the next item and the whole screen has been drawn into lines of text. Reviewers press once a second, so that what is
read ahead is as far as it would be for a person. The corpus has a million instructions unless `--rows` says otherwise.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textual.events import Key
from textual.pilot import Pilot

from benchmarks.figures import Figure, report
from benchmarks.review_corpus import review_corpus
from pedcorpus import flow
from pedcorpus.corpus import Corpus, add_decisions, add_findings, add_instructions, current_sources, load_instructions
from pedcorpus.curate import check_id, checks
from pedcorpus.records import Decision, Finding, Severity, Verdict
from pedcorpus.review import edited_instruction
from pedcorpus.screens import ReviewApp
from pedcorpus.settings import Workspace

REVIEWER = "reader-1"
WIDE, NARROW = (120, 36), (80, 24)
_NAMES, _CHARACTERS = {"/": "slash"}, {"enter": "\r", "escape": "\x1b", "down": None}
_PATIENCE_S = 300.0
_LONG_CHARACTERS = 20_000


@dataclass
class Watched:
    """A running review, watched from outside."""

    app: ReviewApp
    pilot: Pilot[None]
    waits_ms: dict[str, list[float]] = field(default_factory=dict)

    @property
    def screen(self) -> Any:  # the review screen; what is looked at is not part of what it offers
        return self.app.screen_stack[1] if len(self.app.screen_stack) > 1 else None

    def state(self) -> tuple[object, ...]:
        """Changes as soon as another item, or another queue, is shown."""
        screen = self.screen
        return (screen._shown, screen._worklist.filter, screen._is_saving) if screen else ()

    def said(self) -> str:
        """What the screen tells, and where it stands."""
        lines = [str(self.screen.query_one(name).content) for name in ("#notice", "#status")] if self.screen else []
        return " | ".join([*lines, *map(str, self.state())])

    async def until(self, is_there: Callable[[], bool]) -> None:
        """Wait until `is_there`, and the screen is drawn."""
        deadline = time.perf_counter() + _PATIENCE_S
        while not is_there():
            if time.perf_counter() > deadline:
                raise SystemExit(f"the screen stood still for {_PATIENCE_S:.0f} s: {self.said()}")
            await asyncio.sleep(0.002)
        drawn = asyncio.Event()
        self.app.screen.call_after_refresh(drawn.set)
        await drawn.wait()
        self.app.screen._compositor.render_strips()

    async def press(self, name: str, *keys: str, until: Callable[[], bool] | None = None) -> None:
        """Press `keys`, and count until the next item stands there."""
        before = self.state()[0]
        began = time.perf_counter()
        for key in keys:  # as a terminal hands them over; the pilot's own press waits for idleness
            self.app.post_message(Key(_NAMES.get(key, key), _CHARACTERS.get(key, key)))
        await self.until(until or (lambda: self.screen._shown not in ("", before) and not self.screen._is_saving))
        self.waits_ms.setdefault(name, []).append((time.perf_counter() - began) * 1e3)

    async def rest(self, began: float, pause_s: float) -> None:
        """Until the next press is due."""
        await asyncio.sleep(max(pause_s - (time.perf_counter() - began), 0))


@asynccontextmanager
async def opened(workspace: Workspace, size: tuple[int, int]) -> AsyncIterator[tuple[Watched, float]]:
    """The review with its first item on screen, and how long that took."""
    began = time.perf_counter()
    desk = flow.open_desk(workspace, REVIEWER)
    app = ReviewApp(desk)
    async with app.run_test(size=size) as pilot:
        watched = Watched(app, pilot)
        await watched.until(lambda: bool(watched.screen and watched.screen._shown))
        yield watched, (time.perf_counter() - began) * 1e3
    desk.close()


async def decide(watched: Watched, times: int, pause_s: float, *, name: str = "") -> None:
    """Each kind of press, in turns as a reviewer mixes them."""
    suffix = f", {name}" if name else ""
    turns: Sequence[tuple[str, tuple[str, ...]]] = (
        ("accept", ("a",)),
        ("reject", ("r", "3")),
        ("defer", ("d",)),
        ("next", ("j",)),
        ("previous", ("k",)),
        ("accept", ("a",)),
        ("undo", ("u",)),
    )
    for number in range(times):
        began = time.perf_counter()
        what, keys = turns[number % len(turns)]
        await watched.press(what + suffix, *keys)
        await watched.rest(began, pause_s)


async def seek(watched: Watched, times: int) -> None:
    """A filter, a search, and back to all."""
    for _ in range(times):
        for name, keys, wanted in (
            ("filter", ("s", "down", "enter"), lambda: bool(watched.screen._worklist.filter)),
            ("all again", ("escape",), lambda: not watched.screen._worklist.filter),
            ("search", ("/", *"肺炎", "enter"), lambda: bool(watched.screen._worklist.filter.text)),
            ("all again", ("escape",), lambda: not watched.screen._worklist.filter),
        ):
            await watched.pilot.press(*(_NAMES.get(key, key) for key in keys[:-1]))  # what opens a dialog, or is typed
            await watched.press(name, keys[-1], until=lambda wanted=wanted: wanted())


def add_long_answers(workspace: Workspace, count: int) -> None:
    """Put `count` answers of 20,000 characters before all else of what waits for the reviewer."""
    corpus, at = Corpus(workspace.corpus_path), datetime.now(UTC)
    corpus.prepare()
    with corpus.unit() as unit:
        query = "SELECT id FROM instruction WHERE task = 'medkqa' AND parent IS NULL LIMIT ?"
        ids = [name for (name,) in unit.execute(query, [count]).fetchall()]
        found = list(load_instructions(unit, ids, current_sources(unit)))
        for record in found:
            answer = (record.model_dump()["answer"] * _LONG_CHARACTERS)[:_LONG_CHARACTERS]
            made = edited_instruction(record, {"answer": answer}).model_copy(update={"parent": None})
            add_instructions(unit, [made])
            names = [check_id(check) for check in checks()]
            add_findings(unit, [Finding(instruction=made.id, check=name, severity=Severity.PASS) for name in names])
            flag = Decision(
                instruction=made.id,
                reviewer="reader-2",
                verdict=Verdict.FLAG,
                note="很长",
                colleague=REVIEWER,
                at=at,
            )
            add_decisions(unit, [flag])


async def measured(workspace: Workspace, times: int, pause_s: float) -> dict[str, list[float]]:
    """All waits in milliseconds, by what was pressed."""
    waits: dict[str, list[float]] = {}
    async with opened(workspace, WIDE) as (watched, took_ms):
        waits["opening, nothing kept"] = [took_ms]
        await decide(watched, times, pause_s)
        await seek(watched, 3)
        waits |= watched.waits_ms
    async with opened(workspace, NARROW) as (watched, took_ms):
        waits["opening, what waits is kept"] = [took_ms]
        await decide(watched, times // 4, pause_s, name="80 x 24")
        waits |= watched.waits_ms
    add_long_answers(workspace, max(times // 8, 8))
    shutil.rmtree(workspace.queue_folder)
    async with opened(workspace, WIDE) as (watched, _):
        await decide(watched, max(times // 8, 7), pause_s, name="20,000 characters")
        waits |= watched.waits_ms
    return waits


_SEEKING = ("opening", "filter", "search", "all again")


def figures(waits: dict[str, list[float]]) -> Iterator[Figure]:
    """Median, 95 % and 99 % of the presses together; then each kind, and what looks at the whole queue."""
    presses = sorted(wait for name, found in waits.items() if not name.startswith(_SEEKING) for wait in found)
    yield _figure("key press to next item, median", statistics.median(presses), 50)
    yield _figure("key press to next item, 95 %", _share(presses, 0.95), 200)
    yield _figure("key press to next item, 99 %", _share(presses, 0.99), 200)
    for name, found in waits.items():
        if name.startswith(_SEEKING):
            yield _figure(f"{name}, median of {len(found)}", statistics.median(found), 3_000)
        else:
            yield _figure(f"{name}, median of {len(found)}", statistics.median(found), 50)
            yield _figure(f"{name}, longest", max(found), 200)


def _figure(name: str, value: float, limit: float) -> Figure:
    return Figure(name, value, limit, 1, at_least=False, unit="ms")


def _share(waits: Sequence[float], quantile: float) -> float:
    return waits[min(int(len(waits) * quantile), len(waits) - 1)]


def main() -> int:
    """The figures, and 1 if a target was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=280, help="presses on the wide screen")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between presses")
    parser.add_argument("--corpus", type=Path, help="where a corpus of review_corpus is, or is to be kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole = review_corpus(given.corpus or Path(folder) / "whole", given.rows)
        root = Path(folder) / "workspace"
        root.mkdir()
        for path in (whole.corpus_path, whole.settings_path):
            shutil.copy(path, root / path.name)
        waits = asyncio.run(measured(Workspace(root), given.times, given.pause))
        print(f"# load while it ran: {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors", flush=True)
        return report(figures(waits))


if __name__ == "__main__":
    raise SystemExit(main())
