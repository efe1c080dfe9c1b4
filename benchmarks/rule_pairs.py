"""What pairs by rule cost an export: rows a processor-second, read from the corpus, each with its nearest neighbour.

The bound is two seconds of an export for as many rows as it makes pairs of unless it is told otherwise.
Run as:

    python -m benchmarks.rule_pairs [--rows 5000] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.export_corpus import export_corpus
from benchmarks.figures import Figure, report
from pedcorpus.corpus import Corpus, current_sources, instruction_ids, read_back_instructions
from pedcorpus.generate import preference_pairs
from pedcorpus.records import Status

_ROWS_A_SECOND = 2500


def figures(rows: int, folder: Path) -> Iterator[Figure]:
    """Rows a processor-second, and how many of them have a pair."""
    corpus = Corpus(export_corpus(folder, rows).corpus_path)
    with corpus.unit(read_only=True) as unit:
        names, sources = instruction_ids(unit, [Status.ACCEPTED]), current_sources(unit)
        began = time.process_time()
        pairs = list(preference_pairs(read_back_instructions(unit, names, sources)))
        speed = len(names) / (time.process_time() - began)
    yield Figure(f"pairs by rule of {len(names):,} rows", speed, _ROWS_A_SECOND, 1.0, unit="rows/s")
    yield Figure("rows with a neighbour", len(pairs), len(names), 0.95)


def main() -> int:
    """The figures, and 1 if a target was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        return report(figures(given.rows, given.folder or Path(place)))


if __name__ == "__main__":
    sys.exit(main())
