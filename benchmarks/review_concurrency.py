"""Eight reviewers at one corpus while an ingest writes to it: `python -m benchmarks.review_concurrency [--quick]`.

Each reviewer is a process of its own at the desk that the screens use, and decides once a second. Twice: undisturbed,
which says how long a person waits for a decision to be durable; then with reviewers killed (SIGKILL) at random moments
and started again, which says whether all that was acknowledged stands, once. Decisions are 500 each, or 60 with
`--quick`; the corpus has a million instructions unless `--rows` says otherwise.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import duckdb

from benchmarks.figures import Figure, report
from benchmarks.review_corpus import review_corpus
from benchmarks.review_worker import acknowledged
from pedcorpus.corpus import Corpus
from pedcorpus.settings import Workspace

REVIEWERS = tuple(f"reader-{number}" for number in range(1, 9))
_INTERVAL_S = 1.0
_KILL_EVERY_S = (0.5, 4.0)


@contextmanager
def _running(workspace: Workspace, folder: Path, decisions: int) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """The ingest, and the reviewers once all of them have their first item on screen."""
    ingest = _start("ingest", workspace, "ingest", folder)
    reviewers = {name: _reviewer(workspace, name, folder, decisions) for name in REVIEWERS}
    try:
        while not all((folder / f"{name}.ready").exists() for name in REVIEWERS):
            if failed := [name for name, process in reviewers.items() if process.poll() is not None]:
                raise SystemExit(f"{failed[0]} could not begin")
            time.sleep(0.05)
        (folder / "go").touch()
        yield reviewers
    finally:
        (folder / "stop").touch()
        for process in (*reviewers.values(), ingest):
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()


def _start(what: str, workspace: Workspace, name: str, folder: Path, *rest: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "benchmarks.review_worker", what, str(workspace.root), name, str(folder), *rest]
    return subprocess.Popen(command, cwd=Path(__file__).parent.parent)


def _reviewer(workspace: Workspace, name: str, folder: Path, decisions: int) -> subprocess.Popen[bytes]:
    return _start("review", workspace, name, folder, str(decisions), str(_INTERVAL_S))


def undisturbed(workspace: Workspace, folder: Path, decisions: int) -> None:
    """All reviewers to the end."""
    with _running(workspace, folder, decisions) as reviewers:
        for process in reviewers.values():
            process.wait()


def disturbed(workspace: Workspace, folder: Path, decisions: int, chance: Random) -> list[float]:
    """All reviewers to the end, being killed on the way; how long the corpus took to open after each kill."""
    opened: list[float] = []
    with _running(workspace, folder, decisions) as reviewers:
        while any(process.poll() is None for process in reviewers.values()):
            time.sleep(chance.uniform(*_KILL_EVERY_S))
            name = chance.choice(REVIEWERS)
            if reviewers[name].poll() is None:
                reviewers[name].kill()
                reviewers[name].wait()
                opened.append(_opening_ms(workspace))
                reviewers[name] = _reviewer(workspace, name, folder, decisions)
    return opened


def _opening_ms(workspace: Workspace) -> float:
    corpus = Corpus(workspace.corpus_path)
    began = time.perf_counter()
    with corpus.unit(read_only=True) as unit:
        unit.execute("SELECT 1").fetchall()
    return (time.perf_counter() - began) * 1e3


class Outcome:
    """What reviewers were told, held against what the corpus has."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        said = [told for name in REVIEWERS for told in acknowledged(folder, name)]
        self.waits_ms = sorted(float(str(told["ms"])) for told in said if "id" in told)
        self.refused = sum("busy" in told for told in said)
        self.told = [str(told["id"]) for told in said if "id" in told]
        with duckdb.connect(str(workspace.corpus_path), read_only=True) as connection:
            rows = connection.execute(
                "SELECT id, instruction FROM decision WHERE reviewer IN (SELECT unnest(?))", [list(REVIEWERS)]
            ).fetchall()
            self.documents: int = connection.execute(
                "SELECT count(*) FROM document WHERE path LIKE '0%' AND source = 'endless'"
            ).fetchall()[0][0]
        self.stored = [identifier for identifier, _ in rows]
        instructions = [instruction for _, instruction in rows]
        self.lost = len(set(self.told) - set(self.stored))
        self.doubled = len(rows) - len(set(self.stored)) + len(instructions) - len(set(instructions))

    def share(self, quantile: float) -> float:
        """The wait that this share of decisions did not exceed."""
        return self.waits_ms[min(int(len(self.waits_ms) * quantile), len(self.waits_ms) - 1)]


def _copied(whole: Workspace, folder: Path) -> Workspace:
    root = folder / "workspace"
    root.mkdir(parents=True)
    for path in (whole.corpus_path, whole.settings_path):
        shutil.copy(path, root / path.name)
    return Workspace(root)


def figures(whole: Workspace, place: Path, decisions: int, kills: bool, seed: int) -> Iterator[Figure]:
    """Waits, what was lost or doubled, and what the ingest got done beside."""
    wanted = decisions * len(REVIEWERS)
    folder = place / "undisturbed"
    workspace = _copied(whole, folder)
    began = time.monotonic()
    undisturbed(workspace, folder, decisions)
    took_s = time.monotonic() - began
    yield from _told("undisturbed", Outcome(workspace, folder), wanted)
    out = Outcome(workspace, folder)
    print(f"# load while it ran: {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors", flush=True)
    for name, value, limit in (
        ("median", statistics.median(out.waits_ms), 60), ("95 %", out.share(0.95), 500), ("99 %", out.share(0.99), 500)
    ):  # fmt: skip
        yield Figure(f"wait for a decision to be durable, {name}", value, limit, 1, at_least=False, unit="ms")
    yield Figure("decisions refused because the corpus was busy", out.refused, wanted, 0, at_least=False, by_value=True)
    yield Figure("files that the ingest stored beside, a minute", out.documents / took_s * 60, 10, 1, unit="files")
    shutil.rmtree(folder)
    if kills:
        folder = place / "disturbed"
        workspace = _copied(whole, folder)
        opened = disturbed(workspace, folder, decisions, Random(seed))
        yield Figure("reviewers killed", len(opened), decisions / 10, 1)
        yield from _told("killed", Outcome(workspace, folder), wanted)
        yield Figure("corpus open again after a kill, longest", max(opened), 5_000, 1, at_least=False, unit="ms")


def _told(how: str, out: Outcome, wanted: int) -> Sequence[Figure]:
    return (
        Figure(f"decisions acknowledged, {how}", len(out.told), wanted, 1),
        Figure(f"acknowledged and not stored, {how}", out.lost, wanted, 0, at_least=False, by_value=True),
        Figure(f"stored twice, {how}", out.doubled, wanted, 0, at_least=False, by_value=True),
    )


def main() -> int:
    """The figures, and 1 if a target was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="60 decisions each")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--corpus", type=Path, help="where a corpus of review_corpus is, or is to be kept")
    parser.add_argument("--no-kills", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        whole = review_corpus(given.corpus or Path(place) / "whole", given.rows)
        decisions = 60 if given.quick else 500
        return report(figures(whole, Path(place), decisions, not given.no_kills, given.seed))


if __name__ == "__main__":
    sys.exit(main())
