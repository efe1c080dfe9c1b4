"""The promise of acceptance by sampling, held against simulation: `python -m benchmarks.sampling_plan`.

Bad strata have the fewest wrong rows that reach the limit, where a plan is most easily fooled. Two ways round: the
number of defects at each look drawn outright, many thousand times; and whole lots read row by row as reviewers would,
through the code that accepts them. A good stratum has a tenth of the limit. Every seed is fixed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np

from benchmarks.figures import Figure, report
from pedcorpus.records import Verdict
from pedcorpus.review import LotRow, LotVerdict, Stratum, assess_lot
from pedcorpus.review.sampling import bad_rows, sample_size
from pedcorpus.settings import SamplingSettings

DRAWN = 200_000
READ = 4_000
STRATUM = Stratum("book", "medkqa", "section@1")
PLANS = {
    "400 rows, 5 % at 90 %": (400, SamplingSettings(limit=0.05, confidence=0.9, allowed_defects=1)),
    "1,000 rows, 2 % at 95 %": (1_000, SamplingSettings()),
    "10,000 rows, 2 % at 95 %, 10 defects": (10_000, SamplingSettings(allowed_defects=10)),
    "300,000 rows, 1 % at 99 %": (300_000, SamplingSettings(limit=0.01, confidence=0.99)),
}


def share_passed(rows: int, bad: int, plan: SamplingSettings) -> float:
    """Share of lots that pass at any look, by drawing what each look finds."""
    generator = np.random.default_rng(6)
    risk = (1 - plan.confidence) / (plan.allowed_defects + 1)
    found, passed, read = np.zeros(DRAWN, dtype=int), np.zeros(DRAWN, dtype=bool), 0
    for allowed in range(plan.allowed_defects + 1):
        size = sample_size(rows, limit=plan.limit, risk=risk, defects=allowed)
        if size == rows:
            break
        found += generator.hypergeometric(bad - found, rows - read - (bad - found), size - read)
        passed |= found <= allowed
        read = size
    return float(passed.mean())


def read_lot(rows: int, bad: int, plan: SamplingSettings, *, seed: int) -> tuple[LotVerdict, int]:
    """What comes of one lot when a reviewer who sees every defect reads what the plan asks for; and how many rows."""
    wrong = set(Random(seed).sample(range(rows), bad))
    lot = {str(number): LotRow(str(number)) for number in range(rows)}
    settings = plan.model_copy(update={"seed": str(seed)})
    while (held := assess_lot(STRATUM, list(lot.values()), settings)).verdict is LotVerdict.REVIEW:
        for name in held.waiting:
            lot[name] = replace(lot[name], verdict=Verdict.REJECT if int(name) in wrong else Verdict.ACCEPT)
    return held.verdict, held.required


def figures() -> Iterator[Figure]:
    """Bad strata passed, by both ways; good strata passed; rows read of a corpus; what the arithmetic costs."""
    for name, (rows, plan) in PLANS.items():
        passed = share_passed(rows, bad_rows(rows, plan.limit), plan)
        yield Figure(f"bad strata passed, drawn: {name}", passed, 1 - plan.confidence, 1, at_least=False)
    name, (rows, plan) = next(iter(PLANS.items()))
    read = [read_lot(rows, bad_rows(rows, plan.limit), plan, seed=seed)[0] for seed in range(READ)]
    passed = read.count(LotVerdict.PASSED) / READ
    yield Figure(f"bad strata passed, read row by row: {name}", passed, 1 - plan.confidence, 1, at_least=False)
    corpus = [read_lot(10_000, 20, SamplingSettings(), seed=seed) for seed in range(30)]
    passed = sum(verdict is LotVerdict.PASSED for verdict, _ in corpus) / len(corpus)
    yield Figure("good strata passed: 30 of 10,000 rows, 0.2 % wrong, limit 2 %", passed, 1, 0.9)
    sampled = sum(size for verdict, size in corpus if verdict is LotVerdict.PASSED)
    of = sum(verdict is LotVerdict.PASSED for verdict, _ in corpus) * 10_000
    yield Figure("rows read of those that passed", sampled, of, 0.05, at_least=False)
    yield Figure("hold 300,000 rows against their plans", cost_s(), 30, 1, at_least=False, unit="CPU s")


def cost_s() -> float:
    """CPU seconds for thirty strata of ten thousand rows."""
    lots = [[LotRow(f"{stratum}-{number}") for number in range(10_000)] for stratum in range(30)]
    started = time.process_time()
    for rows in lots:
        assess_lot(STRATUM, rows, SamplingSettings())
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(report(figures()))
