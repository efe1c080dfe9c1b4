"""Do the five checks of medical sense catch each planted error and leave sound records alone, and how fast are they?

`medical_cases.jsonl` holds questions and answers, or a case's fields, each with the check that has to find what is
wrong in it; `clean` is sound. What is planted for one check is sound for the others. The half `held_out` was written
before the checks were tuned on the other. Speed is one core's, by CPU time; every text is new, so that no reading is
served from the cache, and ids are worked out beforehand, since all checks share them.

Run: `python -m benchmarks.medical_sense`; `--show` lists what is missed or falsely found in the tuning part.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, report
from pedcorpus.curate import Check, Subject
from pedcorpus.plugins import load_plugin
from pedcorpus.records import Finding, Instruction, Severity
from pedcorpus.tasks.consultation import Consultation
from pedcorpus.tasks.evidiag import EviDiag
from pedcorpus.tasks.medical import Medical
from pedcorpus.tasks.medkqa import MedKQA
from pedcorpus.tasks.trerecom import TreRecom

__all__ = ["CHECKS", "cases", "findings_of", "record_of"]

Case = dict[str, Any]
CHECKS = ("growth", "vitals", "sex", "vaccine", "red_flag")
_CASES = Path(__file__).with_name("medical_cases.jsonl")
_CAUGHT, _ALARMS = 0.95, 0.02
_ALL_RATE, _UNMEASURED_RATE = 6000.0, 20_000.0
_ROUNDS = 12
_EVIDENCE = {
    "source": "bench", "document": "bench", "origin": "passage", "origin_id": "bench", "address": {}, "quote": "x",
}  # fmt: skip


def cases() -> list[Case]:
    """Every committed case."""
    return [json.loads(line) for line in _CASES.read_text(encoding="utf-8").splitlines()]


def record_of(case: Case, *, suffix: str = "") -> Instruction:
    """The case as the record that its check would see."""
    task = case.get("task", "medkqa")
    shared = {
        "task": task, "topic": "病例", "asker": case.get("asker", "parent"), "question": case["question"] + suffix,
        "language": case["language"], "license": "CC0-1.0", "tier": "open", "generator": "rule.bench@1",
        "evidence": (_EVIDENCE,),
    }  # fmt: skip
    answer = case["answer"] + suffix
    if task == "trerecom":
        plan = ({"text": answer, "evidence": (0,)},)
        named = case.get("diagnosis", "病例")
        return TreRecom.model_validate({**shared, "patient": case["patient"], "diagnosis": named, "plan": plan})
    if task == "evidiag":
        more = {name: case[name] for name in ("patient", "findings", "diagnosis")}
        support = ({"finding": case["findings"][0], "criterion": "见原文", "evidence": 0},)
        return EviDiag.model_validate({**shared, **more, "supporting_evidence": support})
    if task in ("consultation", "medical"):
        return (Medical if task == "medical" else Consultation).model_validate({**shared, "answer": answer})
    return MedKQA.model_validate({**shared, "aspect": "care", "answer": answer})


@cache
def _check(name: str) -> Check:
    check: Check = load_plugin("checks", name)
    return check


def findings_of(case: Case, check: str) -> list[Finding]:
    """What one check says of the case, passes left out."""
    verdicts = _check(check).verdicts([Subject(record_of(case), {})])
    return [finding for finding in verdicts if finding.severity is not Severity.PASS]


def _of_half(check: str, half: str) -> Iterator[Figure]:
    mine = [case for case in cases() if case["half"] == half]
    planted = [case for case in mine if case["check"] == check and case["kind"] != "clean"]
    sound = [case for case in mine if case["check"] != check or case["kind"] == "clean"]
    caught = sum(bool(findings_of(case, check)) for case in planted)
    yield Figure(f"{check}, {half}: caught", caught, len(planted), _CAUGHT, unit="cases")
    named = sum(case["kind"] in {finding.reason for finding in findings_of(case, check)} for case in planted)
    yield Figure(f"{check}, {half}: named rightly", named, len(planted), 0.9, unit="cases")
    alarms = sum(bool(findings_of(case, check)) for case in sound)
    yield Figure(f"{check}, {half}: false alarms", alarms, len(sound), _ALARMS, at_least=False, unit="cases")


def _rate(checks: Sequence[str], rows: Sequence[Case]) -> float:
    """Instructions a second on one core."""
    subjects = [Subject(record_of(case, suffix=" " * number), {}) for number in range(1, _ROUNDS) for case in rows]
    assert all(subject.instruction.id for subject in subjects)  # worked out here, and kept
    for name in checks:
        list(_check(name).verdicts(subjects[: len(rows)]))  # tables and libraries are loaded once a process
    begun = time.process_time()
    judged = sum(1 for name in checks for _ in _check(name).verdicts(subjects[len(rows) :]))
    return (len(subjects) - len(rows)) / (time.process_time() - begun) if judged else 0.0


def _figures() -> Iterator[Figure]:
    for half in ("held_out", "tuning"):
        for check in CHECKS:
            yield from _of_half(check, half)
    everything = cases()
    unmeasured = [case for case in everything if case["check"] in ("vaccine", "sex", "red_flag")]
    yield Figure(
        "growth on text without weights, one core", _rate(["growth"], unmeasured), _UNMEASURED_RATE, 1.0,
        unit="instructions/s",
    )  # fmt: skip
    yield Figure("medical sense, all five, one core", _rate(CHECKS, everything), _ALL_RATE, 1.0, unit="instructions/s")


def _show(rows: Sequence[Case]) -> None:
    for case in rows:
        for check in CHECKS:
            findings = findings_of(case, check)
            wanted = case["kind"] if case["check"] == check and case["kind"] != "clean" else ""
            if {finding.reason for finding in findings} != ({wanted} if wanted else set()):
                told = "; ".join(f"{finding.severity} {finding.reason}: {finding.detail[:110]}" for finding in findings)
                print(f"{case['id']} {check} wants {wanted or 'nothing'}: {case['question']} {case['answer']}")
                print(f"    {told or 'nothing found'}")


def main() -> int:
    """Prints the figures, or with `--show` what is wrong in the tuning part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    if parser.parse_args().show:
        _show([case for case in cases() if case["half"] == "tuning"])
        return 0
    return report(_figures())


if __name__ == "__main__":
    sys.exit(main())
