"""Near duplicates: speed and memory beside datasketch and rensa, recall and precision, growth: `make bench-curate`.

Two measures, each run in a process of its own:

- *Pairs*: free texts of some 125 characters, folded before; from these to all pairs of Jaccard 0.8 and above, verified.
  The truth for 30,000 texts is counted, every pair of them. datasketch and rensa get the same bands, and verify on
  Python's sets; rensa's quickest call verifies nothing and names no pairs, only texts that have one. Ratios of
  processor time hold on a shared machine, those by the clock do not. Peers are run on as many texts as their memory
  allows: `--peers 30000,300000` takes 7 GiB.
- *Corpus*: rows as `pedcorpus curate` reads them, half of them templated, up to a million: folding, particulars, the
  three levels, the choice of what stays. A row that stays though a better row of the same origin is near it counts
  against recall, a duplicate of a row of another origin against precision.

`--rows 30000,300000` measures this project on so many rows only.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import Figure, report
from benchmarks.near_duplicates_text import Row, free_texts, rows
from benchmarks.near_duplicates_worker import METHODS as WORKERS
from benchmarks.near_duplicates_worker import THRESHOLD, UNVERIFIED, Pairs, grams
from pedcorpus.curate.near import bare, particulars_reader, without_asking

TEXTS = 30_000
PEERS = (TEXTS, 100_000)
SIZES = (30_000, 300_000, 1_000_000)
RECALL, PRECISION, GROWTH, PEAK_GIB = 0.98, 0.98, 1.1, 6.0
OVER_DATASKETCH, OVER_RENSA = 4.0, 1.0
_GROUPS = 10_000
"""Groups with copies whose recall is counted."""

METHODS = tuple(WORKERS)
"""This project first."""

Told = dict[str, Any]  # what a worker says of its run


def run(module: str, *arguments: object) -> Told:
    """A worker's own account of its run."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


def true_pairs(texts: Sequence[str]) -> Pairs:
    """Every pair at the threshold or above, counted: any such pair shares one of the rarest fifth of its n-grams."""
    sets = [frozenset(grams(text)) for text in texts]
    seen = Counter(gram for one in sets for gram in one)
    holders: dict[str, list[int]] = defaultdict(list)
    found: Pairs = set()
    for number, one in enumerate(sets):
        rarest = sorted(one, key=lambda gram: (seen[gram], gram))[: math.floor((1 - THRESHOLD) * len(one) + 1e-9) + 1]
        for other in {other for gram in rarest for other in holders[gram]}:
            if jaccard(one, sets[other]) >= THRESHOLD - 1e-9:
                found.add((other, number))
        for gram in rarest:
            holders[gram].append(number)
    return found


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared over all."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def pairs(folder: Path, sizes: Sequence[int], peers: Sequence[int]) -> Iterator[Figure]:
    """Speed beside the peers, and recall and precision on counted truth."""
    told: dict[tuple[str, int], Told] = {}
    for count in sorted({*sizes, *peers, TEXTS}):
        place = folder / f"{count}.txt"
        place.write_text("\n".join(map(bare, free_texts(count))), encoding="utf-8")
        for method in ("pedcorpus", *(METHODS[1:] if count in peers else ())):
            told[method, count] = run("near_duplicates_worker", method, place, folder / f"{method}-{count}.npy")
        if count != TEXTS:
            place.unlink()
    truth = true_pairs((folder / f"{TEXTS}.txt").read_text(encoding="utf-8").split("\n"))
    yield from _rightness(folder, truth, TEXTS in peers)
    for method, count in told:
        if method != "pedcorpus":
            yield from _beside(method, count, told)
    for count in sorted(sizes):
        own = told["pedcorpus", count]
        yield Figure(f"pairs of {count}: wall time", own["wall"], 1, math.inf, at_least=False, unit="s")
        yield Figure(f"pairs of {count}: rows/s by the clock", count / own["wall"], 1, 0, unit="1/s")
        yield Figure(f"pairs of {count}: peak", own["peak"], PEAK_GIB, 1, at_least=False, unit="GiB")


def _rightness(folder: Path, truth: Pairs, has_peers: bool) -> Iterator[Figure]:
    found = {
        method: set(map(tuple, np.load(folder / f"{method}-{TEXTS}.npy").tolist()))
        for method in (METHODS if has_peers else METHODS[:1])
    }
    for method, own in found.items():
        if method == UNVERIFIED:  # names texts, as pairs with themselves
            have = {text for pair in truth for text in pair}
            named = {text for text, _ in own}
            yield Figure(f"pairs of {TEXTS}: recall of {method}", len(named & have) / len(have), 1, 0, by_value=True)
            yield Figure(
                f"pairs of {TEXTS}: precision of {method}", len(named & have) / len(named), 1, 0, by_value=True
            )
        else:
            least = RECALL if method == "pedcorpus" else 0
            yield Figure(
                f"pairs of {TEXTS}: recall of {method}", len(own & truth) / len(truth), 1, least, by_value=True
            )
    share = len(found["pedcorpus"] & truth) / len(found["pedcorpus"])
    yield Figure(f"pairs of {TEXTS}: precision", share, 1, PRECISION, by_value=True)


