"""Check `growth`: weights and heights that no child of the stated age has; gross errors only, for corpora.

What a drug's dose does with a weight is left to `dose`; amounts, bounds, ranges and normal values are nobody's size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.sense.ages import ADULT_MONTHS, StatedAge, ages_between, find_ages
from pedcorpus.curate.sense.measures import HINT, Kind, Measure, find_measures
from pedcorpus.curate.sense.people import Sex, is_of_others, sentence_span, sex_of
from pedcorpus.curate.sense.places import Place, places_of
from pedcorpus.curate.sense.reference import Size, sizes
from pedcorpus.facts import plain
from pedcorpus.records import Finding, Instruction, Severity
from pedcorpus.settings import CurateSettings

__all__ = ["CHECK", "GrowthCheck"]

Ages = tuple[float, float]

_WEEK = 12 * 7 / 365.25
"""One in months."""
_TERM: Ages = (-3 * _WEEK, 2 * _WEEK)
_PRETERM: Ages = (-17 * _WEEK, -3 * _WEEK)
_ANY_BIRTH: Ages = (-17 * _WEEK, 2 * _WEEK)
_NEWBORN: Ages = (0.0, 1.0)
_UNITS = {"weight": "kg", "height": "cm"}
_GROSS: dict[Kind, tuple[float, float]] = {"weight": (1 / 3, 3.0), "height": (0.6, 1.5)}
"""Shares of the median under and over which it is an error, whatever the child has."""
_GENERAL = re.compile(r"正常|平均|标准|参考|公式|一般|者|每次|每年|范围|average|normal|usual")
_THIS_CHILD = re.compile(
    r"(?:该|本例|此|您的?|你的?|这[名位个例])(?:患儿|孩子|宝宝|儿童|婴儿|小朋友|\d)|your child|your baby"
)
_UNUSUAL = re.compile(
    r"矮小|侏儒|软骨发育不[全良]|成骨不全|肥胖|超重|巨人|巨大儿|营养不良|消瘦|恶病质|厌食症|生长激素|性早熟|水肿"
    r"|dwarf|obes|malnutri|short stature"
)
_EARLY = re.compile(r"早产|胎龄|极低|超低|低出生体重|宫内发育|小于胎龄|preterm|premature|gestation")
_WEEKS = re.compile(r"(?:胎龄|孕龄?|怀孕|妊娠|gestation\w*(?: age)?(?: of)?)\s*(\d{2})\s*(?:\+\s*\d\s*)?(?:周|weeks)")
_FULL_TERM = re.compile(r"(?<!非)足月|\bterm\b")
_AT_BIRTH = re.compile(r"出生(?:时|体重|身长)|生下来|刚生|at birth|birth weight")
_NOW = re.compile(r"现|目前|今|如今|now|current")
_IS_NEWBORN = re.compile(r"新生儿|newborn|neonat")


@dataclass(frozen=True)
class _Child:
    """What the whole record tells of its child."""

    ages: Ages | None
    sexes: tuple[Sex, ...]
    birth: Ages | None
    """Weeks from term at which it was born, as months, where they are told."""
    is_early: bool
    is_unusual: bool
    """Said to be small, heavy or ill in a way that shows in its size."""


@dataclass(frozen=True)
class GrowthCheck:
    """Every weight and height that the record states of a child of stated age."""

    widest_z: float = 6.0
    """Standard deviations from the median beyond which a size is a finding."""

    name = "growth"
    version = 1

    @property
    def setting(self) -> str:
        return f"{self.widest_z:g}"

    def with_settings(self, settings: CurateSettings) -> GrowthCheck:
        return GrowthCheck(settings.growth_z)

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            yield from list(self._findings(subject.instruction)) or [passed(self, subject.instruction)]

    def _findings(self, instruction: Instruction) -> Iterator[Finding]:
        patient = vars(instruction).get("patient")
        weight_kg = patient.weight_kg if patient is not None and patient.age_months is not None else None
        places = places_of(instruction)
        measured = [place for place in places if HINT.search(place.text)]
        if not measured and weight_kg is None:
            return
        child = _child_of(instruction, places)
        if weight_kg is not None and child.ages:
            weight = Measure(0, 0, "weight", weight_kg, is_at_birth=False)
            yield from self._judged(instruction, weight, child.ages, child, Place("patient.weight_kg", "", True))
        for place in measured:
            text = plain(place.text)
            stated = list(find_ages(text))
            for measure in find_measures(text):
                ages = _ages_of(measure, text, stated, place, child)
                if ages is not None:
                    yield from self._judged(instruction, measure, ages, child, place)

    def _judged(
        self, instruction: Instruction, measure: Measure, ages: Ages, child: _Child, place: Place
    ) -> Iterator[Finding]:
        known = sizes(measure.kind, child.sexes, ages)
        low, high = min(one.at(-self.widest_z) for one in known), max(one.at(self.widest_z) for one in known)
        if low <= measure.value <= high:
            return
        is_gross = _is_gross(measure, known)
        if not is_gross and child.is_unusual:
            return
        z, unit = min((one.z(measure.value) for one in known), key=abs), _UNITS[measure.kind]
        detail = (
            f"{measure.kind} {measure.value:g} {unit} at {ages[0]:.3g} to {ages[1]:.3g} months: z {z:+.1f}, plausible "
            f"{low:.3g} to {high:.3g} {unit} (|z| <= {self.widest_z:g}, UK-WHO reference); correct it, or reject"
        )
        severity = Severity.ERROR if is_gross else Severity.WARNING
        span = (measure.start, measure.end) if place.text else (None, None)
        reason = f"{measure.kind}_implausible"
        yield found(self, instruction, reason, detail, path=place.path, span=span, severity=severity)


def _is_gross(measure: Measure, known: Sequence[Size]) -> bool:
    low, high = _GROSS[measure.kind]
    shares = [measure.value / one.median for one in known]
    return max(shares) < low or min(shares) > high


def _child_of(instruction: Instruction, places: Sequence[Place]) -> _Child:
    told = "\n".join([plain(instruction.topic), *(plain(place.text) for place in places if place.is_told)])
    sex = sex_of(instruction, list(places))
    sexes: tuple[Sex, ...] = (sex,) if sex else ("male", "female")
    is_early, is_unusual = bool(_EARLY.search(told)), bool(_UNUSUAL.search(told))
    ages = _told_ages(instruction, told)
    return _Child(ages and _widened(ages, is_early=is_early), sexes, _birth_ages(told), is_early, is_unusual)


def _told_ages(instruction: Instruction, told: str) -> Ages | None:
    """The one age that the record's fields or the asker's words give."""
    patient = vars(instruction).get("patient")
    if patient is not None and patient.age_months is not None:
        return patient.age_months, patient.age_months + (1.0 if patient.age_months >= 1 else 0.1)
    stated = {(age.low, age.high) for age in find_ages(told)}
    if len(stated) == 1:
        (ages,) = stated
        return ages if ages[0] < ADULT_MONTHS else None
    return _NEWBORN if not stated and _IS_NEWBORN.search(told) else None


def _widened(ages: Ages, *, is_early: bool) -> Ages:
    """A child born early may be as small as one younger by as many weeks."""
    return (ages[0] - 17 * _WEEK, ages[1]) if is_early else ages


def _ages_of(measure: Measure, text: str, stated: Sequence[StatedAge], place: Place, child: _Child) -> Ages | None:
    """The ages for which `measure` is said; `None` where it is not said of the child."""
    if is_of_others(text, measure.start):
        return None
    start, end = sentence_span(text, measure.start)
    is_this_child = place.is_told or bool(_THIS_CHILD.search(text, start, end))
    if not is_this_child and _GENERAL.search(text, start, end):
        return None
    here = ages_between(stated, start, end)
    if measure.is_at_birth or _is_of_birth(text, (start, measure.start), here):
        return _birth_ages(text[start:end]) or child.birth or _ANY_BIRTH
    before = [age for age in here if age.start < measure.start]
    after = [age for age in here if age.start >= measure.end]
    if nearest := before[-1:] or after[:1]:
        age = nearest[0]
        return (
            None
            if age.is_adult or is_of_others(text, age.start)
            else _widened((age.low, age.high), is_early=child.is_early or bool(_EARLY.search(text, start, end)))
        )
    return child.ages if is_this_child else None


def _is_of_birth(text: str, span: tuple[int, int], stated: Sequence[StatedAge]) -> bool:
    """Was the birth the last time that the sentence names before the measure?"""
    births = [match.end() for match in _AT_BIRTH.finditer(text, *span)]
    return (
        bool(births)
        and not any(births[-1] <= age.start < span[1] for age in stated)
        and not _NOW.search(text, births[-1], span[1])
    )


def _birth_ages(told: str) -> Ages | None:
    """When it was born, as a text tells it; `None` where it does not."""
    if weeks := _WEEKS.search(told):
        age = (float(weeks[1]) - 40) * _WEEK
        return age - _WEEK, age + _WEEK
    if _FULL_TERM.search(told):
        return _TERM
    return _PRETERM if "早产" in told or "preterm" in told else None


CHECK = GrowthCheck()
