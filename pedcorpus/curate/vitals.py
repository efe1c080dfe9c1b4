"""Check `vitals`: heart rates, breathing rates, pressures, temperatures and saturations that no child of the age has.

Bounds are wide and declared in `sense/vitals.toml`; which sign calls for help is left to `red_flag`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.sense.ages import find_ages
from pedcorpus.curate.sense.places import Place, places_of
from pedcorpus.curate.sense.tables import ParsedTable, load_table, shipped_table
from pedcorpus.curate.sense.vital_table import Bounds, Sign, VitalTable
from pedcorpus.curate.sense.vital_text import HINT, StatedSign, find_signs
from pedcorpus.facts import plain
from pedcorpus.records import Finding, Instruction, Severity
from pedcorpus.settings import CurateSettings

__all__ = ["CHECK", "VitalsCheck"]

_TABLE = "vitals.toml"
_ADVICE = {
    "vital_impossible": "nobody is measured beyond",
    "vital_implausible": "far from what is normal at this age,",
    "vital_range": "called normal, or too fast, where the sources say",
}


class _Problem(NamedTuple):
    reason: str
    severity: Severity
    bounds: Bounds


class VitalsCheck:
    """Every vital sign that the record states, of its child or as what is normal."""

    name = "vitals"
    version = 1

    def __init__(self, parsed: ParsedTable[VitalTable] | None = None) -> None:
        self.parsed = parsed or shipped_table(VitalTable, _TABLE)
        self._signs = {sign.name: sign for sign in self.parsed.table.sign}

    @property
    def setting(self) -> str:
        return self.parsed.setting

    def with_settings(self, settings: CurateSettings) -> VitalsCheck:
        return VitalsCheck(load_table(VitalTable, _TABLE, settings.medical_tables))

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            yield from list(self._findings(subject.instruction)) or [passed(self, subject.instruction)]

    def _findings(self, instruction: Instruction) -> Iterator[Finding]:
        places = places_of(instruction)
        told: tuple[float, float] | None = None
        is_read = False
        for place in places:
            if not HINT.search(place.text):
                continue
            for stated in find_signs(plain(place.text)):
                sign = self._signs.get(stated.sign)
                if sign is None:
                    continue
                if not is_read:
                    told, is_read = _told_ages(instruction, places), True
                ages = stated.ages or (told if place.is_told or stated.use == "normal" else None)
                if problem := _problem(stated, sign, ages):
                    yield self._found(instruction, place, stated, sign, problem)

    def _found(
        self, instruction: Instruction, place: Place, stated: StatedSign, sign: Sign, problem: _Problem
    ) -> Finding:
        shown = place.text[stated.start : stated.end]
        bounds = problem.bounds
        ends = " to ".join("any" if end is None else f"{end:g}" for end in (bounds.low, bounds.high))
        read = f"; {self.parsed.source_text(bounds.sources)}" if bounds.sources else ""
        detail = f"{shown}: {_ADVICE[problem.reason]} {ends} {sign.unit}{read}"
        span = (stated.start, stated.end)
        return found(self, instruction, problem.reason, detail, path=place.path, span=span, severity=problem.severity)


def _told_ages(instruction: Instruction, places: Sequence[Place]) -> tuple[float, float] | None:
    """The one age that the record's fields or the asker's words give."""
    patient = vars(instruction).get("patient")
    if patient is not None and patient.age_months is not None:
        return patient.age_months, patient.age_months + 1.0
    stated = {(age.low, age.high) for place in places if place.is_told for age in find_ages(plain(place.text))}
    return stated.pop() if len(stated) == 1 else None


def _problem(stated: StatedSign, sign: Sign, ages: tuple[float, float] | None) -> _Problem | None:
    if any(end is not None and not sign.possible[0] <= end <= sign.possible[1] for end in (stated.low, stated.high)):
        return _Problem("vital_impossible", Severity.ERROR, Bounds(*sign.possible, ()))
    if ages is None or ages[0] >= 216 or stated.use == "other":
        return None
    if stated.use == "own":
        return _own_problem(stated, sign, sign.bounds(ages))
    if stated.use == "too_fast":
        is_cutoff = stated.low == stated.high and stated.ages is not None
        return _range_problem(stated, sign.cutoffs(ages), sign.slack, apart=sign.slack) if is_cutoff else None
    return _range_problem(stated, sign.bounds(ages), sign.slack, apart=0.0)


def _own_problem(stated: StatedSign, sign: Sign, bounds: Bounds) -> _Problem | None:
    """A sick child's own value, which may lie far from normal, but not many times off."""
    low, high = stated.low, stated.high
    is_low = low is not None and sign.review_below and bounds.low and low < bounds.low * sign.review_below
    is_high = high is not None and sign.review_above and bounds.high and high > bounds.high * sign.review_above
    return _Problem("vital_implausible", Severity.WARNING, bounds) if is_low or is_high else None


def _range_problem(stated: StatedSign, bounds: Bounds, slack: float, *, apart: float) -> _Problem | None:
    """What a text calls normal or too fast, where an end passes the sources by more than `slack`.

    A range that lies beyond them altogether is for review from `apart` on, and an error from `slack` on.
    """
    low, high = stated.low, stated.high
    is_apart, is_far_apart = (
        _is_over(bounds.low, high, share) or _is_over(low, bounds.high, share) for share in (apart, slack)
    )
    is_wide = _is_over(bounds.low, low, slack) or _is_over(high, bounds.high, slack)
    if not is_apart and not is_wide:
        return None
    return _Problem("vital_range", Severity.ERROR if is_far_apart else Severity.WARNING, bounds)


def _is_over(one: float | None, other: float | None, slack: float) -> bool:
    """Is `one` above `other` by more than the slack?"""
    return one is not None and other is not None and one > other * (1 + slack)


CHECK = VitalsCheck()
