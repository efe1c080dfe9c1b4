"""The tree of headings above the place that is being read."""

from __future__ import annotations

from dataclasses import replace

from pedcorpus.parse.headings import Heading

__all__ = ["Outline"]

_FLOATING = {"bracket", "bold"}
"""Levels without a fixed depth: a book may put 【治疗】 above 一、 or below it; what came first is above."""
_PAREN_LEVELS = {"chinese_paren"}
"""Levels that stand below 【…】 once one has stood directly below a section."""
_FLOATS_FROM = (99, 3.9)


class Outline:
    """Where each new heading goes: beside the last one of its level, else under what is shallower."""

    def __init__(self) -> None:
        self._open: list[Heading] = []
        self._under_brackets: set[str] = set()
        """Levels that this document has put below 【…】."""

    @property
    def path(self) -> tuple[str, ...]:
        """Headings from the outermost to the nearest."""
        return tuple(heading.text for heading in self._open)

    @property
    def nearest(self) -> Heading | None:
        """The heading directly above."""
        return self._open[-1] if self._open else None

    @property
    def open_levels(self) -> tuple[tuple[str, int], ...]:
        """Level and number of each numbered heading above."""
        return tuple((heading.level, heading.number[-1]) for heading in self._open if heading.number)

    def enter(self, heading: Heading) -> None:
        """Makes `heading` the nearest one; a character of it that was lost shows as □, as in editions of old books."""
        if "\ufffd" in heading.text:
            heading = replace(heading, text=heading.text.replace("\ufffd", "□"))
        del self._open[self._depth(heading) :]
        if any(above.level == "bracket" for above in self._open):
            self._under_brackets.add(heading.level)
        if heading.level == "bracket" and self._open and self._open[-1].rank < _FLOATS_FROM:
            self._under_brackets.update(_PAREN_LEVELS)
        self._open.append(heading)

    def leave(self) -> None:
        """The nearest heading has nothing more under it."""
        self._open.pop()

    def _depth(self, heading: Heading) -> int:
        for depth, above in enumerate(self._open):
            if above.level == heading.level or _numbering(above) == heading.level:
                return depth
            if len(heading.number) > 1 and above.number == heading.number[:-1]:
                return depth + 1
            if len(heading.number) == len(above.number) > 1 and above.number[:-1] == heading.number[:-1]:
                return depth
        depth = len(self._open)
        while depth and self._is_popped(self._open[depth - 1], heading):
            depth -= 1
        return depth

    def _is_popped(self, above: Heading, heading: Heading) -> bool:
        if heading.level == "bold":
            return False
        if heading.level == "bracket":
            return above.rank >= (99, 6.0) or above.level in self._under_brackets
        if above.level in _FLOATING and heading.rank >= _FLOATS_FROM:
            return False
        if above.rank[0] == heading.rank[0] < 99 and 0.0 in (above.rank[1], heading.rank[1]):
            return not heading.level.endswith("bracket")
        return above.rank >= heading.rank


def _numbering(declared: Heading) -> str:
    """The kind of numbers that a declared heading has; typed headings with such numbers stand beside it."""
    return declared.level.lstrip("#0123456789")
