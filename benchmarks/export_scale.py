"""What an export costs at 30,000 to 1,000,000 rows, beside writing the same tables with the Hub's own library.

Both run in processes of their own, two processors, one after the other. An export reads the corpus, splits, renders,
writes, hashes and reports; `datasets.Dataset.to_parquet` writes the very rows of its tables from memory-mapped Arrow,
and nothing else. Memory is the export's, its processes together, pages that they share counted once. Run as:

    python -m benchmarks.export_scale [--rows 30000 300000 1000000] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.export_corpus import export_corpus
from benchmarks.figures import Figure, report

_SPEED, _MEMORY_MIB, _EXPONENT, _VERIFY_S = 0.8, 2048, 1.1, 10.0
_EXPORT = """
import sys, time
from pathlib import Path
from pedcorpus import flow
from pedcorpus.settings import Workspace
if __name__ == "__main__":
    flow.export(Workspace(Path(sys.argv[1])), "v1")
"""
_PEER = """
import glob, os, sys, tempfile, time
os.environ["HF_HUB_OFFLINE"] = "1"
import datasets
datasets.disable_progress_bars()
wall = 0.0
with tempfile.TemporaryDirectory() as place:
    for path in sorted(glob.glob(f"{sys.argv[1]}/*/*.parquet")):
        rows = datasets.load_dataset("parquet", data_files=path, split="train", cache_dir=f"{place}/cache")
        began = time.perf_counter()
        rows.to_parquet(f"{place}/peer.parquet")
        wall += time.perf_counter() - began
print(wall)
"""
_VERIFY = """
import sys, time
from pathlib import Path
from pedcorpus.export import open_export
began = time.perf_counter()
open_export(Path(sys.argv[1]))
print(time.perf_counter() - began)
"""


@dataclass(frozen=True)
class Cost:
    """What one export took."""

    rows: int
    wall_s: float
    peak_mib: float
    peer_s: float
    verify_s: float


def measure(folder: Path, rows: int) -> Cost:
    """One export of a corpus of so many rows, made first where it is not there."""
    workspace = export_corpus(folder, rows)
    target = workspace.exports / "v1"
    subprocess.run(["rm", "-rf", str(target)], check=True)
    began = time.perf_counter()
    process = _started(_EXPORT, workspace.root, script=folder / "export.py")
    watch = _Watch(process.pid)
    if process.wait():
        raise SystemExit(f"the export of {rows:,} rows failed")
    wall_s = time.perf_counter() - began
    peer, verified = (_seconds(script, target) for script in (_PEER, _VERIFY))
    counts = json.loads((target / "manifest.json").read_bytes())["counts"]["splits"]
    return Cost(sum(counts.values()), wall_s, watch.peak_mib(), peer, verified)


def _started(code: str, argument: Path, *, script: Path) -> subprocess.Popen[bytes]:
    script.write_text(code, encoding="utf-8")  # its processes import it
    return subprocess.Popen(["taskset", "-c", "0,1", sys.executable, str(script), str(argument)], env=_environment())


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])}


def _seconds(code: str, argument: Path) -> float:
    command = ["taskset", "-c", "0,1", sys.executable, "-c", code, str(argument)]
    done = subprocess.run(command, env=_environment(), check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


class _Watch:
    """The most memory that a process and its children hold together, pages that they share counted once."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak_kib = pid, 0
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while Path(f"/proc/{self._pid}/smaps_rollup").exists():
            self._peak_kib = max(self._peak_kib, sum(map(_held_kib, (self._pid, *_children(self._pid)))))
            time.sleep(0.1)

    def peak_mib(self) -> float:
        return self._peak_kib / 1024


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def _held_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def figures(sizes: list[int], folder: Path) -> Iterator[Figure]:
    """Speed, memory and time to verify of each size, and how the time grows."""
    costs = []
    for rows in sizes:
        cost = measure(folder / f"{rows}", rows)
        costs.append(cost)
        speed, peer = cost.rows / cost.wall_s, cost.rows / cost.peer_s
        yield Figure(f"export of {cost.rows:,} rows, beside Dataset.to_parquet", speed, peer, _SPEED, unit="rows/s")
        yield Figure(f"peak memory at {cost.rows:,} rows", cost.peak_mib, _MEMORY_MIB, 1.0, at_least=False, unit="MiB")
        yield Figure(
            f"verified before training, {cost.rows:,} rows", cost.verify_s, _VERIFY_S, 1.0, at_least=False, unit="s"
        )
    if len(costs) > 1:
        first, last = costs[0], costs[-1]
        exponent = math.log(last.wall_s / first.wall_s) / math.log(last.rows / first.rows)
        yield Figure("growth exponent of the time", exponent, 1.0, _EXPONENT, at_least=False)


def main() -> int:
    """The figures, and 1 if a target was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="+", default=[30_000, 300_000, 1_000_000])
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        return report(figures(given.rows, given.folder or Path(place)))


if __name__ == "__main__":
    sys.exit(main())