def _beside(method: str, count: int, told: dict[tuple[str, int], Told]) -> Iterator[Figure]:
    own, peer = told["pedcorpus", count], told[method, count]
    least = OVER_DATASKETCH if method == "datasketch" else OVER_RENSA
    for time, words in (("cpu", "of CPU"), ("wall", "by the clock")):
        name = f"pairs of {count}: rows/s {words}, beside {method}"
        yield Figure(name, count / own[time], count / peer[time], least, unit="1/s")
    yield Figure(f"pairs of {count}: peak beside {method}", own["peak"], peer["peak"], 1, at_least=False, unit="GiB")


@dataclass(frozen=True)
class Outcome:
    """One run on a corpus, and how right it was."""

    told: Told
    recall: float
    precision: float


def corpus(folder: Path, count: int) -> Outcome:
    """Duplicate search on `count` rows."""
    place, kept = folder / f"{count}.jsonl", folder / f"{count}.npy"
    groups = np.empty(count, np.int64)
    sample: dict[int, list[tuple[int, Row]]] = {}
    with place.open("w", encoding="utf-8") as lines:
        before: tuple[int, Row] | None = None
        for number, row in enumerate(rows(count)):
            groups[number] = row.group
            lines.write(json.dumps([row.question, row.answer], ensure_ascii=False) + "\n")
            if before and before[1].group == row.group and (len(sample) < _GROUPS or row.group in sample):
                sample.setdefault(row.group, [before]).append((number, row))
            before = (number, row)
    told = run("near_duplicates_corpus", place, kept)
    stays = np.load(kept)
    dropped = np.flatnonzero(stays != np.arange(count))
    precision = float((groups[dropped] == groups[stays[dropped]]).mean())
    return Outcome(told, _recall(list(sample.values()), stays), precision)


def _recall(groups: list[list[tuple[int, Row]]], stays: np.ndarray) -> float:
    """Of the rows that should go, how many did: none should stay beside one of its group that is near it."""
    read = particulars_reader()
    gone = left = 0
    for group in groups:
        gone += sum(1 for number, _ in group if stays[number] != number)
        kept: list[tuple[frozenset[str], frozenset[str], tuple[int, int]]] = []
        for number, row in group:
            if stays[number] == number:
                asked, said = without_asking(bare(row.question)), bare(row.answer)
                this = frozenset(grams(asked)), frozenset(grams(said)), (read(asked), read(said))
                left += any(
                    this[2] == other[2] and min(jaccard(this[0], other[0]), jaccard(this[1], other[1])) >= THRESHOLD
                    for other in kept
                )
                kept.append(this)
    return gone / (gone + left)


def corpora(folder: Path, sizes: Sequence[int]) -> Iterator[Figure]:
    """Right and wrong, speed, memory and growth, by size."""
    outcomes: dict[int, Outcome] = {}
    for count in sizes:
        outcomes[count] = one = corpus(folder, count)
        yield Figure(f"corpus of {count}: recall", one.recall, 1, RECALL, by_value=True)
        yield Figure(f"corpus of {count}: precision", one.precision, 1, PRECISION, by_value=True)
        yield Figure(f"corpus of {count}: wall time", one.told["wall"], 1, math.inf, at_least=False, unit="s")
        yield Figure(f"corpus of {count}: rows/s by the clock", count / one.told["wall"], 1, 0, unit="1/s")
        yield Figure(
            f"corpus of {count}: peak of all processes", one.told["peak"], PEAK_GIB, 1, at_least=False, unit="GiB"
        )
    if len(sizes) > 1:
        least, most = min(sizes), max(sizes)
        took = outcomes[most].told["cpu"] / outcomes[least].told["cpu"]
        name = f"corpus: growth exponent of CPU, {least} to {most}"
        yield Figure(name, math.log(took) / math.log(most / least), 1, GROWTH, at_least=False, by_value=True)


def main(arguments: Sequence[str]) -> int:
    """Prints the figures; 1 if a target was missed."""
    parser = argparse.ArgumentParser(description="Near duplicates beside datasketch and rensa.")
    parser.add_argument("--rows", type=_sizes, default=SIZES, help="sizes for this project, by commas")
    parser.add_argument("--peers", type=_sizes, default=PEERS, help="sizes for all, by commas")
    chosen = parser.parse_args(arguments)

    def figures() -> Iterator[Figure]:
        with tempfile.TemporaryDirectory() as folder:
            yield from pairs(Path(folder), chosen.rows, chosen.peers)
            yield from corpora(Path(folder), chosen.rows)

    return report(figures())


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(size) for size in text.split(","))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
