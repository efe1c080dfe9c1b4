"""Does the dose gate catch each planted error and leave sound doses alone, and how fast does it judge?

`dose_cases.jsonl` holds question and answer, or a plan's drugs, each with what is wrong with it; `clean` is sound. The
held-out half was written before the check was tuned on the other. Speed is one core's, by CPU time, cases repeated with
a number that makes each text new, so that no reading is served from the cache.

Run: `python -m benchmarks.dose_gate`; `--show` lists what is missed or falsely found in the tuning half.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, report
from pedcorpus.curate import Subject
from pedcorpus.curate.dose import CHECK
from pedcorpus.records import Finding, Instruction, Severity
from pedcorpus.tasks.medkqa import MedKQA
from pedcorpus.tasks.trerecom import TreRecom

__all__ = ["cases", "findings_of", "record_of"]

Case = dict[str, Any]
_CASES = Path(__file__).with_name("dose_cases.jsonl")
_LEAST_RATE = 3000.0
_ROUNDS = 12


def cases() -> list[Case]:
    """Every committed case."""
    return [json.loads(line) for line in _CASES.read_text(encoding="utf-8").splitlines()]


def record_of(case: Case, *, suffix: str = "") -> Instruction:
    """The case as the record that its check would see."""
    shared = {
        "topic": case.get("diagnosis", "剂量"), "asker": "parent", "question": case["question"] + suffix,
        "language": case["language"], "license": "CC0-1.0", "tier": "open", "generator": "rule.bench@1",
        "evidence": ({"source": "bench", "document": "bench", "origin": "passage", "origin_id": "bench",
                      "address": {}, "quote": "x"},),
    }  # fmt: skip
    if "drugs" in case:
        more = {name: case[name] for name in ("diagnosis", "patient", "drugs")}
        plan = ({"text": "对症处理。", "evidence": (0,)},)
        return TreRecom.model_validate({"task": "trerecom", **shared, **more, "plan": plan})
    return MedKQA.model_validate({"task": "medkqa", "aspect": "treatment", **shared, "answer": case["answer"] + suffix})


def findings_of(case: Case) -> list[Finding]:
    """What the check says of the case, passes left out."""
    verdicts = CHECK.verdicts([Subject(record_of(case), {})])
    return [finding for finding in verdicts if finding.severity is not Severity.PASS]


def _rate() -> float:
    """Instructions a second on one core."""
    subjects = [Subject(record_of(case, suffix=" " * number), {}) for number in range(1, _ROUNDS) for case in cases()]
    begun = time.process_time()
    judged = sum(1 for _ in CHECK.verdicts(subjects))
    return len(subjects) / (time.process_time() - begun) if judged else 0.0


def _figures() -> Iterator[Figure]:
    for half in ("held_out", "tuning"):
        mine = [case for case in cases() if case["half"] == half]
        planted = [case for case in mine if case["kind"] != "clean"]
        for kind in sorted({case["kind"] for case in planted}):
            of_kind = [case for case in planted if case["kind"] == kind]
            caught = sum(bool(findings_of(case)) for case in of_kind)
            yield Figure(f"dose gate, {half}: {kind} caught", caught, len(of_kind), 1.0, unit="cases")
        clean = [case for case in mine if case["kind"] == "clean"]
        alarms = sum(bool(findings_of(case)) for case in clean)
        yield Figure(f"dose gate, {half}: false alarms", alarms, len(clean), 0.02, at_least=False, unit="cases")
        named = sum(case["kind"] in {finding.reason for finding in findings_of(case)} for case in planted)
        yield Figure(f"dose gate, {half}: named rightly", named, len(planted), 0.9, unit="cases")
    yield Figure("dose gate, one core", _rate(), _LEAST_RATE, 1.0, unit="instructions/s")


def _show(rows: Sequence[Case]) -> None:
    for case in rows:
        findings = findings_of(case)
        if bool(findings) == (case["kind"] == "clean") or (
            findings and case["kind"] not in {finding.reason for finding in findings}
        ):
            told = "; ".join(f"{finding.severity} {finding.reason}: {finding.detail[:90]}" for finding in findings)
            print(
                f"{case['id']} {case['question']} {case.get('answer') or case['drugs']}\n    {told or 'nothing found'}"
            )


def main() -> int:
    """Prints the figures, or with `--show` what is wrong in the tuning half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    if parser.parse_args().show:
        _show([case for case in cases() if case["half"] == "tuning"])
        return 0
    return report(_figures())


if __name__ == "__main__":
    sys.exit(main())
