"""Duplicate search as `pedcorpus curate` does it, on generated rows, in a process of its own.

`python -m benchmarks.near_duplicates_corpus ROWS KEPT`: ROWS has a JSON list [question, answer] a line; KEPT gets, for
each row, the row that stays for it. Reading, folding, particulars, all three levels and the choice of what stays are
part of the measure; two processes read.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from benchmarks.near_duplicates_worker import peak_gib
from pedcorpus.curate.duplicates import find_alike, standing
from pedcorpus.curate.near import Conversations, all_conversations, particulars_reader, read_conversations
from pedcorpus.engine import Processes, batches
from pedcorpus.records import Message

_PORTION = 2_000
_JOBS = 2
_reader = lru_cache(particulars_reader)


def _portions(rows: Path) -> Iterator[list[tuple[int, str]]]:
    with rows.open(encoding="utf-8") as lines:
        yield from batches(enumerate(lines), _PORTION)


def _read(portion: list[tuple[int, str]]) -> Conversations:
    def conversations() -> Iterator[tuple[str, list[Message]]]:
        for number, line in portion:
            question, answer = json.loads(line)
            yield f"{number:08}", [Message(role="user", content=question), Message(role="assistant", content=answer)]

    return read_conversations(conversations(), _reader(), ngram=3)


def _lost(portion: list[tuple[int, str]]) -> Conversations:
    raise RuntimeError(f"row {portion[0][0]} and those after it ended their process")


def main(rows: Path, kept: Path) -> None:
    """Searches and prints what it took: seconds, and GiB of all processes together at their highest."""
    began = time.perf_counter()
    columns = all_conversations(Processes(_JOBS).map_ordered(_read, _portions(rows), crashed=_lost))
    read = time.perf_counter() - began
    plain = np.ones(len(columns), bool)
    standings = standing(accepted=~plain, sound=plain, clean=plain, source=np.zeros(len(columns), np.int64))
    found = find_alike(columns, standings, threshold=0.8)
    wall = time.perf_counter() - began
    stays = np.arange(len(columns))
    for row in found.duplicates:
        stays[int(row.instruction)] = int(row.cluster)
    np.save(kept, stays)
    own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    peak = peak_gib() + _JOBS * workers.ru_maxrss / (1 << 20)
    cpu = own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime
    told = {"wall": wall, "read": read, "cpu": cpu, "peak": peak, "rows": len(columns), "alike": len(found.alike)}
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
