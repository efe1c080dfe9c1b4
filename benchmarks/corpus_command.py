"""The command line of those that make a corpus to measure on: `FOLDER [--rows N]`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from pedcorpus.settings import Workspace

__all__ = ["making_command"]


def making_command(make: Callable[[Path, int], Workspace]) -> int:
    """Makes the corpus that the command line asks for, and says what it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    began = time.perf_counter()
    workspace = make(given.folder, given.rows)
    size = workspace.corpus_path.stat().st_size / (1 << 20)
    print(f"{given.rows:,} instructions, {size:,.0f} MiB, {time.perf_counter() - began:.0f} s")
    return 0
