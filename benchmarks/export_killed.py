"""Kills and planted changes: no part of a version is ever seen, and no changed byte goes unseen.

An export is killed (SIGKILL, with its processes) at random moments; after each kill nothing may be visible under the
version's name but a whole version, and the next export has to clear up and succeed. Then single random bytes of a
finished export are changed, and `verify_export` has to find each. Run as:

    python -m benchmarks.export_killed [--kills 100] [--changes 200] [--rows 3000] [--seed 0]
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

from benchmarks.export_corpus import export_corpus
from benchmarks.figures import Figure, report
from pedcorpus import flow
from pedcorpus.export import list_exports, verify_export
from pedcorpus.settings import Workspace

_EXPORT = "from pedcorpus.cli.main import main; main()"


def _run(workspace: Workspace, version: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _EXPORT, "-w", str(workspace.root), "export", "--version", version]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def killed(workspace: Workspace, kills: int, chance: Random) -> tuple[int, int, int]:
    """Kills that came in time, partial versions that were seen, and leftovers after an export that nobody killed."""
    began = time.monotonic()
    _run(workspace, "v0").wait()
    whole_s = time.monotonic() - began
    hits = partial = 0
    for number in range(kills):
        process = _run(workspace, f"v{number + 1}")
        time.sleep(chance.uniform(0.0, whole_s))
        hits += process.poll() is None
        with suppress(ProcessLookupError):  # it was done already
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        partial += sum(bool(verify_export(path)) for path in _visible(workspace.exports))
        for path in list_exports(workspace.exports):
            shutil.rmtree(path)
    flow.export(workspace, "last")
    return hits, partial, len([*workspace.exports.iterdir()]) - 1


def _visible(exports: Path) -> list[Path]:
    return [path for path in exports.iterdir() if not path.name.startswith(".")] if exports.is_dir() else []


def unseen(root: Path, changes: int, chance: Random) -> int:
    """How many of so many single-byte changes nobody sees."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    missed = 0
    for _ in range(changes):
        path = chance.choice(files)
        data = bytearray(path.read_bytes())
        place = chance.randrange(len(data))
        data[place] ^= chance.randrange(1, 256)
        whole = path.read_bytes()
        path.write_bytes(data)
        missed += not verify_export(root)
        path.write_bytes(whole)
    return missed if not verify_export(root) else changes


def figures(kills: int, changes: int, rows: int, seed: int) -> Iterator[Figure]:
    """What was seen of what should not be, and not seen of what should."""
    chance = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        workspace = export_corpus(Path(folder) / "ward", rows, rule_pairs=200)
        hits, partial, left = killed(workspace, kills, chance)
        yield Figure("kills while an export ran", hits, kills, 0.8, unit="kills")
        yield Figure("partial versions seen", partial, kills, 0.0, at_least=False, by_value=True)
        yield Figure("leftovers after the next export", left, kills, 0.0, at_least=False, by_value=True)
        missed = unseen(workspace.exports / "last", changes, chance)
        yield Figure("single-byte changes not found", missed, changes, 0.0, at_least=False, by_value=True)


def main() -> int:
    """The figures, and 1 if a target was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--rows", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    return report(figures(given.kills, given.changes, given.rows, given.seed))


if __name__ == "__main__":
    sys.exit(main())
