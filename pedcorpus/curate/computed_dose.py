"""Check `computed_dose`: doses worked out for a child are worked out anew, and printed doses read right.

`computed = dose × weight`, per dose or per day as the basis says, to within rounding (0.5 %).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.records import Finding, Instruction

__all__ = ["CHECK", "ComputedDoseCheck"]

_ROUNDING = 0.005
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class ComputedDoseCheck:
    """Applies to records with `drugs` and a `patient`; all others pass."""

    name = "computed_dose"
    version = 1

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            problems = list(self._problems(subject.instruction))
            yield from problems or [passed(self, subject.instruction)]

    def _problems(self, instruction: Instruction) -> Iterator[Finding]:
        weight_kg = getattr(getattr(instruction, "patient", None), "weight_kg", None)
        for index, drug in enumerate(getattr(instruction, "drugs", ())):
            printed = [float(number) for number in _NUMBER.findall(drug.dose_text)]
            for name in ("dose_low", "dose_high"):
                value = getattr(drug, name)
                if value is not None and not any(math.isclose(value, number) for number in printed):
                    detail = f"{value:g} does not stand in 「{drug.dose_text}」; read the dose again"
                    yield found(self, instruction, "dose_misread", detail, path=f"drugs.{index}.{name}")
            for dose, computed, name in (
                (drug.dose_low, drug.computed_low, "computed_low"),
                (drug.dose_high, drug.computed_high, "computed_high"),
            ):
                if computed is None:
                    continue
                if weight_kg is None or dose is None or not str(drug.basis).startswith("per_kg"):
                    detail = "computed without a weight or a per-kg dose; remove it"
                elif not math.isclose(computed, dose * weight_kg, rel_tol=_ROUNDING):
                    detail = f"{dose:g} × {weight_kg:g} kg is {dose * weight_kg:g}, not {computed:g} {drug.unit}"
                else:
                    continue
                yield found(self, instruction, "computed_wrong", detail, path=f"drugs.{index}.{name}")


CHECK = ComputedDoseCheck()
