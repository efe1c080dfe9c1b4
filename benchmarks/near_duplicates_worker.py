"""One run of one method in a process of its own: reads texts, finds near pairs, tells time, memory and what it found.

`python -m benchmarks.near_duplicates_worker METHOD TEXTS PAIRS`: TEXTS has a text a line, PAIRS is written as NumPy.
Every method gets the same texts, folded already, and gives pairs that true Jaccard similarity of 3-grams bears out.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

NGRAM, THRESHOLD = 3, 0.8
Pairs = set[tuple[int, int]]


def peak_gib() -> float:
    """The most memory that this process has held, in GiB; unlike getrusage, without what its parent held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / (1 << 20)


def grams(text: str) -> list[str]:
    """The character 3-grams of a text."""
    return [text[place : place + NGRAM] for place in range(len(text) - NGRAM + 1)] or [text]


def verified(sets: list[frozenset[str]], candidates: Iterable[tuple[int, int]]) -> Pairs:
    """Those candidates, smaller number first, whose Jaccard similarity reaches the threshold."""
    kept: Pairs = set()
    for one, other in candidates:
        shared = len(sets[one] & sets[other])
        if shared >= THRESHOLD * (len(sets[one]) + len(sets[other]) - shared) - 1e-9:
            kept.add((one, other))
    return kept


def pedcorpus(texts: list[str]) -> Pairs:
    """This project."""
    from pedcorpus.curate.near import Texts, gram_sets, joined, near_pairs

    sets = joined(gram_sets(texts[begin : begin + 2000], NGRAM) for begin in range(0, len(texts), 2000))
    found = near_pairs(Texts([sets], np.zeros(len(texts), np.uint64)), THRESHOLD)
    return set(zip(found.first.tolist(), found.second.tolist(), strict=True))


def datasketch(texts: list[str]) -> Pairs:
    """Datasketch with the bands of this project, filled and asked in bulk."""
    from datasketch import MinHash, MinHashLSH

    sets = [frozenset(grams(text)) for text in texts]
    index = MinHashLSH(num_perm=40, params=(10, 4))

    def candidates() -> Iterator[tuple[int, int]]:
        hashed = MinHash.generator(([gram.encode() for gram in one] for one in sets), num_perm=40)
        for number, signature in enumerate(hashed):
            for other in index.query(signature):
                yield other, number
            index.insert(number, signature, check_duplication=False)

    return verified(sets, candidates())


def rensa(texts: list[str]) -> Pairs:
    """Rensa with the bands of this project, through its calls for whole batches."""
    from rensa import RMinHash, RMinHashLSH

    tokens = [grams(text) for text in texts]
    signatures = RMinHash.from_token_sets(tokens, 40, 42)
    index = RMinHashLSH(THRESHOLD, 40, 10)
    index.insert_many(signatures)
    sets = [frozenset(one) for one in tokens]
    found = index.query_all(signatures)
    return verified(sets, ((one, other) for one, near in enumerate(found) for other in near if one < other))


def rensa_unverified(texts: list[str]) -> Pairs:
    """Rensa's quickest call at the same recall: texts that may have a near one, each as a pair with itself."""
    from rensa import RMinHash, RMinHashLSH

    matrix = RMinHash.digest_matrix_from_token_sets([grams(text) for text in texts], 40, 42)
    flags = RMinHashLSH(THRESHOLD, 40, 10).query_duplicate_flags_matrix_one_shot(matrix)
    return {(number, number) for number, flag in enumerate(flags) if flag}


UNVERIFIED = "rensa, unverified"
METHODS: dict[str, Callable[[list[str]], Pairs]] = {
    "pedcorpus": pedcorpus,
    "datasketch": datasketch,
    "rensa": rensa,
    UNVERIFIED: rensa_unverified,
}


def main(method: str, texts: Path, pairs: Path) -> None:
    """Runs `method` and prints what it took."""
    lines = texts.read_text(encoding="utf-8").split("\n")
    METHODS[method](lines[:200])  # imports and first calls are no part of the measure
    began, used = time.perf_counter(), time.process_time()
    found = METHODS[method](lines)
    wall, cpu = time.perf_counter() - began, time.process_time() - used
    np.save(pairs, np.array(sorted(found), np.int64).reshape(-1, 2))
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak_gib(), "pairs": len(found)}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
