"""Figures as `make bench-parse` prints them: one line each, and whether its target is met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Figure", "report"]


@dataclass(frozen=True)
class Figure:
    """One measured value beside what it is measured against."""

    name: str
    value: float
    against: float
    """The peer's or the bound's value, in the same unit."""
    target: float
    """What the ratio has to reach, or may not exceed."""
    at_least: bool = True
    unit: str = ""
    by_value: bool = False
    """Is the value itself, and not its ratio to the other, held against the target?"""

    @property
    def ratio(self) -> float:
        """Value over what it is measured against."""
        return self.value / self.against if self.against else float("inf")

    @property
    def is_met(self) -> bool:
        """Is the target met?"""
        judged = self.value if self.by_value else self.ratio
        return judged >= self.target if self.at_least else judged <= self.target

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        measured = f"{self.name} [{self.unit}]" if self.unit else self.name
        shown = f"{self.value:.4g}, {self.against:.4g}, {self.ratio:.3g}, {sign} {self.target:g}"
        return f"{measured}, {shown}, {'met' if self.is_met else 'missed'}"


def report(figures: Iterable[Figure]) -> int:
    """Prints each figure as it comes; 1 if a target was missed, else 0."""
    print("name, value, peer or bound, ratio, target, met or missed", flush=True)
    missed = 0
    for figure in figures:
        print(figure, flush=True)
        missed += not figure.is_met
    return 1 if missed else 0
