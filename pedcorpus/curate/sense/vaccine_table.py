"""The table of vaccines: their names, and at which ages each version of the programme gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import Field

from pedcorpus.curate.sense.tables import Cited, ParsedTable, Table
from pedcorpus.facts import plain
from pedcorpus.facts.lookup import words_pattern
from pedcorpus.records import Record

__all__ = ["Dose", "Plan", "Vaccine", "VaccineTable", "Vaccines"]


class Wait(Record):
    """What delays a vaccine, and for how long."""

    after: tuple[str, ...] = Field(min_length=1)
    months: float = Field(gt=0)


class Vaccine(Cited):
    """One vaccine."""

    code: str = Field(min_length=1)
    zh: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    not_from_months: float | None = Field(default=None, gt=0)
    """No longer given from this age on."""
    only: Literal["male", "female"] | None = None
    """The sex that the programme gives it to."""
    wait: Wait | None = None


class Dose(Record):
    """One dose of one plan."""

    vaccine: str
    """Its code."""
    dose: int = Field(ge=1)
    months: float = Field(ge=0, le=216)
    by: float | None = Field(default=None, gt=0, le=216)
    """Age in months before which it is still on time."""


class Plan(Cited):
    """One version of a programme."""

    name: str = Field(min_length=1)
    since: date | None = Field(default=None, alias="from")
    until: date | None = None
    """Last day of a version that another has taken the place of."""
    doses: tuple[Dose, ...] = Field(min_length=1)


class VaccineTable(Table):
    """The whole table."""

    vaccine: tuple[Vaccine, ...] = Field(min_length=1)
    plan: tuple[Plan, ...] = Field(min_length=1)

    def problems(self) -> Iterator[str]:
        yield from self._doubled_names()
        codes = {vaccine.code for vaccine in self.vaccine}
        if not any(plan.until is None for plan in self.plan):
            yield "plan: every plan has an end; leave out `until` where it is in force"
        for plan in self.plan:
            if plan.since and plan.until and plan.since > plan.until:
                yield f"plan {plan.name!r}: inverted days, from {plan.since} is after until {plan.until}"
            last: dict[str, Dose] = {}
            for index, dose in enumerate(plan.doses):
                place = f"plan {plan.name!r}, doses[{index}]"
                if dose.vaccine not in codes:
                    yield f"{place}: unknown vaccine {dose.vaccine!r}; add it under [[vaccine]]"
                if dose.by is not None and dose.by <= dose.months:
                    yield f"{place}: inverted range, by {dose.by:g} is not above months {dose.months:g}"
                before = last.get(dose.vaccine)
                if before and (before.dose >= dose.dose or before.months > dose.months):
                    yield f"{place}: out of order, dose {dose.dose} at {dose.months:g} after dose {before.dose} at {before.months:g}"
                last[dose.vaccine] = dose

    def _doubled_names(self) -> Iterator[str]:
        owner: dict[str, str] = {}
        for vaccine in self.vaccine:
            for name in dict.fromkeys((vaccine.code, vaccine.zh, *vaccine.aliases)):
                if name in owner and owner[name] != vaccine.code:
                    yield f"vaccine {vaccine.zh!r}: the name {name!r} stands for {owner[name]!r} too; leave it to one of them"
                owner[name] = vaccine.code


class Known(NamedTuple):
    """A dose with its plan."""

    plan: Plan
    dose: Dose


@dataclass(frozen=True, eq=False)
class Vaccines:
    """The table, ready to find its vaccines in text."""

    parsed: ParsedTable[VaccineTable]

    @cached_property
    def by_name(self) -> dict[str, Vaccine]:
        """Every name, plain, with its vaccine."""
        table = self.parsed.table
        return {plain(name): vaccine for vaccine in table.vaccine for name in (vaccine.zh, *vaccine.aliases)}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the longest name at a place of a plain text."""
        return re.compile(words_pattern(self.by_name))

    @cached_property
    def hint(self) -> re.Pattern[str]:
        """Matches in every text that names one, as it is written."""
        table = self.parsed.table
        names = (name for vaccine in table.vaccine for name in (vaccine.zh, *vaccine.aliases))
        return re.compile(words_pattern(names), re.IGNORECASE)

    @cached_property
    def doses(self) -> dict[str, tuple[Known, ...]]:
        """Doses of each vaccine by its code, of the plans in force first."""
        plans = sorted(self.parsed.table.plan, key=lambda plan: plan.until is not None)
        return {
            vaccine.code: tuple(
                Known(plan, dose) for plan in plans for dose in plan.doses if dose.vaccine == vaccine.code
            )
            for vaccine in self.parsed.table.vaccine
        }
