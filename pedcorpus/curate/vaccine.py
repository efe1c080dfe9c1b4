"""Check `vaccine`: ages, order, sex and waits of vaccines against versions of a declared programme.

Only what the assistant says is judged, and only of vaccines in the table; which age is right for a country without a
table, and what is given late, is left to review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.sense.ages import find_ages
from pedcorpus.curate.sense.people import sentence_span
from pedcorpus.curate.sense.places import places_of
from pedcorpus.curate.sense.tables import load_table, shipped_table
from pedcorpus.curate.sense.vaccine_table import Dose, Vaccine, Vaccines, VaccineTable
from pedcorpus.curate.sense.vaccine_text import GivenAges, given_ages, is_advised_at_once
from pedcorpus.facts import plain
from pedcorpus.records import Finding, Instruction, Severity
from pedcorpus.settings import CurateSettings

__all__ = ["CHECK", "VaccineCheck"]

_TABLE = "vaccines.toml"
_SLACK_MONTHS = 0.5
_GIVEN = re.compile(r"接种|打|注射")
_DENIED = re.compile(r"不|未|无|禁|勿")
_OTHER_SEX = {"female": re.compile(r"男[孩生童性]"), "male": re.compile(r"女[孩生童性]")}


class _Problem(NamedTuple):
    reason: str
    severity: Severity
    span: tuple[int, int]
    words: str
    sources: tuple[str, ...]


class VaccineCheck:
    """Every age at which the assistant has a vaccine given."""

    name = "vaccine"
    version = 1

    def __init__(self, vaccines: Vaccines | None = None) -> None:
        self.vaccines = vaccines or Vaccines(shipped_table(VaccineTable, _TABLE))

    @property
    def setting(self) -> str:
        return self.vaccines.parsed.setting

    def with_settings(self, settings: CurateSettings) -> VaccineCheck:
        return VaccineCheck(Vaccines(load_table(VaccineTable, _TABLE, settings.medical_tables)))

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            yield from list(self._findings(subject.instruction)) or [passed(self, subject.instruction)]

    def _findings(self, instruction: Instruction) -> Iterator[Finding]:
        for place in places_of(instruction):
            if place.is_told or not self.vaccines.hint.search(place.text):
                continue
            for problem in self._problems(plain(place.text)):
                start, end = problem.span
                read = self.vaccines.parsed.source_text(problem.sources)
                detail = f"{place.text[start:end]}: {problem.words}; {read}"
                yield found(
                    self, instruction, problem.reason, detail, path=place.path, span=problem.span,
                    severity=problem.severity,
                )  # fmt: skip

    def _problems(self, text: str) -> Iterator[_Problem]:
        given = list(given_ages(text, self.vaccines))
        for one in given:
            if problem := self._of_ages(one):
                yield problem
        yield from _out_of_order(given)
        yield from self._of_names(text)

    def _of_ages(self, given: GivenAges) -> _Problem | None:
        """What the plans say of these ages, taken together: a plan fits where it gives a dose at each."""
        vaccine, span = given.vaccine, (given.start, given.end)
        known = self.vaccines.doses[vaccine.code]
        current = [item for item in known if item.plan.until is None]
        if not known or (current and _fits(given, [item.dose for item in current])):
            return None
        for plan in (item for item in self.vaccines.parsed.table.plan if item.until is not None):
            if _fits(given, [dose for dose in plan.doses if dose.vaccine == vaccine.code]):
                words = f"{vaccine.zh} as in {plan.name}, in force until {plan.until}; say so, or correct"
                return _Problem("vaccine_old_schedule", Severity.WARNING, span, words, plan.sources)
        return _unfit(given, [item.dose for item in known], known[0].plan.sources)

    def _of_names(self, text: str) -> Iterator[_Problem]:
        """Vaccines that a text gives too late, to the other sex, or too soon after what delays them."""
        seen: set[str] = set()
        for match in self.vaccines.pattern.finditer(text):
            vaccine = self.vaccines.by_name[match.group()]
            if vaccine.code in seen:
                continue
            start, end = sentence_span(text, match.start())
            if vaccine.only and _is_for_other_sex(text, vaccine, (start, end)):
                seen.add(vaccine.code)
                words = f"the programme gives it to one sex only ({vaccine.only})"
                yield _Problem("vaccine_sex", Severity.WARNING, match.span(), words, vaccine.sources)
            late = vaccine.not_from_months
            if late is not None and _is_given_from(text, late, (start, end)):
                seen.add(vaccine.code)
                words = f"not given from {late:g} months on"
                yield _Problem("vaccine_age", Severity.ERROR, match.span(), words, vaccine.sources)
            wait = vaccine.wait
            if wait and any(plain(word) in text[start:end] for word in wait.after):
                seen.add(vaccine.code)
                if is_advised_at_once(text, match.start(), months=wait.months):
                    words = f"waits {wait.months:g} months after {wait.after[0]}"
                    yield _Problem("vaccine_interval", Severity.ERROR, match.span(), words, vaccine.sources)


def _is_for_other_sex(text: str, vaccine: Vaccine, sentence: tuple[int, int]) -> bool:
    other = _OTHER_SEX[vaccine.only or "female"]
    return bool(other.search(text, *sentence) and _GIVEN.search(text, *sentence)) and not _DENIED.search(
        text, *sentence
    )


def _is_given_from(text: str, months: float, sentence: tuple[int, int]) -> bool:
    """Does the sentence have it given at an age of `months` or more?"""
    words = text[slice(*sentence)]
    is_said = bool(_GIVEN.search(words) or "补种" in words) and not _DENIED.search(words)
    return is_said and any(age.low >= months for age in find_ages(words))


def _fits(given: GivenAges, doses: Sequence[Dose]) -> bool:
    return bool(doses) and all(any(_is_due(dose, age) for dose in doses) for age in given.ages)


def _is_due(dose: Dose, age: tuple[float, float]) -> bool:
    """Is the dose due somewhere in these months, or still on time?"""
    is_on_time = dose.by is not None and dose.months <= age[0] < dose.by
    return age[0] - _SLACK_MONTHS <= dose.months < age[1] or is_on_time


def _unfit(given: GivenAges, doses: Sequence[Dose], sources: tuple[str, ...]) -> _Problem:
    due = ", ".join(f"{months:g}" for months in sorted({dose.months for dose in doses}))
    words = f"{given.vaccine.zh} is due at {due} months"
    first = min(dose.months for dose in doses)
    span = (given.start, given.end)
    if any(age[1] <= first for age in given.ages):
        return _Problem("vaccine_too_early", Severity.ERROR, span, words, sources)
    return _Problem("vaccine_age", Severity.WARNING, span, words, sources)


def _out_of_order(given: Sequence[GivenAges]) -> Iterator[_Problem]:
    for vaccine in {one.vaccine.code: one.vaccine for one in given if one.dose is not None}.values():
        numbered = sorted(
            (one for one in given if one.vaccine is vaccine and one.dose is not None), key=lambda one: one.dose or 0
        )
        for before, after in pairwise(numbered):
            if before.dose != after.dose and before.ages[0][0] > after.ages[0][0]:
                words = f"dose {after.dose} before dose {before.dose} of {vaccine.zh}"
                span = (after.start, after.end)
                yield _Problem("vaccine_dose_order", Severity.ERROR, span, words, vaccine.sources)


CHECK = VaccineCheck()
