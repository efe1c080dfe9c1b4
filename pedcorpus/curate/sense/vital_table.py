"""The table of vital signs by age: what is normal, what is too fast, what nobody has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeVar

from pydantic import Field

from pedcorpus.curate.sense.tables import Cited, Table, inverted
from pedcorpus.records import Record

__all__ = ["Bounds", "Sign", "SignName", "VitalTable"]

SignName = Literal["heart_rate", "respiratory_rate", "systolic_bp", "temperature", "oxygen_saturation"]


class _AtAge(Cited):
    from_months: float = Field(ge=0, le=216)
    to_months: float = Field(gt=0, le=216)


class Normal(_AtAge):
    """What one source calls normal at one stretch of ages."""

    low: float | None = None
    high: float | None = None


class Cutoff(_AtAge):
    """What one source calls too fast at one stretch of ages."""

    above: float


class Bounds(NamedTuple):
    """The widest that the sources leave for some ages; `None` where no row says."""

    low: float | None
    high: float | None
    sources: tuple[str, ...]


class Sign(Record):
    """One vital sign with everything that is known of it."""

    name: SignName
    unit: str = Field(min_length=1)
    possible: tuple[float, float]
    """Beyond it nobody is measured."""
    review_below: float | None = Field(default=None, gt=0, lt=1)
    """A sick child's value is for review under so many times the lowest normal one; never where absent."""
    review_above: float | None = Field(default=None, gt=1)
    slack: float = Field(default=0.0, ge=0, lt=1)
    """Share by which a text may pass the bounds before it is for review."""
    normal: tuple[Normal, ...] = ()
    cutoff: tuple[Cutoff, ...] = ()

    def bounds(self, ages: tuple[float, float]) -> Bounds:
        """What may be called normal at some of these ages."""
        rows = list(_overlapping(self.normal, ages))
        lows, highs = (
            [row.low for row in rows if row.low is not None],
            [row.high for row in rows if row.high is not None],
        )
        return Bounds(min(lows, default=None), max(highs, default=None), _sources(rows))

    def cutoffs(self, ages: tuple[float, float]) -> Bounds:
        """What may be called too fast at some of these ages: the upper ends of normal where no cut-off is known."""
        rows = list(_overlapping(self.cutoff, ages))
        tops = [row.above for row in rows]
        if not tops:
            normal = list(_overlapping(self.normal, ages))
            tops, rows = [row.high for row in normal if row.high is not None], []
            return Bounds(min(tops, default=None), max(tops, default=None), _sources(normal))
        return Bounds(min(tops), max(tops), _sources(rows))


class VitalTable(Table):
    """The whole table."""

    sign: tuple[Sign, ...] = Field(min_length=1)

    def problems(self) -> Iterator[str]:
        names = [sign.name for sign in self.sign]
        yield from (f"sign {name!r} stands twice; join them" for name in sorted(set(names)) if names.count(name) > 1)
        for sign in self.sign:
            yield from inverted(*sign.possible, what=f"sign {sign.name!r}, possible")
            for kind, rows in (("normal", sign.normal), ("cutoff", sign.cutoff)):
                for index, row in enumerate(rows):
                    place = f"sign {sign.name!r}, {kind}[{index}]"
                    yield from inverted(row.from_months, row.to_months, what=f"{place}, months")
            for index, row in enumerate(sign.normal):
                yield from inverted(row.low, row.high, what=f"sign {sign.name!r}, normal[{index}]")


R = TypeVar("R", bound=_AtAge)


def _overlapping(rows: Iterable[R], ages: tuple[float, float]) -> Iterator[R]:
    """Rows that hold at some of the ages; an end that is just reached does not count."""
    for row in rows:
        if row.from_months < ages[1] and ages[0] < row.to_months:
            yield row


def _sources(rows: Iterable[Cited]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for row in rows for key in row.sources))
