"""Where a voter is: which pair, which row of it, and what was said of all. A value; who stores votes is the ballot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pedcorpus.evaluation.blind import Side
from pedcorpus.records import Dimension

__all__ = ["Paper"]

Said = Mapping[Dimension, Side]
_ROWS = tuple(Dimension)


@dataclass(frozen=True)
class Paper:
    """One doctor's paper; the next pair is there once all rows of this one are judged."""

    pairs: tuple[str, ...]
    said: Mapping[str, Said]
    place: int = 0
    row: Dimension = _ROWS[0]

    @classmethod
    def of(cls, pairs: Sequence[str], said: Mapping[str, Said]) -> Paper:
        """A paper at its first pair that is not judged; at the last where all are."""
        paper = cls(tuple(pairs), {name: dict(each) for name, each in said.items()})
        return paper.at(paper.first_open if paper.first_open is not None else len(pairs) - 1)

    @property
    def here(self) -> Said:
        """What was said of the pair in view."""
        return self.said.get(self.pairs[self.place], {})

    @property
    def judged(self) -> int:
        """Pairs of which every row is judged."""
        return sum(map(self._is_whole, range(len(self.pairs))))

    @property
    def first_open(self) -> int | None:
        """Place of the first pair that lacks a row; none where all are judged."""
        return next((place for place in range(len(self.pairs)) if not self._is_whole(place)), None)

    @property
    def is_last(self) -> bool:
        """Whether no pair follows."""
        return self.place == len(self.pairs) - 1

    def _is_whole(self, place: int) -> bool:
        return len(self.said.get(self.pairs[place], {})) == len(_ROWS)

    def at(self, place: int) -> Paper:
        """The paper at another pair, at its first row that is not judged."""
        moved = replace(self, place=min(max(place, 0), max(len(self.pairs) - 1, 0)), row=_ROWS[0])
        return replace(moved, row=moved._next_row(_ROWS[0])) if self.pairs else moved

    def row_moved(self, steps: int) -> Paper:
        """The row above or below."""
        return replace(self, row=_ROWS[min(max(_ROWS.index(self.row) + steps, 0), len(_ROWS) - 1)])

    def marked(self, said: Said) -> Paper:
        """With more said of the pair in view; then the next row that is not judged, else the last that was."""
        marked = replace(self.knowing(self.pairs[self.place], said), row=list(said)[-1])
        return replace(marked, row=marked._next_row(marked.row))

    def knowing(self, pair_id: str, said: Said) -> Paper:
        """With more known to be said of a pair; the voter stays where the voter is."""
        return replace(self, said={**self.said, pair_id: {**self.said.get(pair_id, {}), **said}})

    def _next_row(self, row: Dimension) -> Dimension:
        start = _ROWS.index(row)
        ring = (*_ROWS[start:], *_ROWS[:start])
        return next((each for each in ring if each not in self.here), row)
