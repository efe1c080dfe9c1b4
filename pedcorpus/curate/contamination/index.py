"""The items of all evaluation sets, indexed by the hashes of their runs; rows are streamed past it.

Hashes only propose: what is told was compared character by character (`score`). Runs that stand in more than
`_MOST_PLACES` places of the sets (下列叙述错误的是) propose nothing, though they count where another run proposes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from pedcorpus.codes import (
    BREAK,
    Codes,
    Hashes,
    folded_codes,
    folded_text,
    plain_codes,
    run_hashes,
)
from pedcorpus.curate.contamination.items import Item, Row
from pedcorpus.curate.contamination.runs import Seed
from pedcorpus.curate.contamination.score import Likeness, Parts, Thresholds, Told, group_floor, likeness, parts_of

__all__ = ["ItemIndex", "Match"]

_MOST_PLACES = 64
_BATCH_CHARS = 1 << 18
"""Characters folded and hashed at a time: what stays in a processor's cache."""
_NEVER = 1 << 30
Ints = NDArray[np.int64]


class Match(NamedTuple):
    """An item, and what a row has of it."""

    item: Item
    likeness: Likeness


class _Table:
    """Hashes to the numbers that they stand for: sorted, with a bitmap before them that most hashes fail."""

    def __init__(self, hashes: Hashes, numbers: Ints) -> None:
        order = np.argsort(hashes, kind="stable")
        ordered = hashes[order]
        first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.zeros(0, np.int64)
        counts = np.diff(np.r_[first, len(ordered)])
        kept = counts <= _MOST_PLACES
        self.hashes, self.first, self.counts = ordered[first][kept], first[kept], counts[kept]
        self.numbers = numbers[order]
        bits = max(16, int(len(self.hashes) * 16).bit_length())
        self._shift = np.uint64(64 - min(bits, 30))
        self._bitmap = np.zeros(1 << min(bits, 30), dtype=np.bool_)
        self._bitmap[self.hashes >> self._shift] = True

    def places(self, hashes: Hashes) -> tuple[Ints, Ints]:
        """Each place of `hashes` that is in the table, with its row of the table."""
        maybe = np.flatnonzero(self._bitmap[hashes >> self._shift])
        rows = np.searchsorted(self.hashes, hashes[maybe])
        rows[rows == len(self.hashes)] = 0
        hit = self.hashes[rows] == hashes[maybe] if len(self.hashes) else np.zeros(len(maybe), np.bool_)
        return maybe[hit], rows[hit]

    def expanded(self, rows: Ints) -> tuple[Ints, Ints]:
        """The numbers of each of `rows`, and which of `rows` each is of."""
        counts = self.counts[rows]
        which = np.repeat(np.arange(len(rows)), counts)
        offsets = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
        return self.numbers[self.first[rows][which] + offsets], which

    def kept_numbers(self) -> Ints:
        return self.expanded(np.arange(len(self.hashes)))[0]


class ItemIndex:
    """Finds which items a row holds. Of items that say the same, the first stands for all."""

    def __init__(self, items: Iterable[Item], thresholds: Thresholds | None = None) -> None:
        self.thresholds = thresholds or Thresholds()
        self.items: list[Item] = []
        self.parts: list[Parts] = []
        self.repeated: Counter[str] = Counter()
        """By set, items that say what an earlier one says."""
        self._keep(items)
        self._index_long()
        self._index_short()

    def _keep(self, items: Iterable[Item]) -> None:
        seen: set[tuple[str, ...]] = set()
        for item in items:
            parts = parts_of(item)
            known = (item.set, *sorted(item.kin), *parts.texts)
            if known in seen:
                self.repeated[item.set] += 1
            else:
                seen.add(known)
                self.items.append(item)
                self.parts.append(parts)

    def _index_long(self) -> None:
        """Every run of n characters of every part that is long enough."""
        n = self.thresholds.ngram
        long = [
            (number, part, text)
            for number, parts in enumerate(self.parts)
            for part, text in enumerate(parts.texts)
            if len(text) >= n
        ]
        self._owner = np.array([number for number, _, _ in long], dtype=np.int64)
        self._part = np.array([part for _, part, _ in long], dtype=np.int64)
        lengths = np.array([len(text) for _, _, text in long], dtype=np.int64)
        self._begins = np.cumsum(lengths + 1) - lengths - 1
        """Where each long part begins in their concatenation."""
        hashes = run_hashes(plain_codes([text for _, _, text in long]), n)
        runs = lengths - n + 1
        starts = np.repeat(self._begins - np.cumsum(runs) + runs, runs) + np.arange(runs.sum())
        self._grams = _Table(hashes[starts], starts)
        kept = np.zeros(lengths.sum() + len(long), dtype=np.bool_)
        kept[self._grams.kept_numbers()] = True
        dull = starts[~kept[starts]]
        self._dull = _covered(self._parts_at(dull), dull, n, len(long))
        """Characters of each long part in runs that propose nothing."""
        self._group, self._needed = self._groups()

    def _parts_at(self, places: Ints) -> Ints:
        """Which long part each place of the concatenation is in."""
        return np.searchsorted(self._begins, places, side="right") - 1

    def _groups(self) -> tuple[Ints, Ints]:
        """The group of parts that each long part is judged in, and characters that a row has to share of each group."""
        n, thresholds = self.thresholds.ngram, self.thresholds
        group_of: list[int] = []
        needed: dict[tuple[int, Told], int] = {}
        for row, (number, part) in enumerate(zip(self._owner.tolist(), self._part.tolist(), strict=True)):
            parts = self.parts[number]
            told, group = next((told, group) for told, group in parts.groups.items() if part in group)
            if (number, told) not in needed:
                needed[number, told] = _needed(parts, told, group, thresholds)
            needed[number, told] -= int(self._dull[row])
            group_of.append(len(needed) - 1)
        return np.array(group_of, dtype=np.int64), np.maximum(np.array(list(needed.values()), dtype=np.int64), n)

    def _index_short(self) -> None:
        """Short questions as wholes, by their length."""
        by_length: dict[int, list[int]] = {}
        for number, parts in enumerate(self.parts):
            if parts.is_short(self.thresholds.ngram):
                by_length.setdefault(len(parts.question), []).append(number)
        self._short = {
            length: _Table(self._whole(numbers, length), np.array(numbers, dtype=np.int64))
            for length, numbers in sorted(by_length.items())
        }

    def _whole(self, numbers: Sequence[int], length: int) -> Hashes:
        codes = plain_codes([self.parts[number].question for number in numbers])
        return run_hashes(codes, length)[:: length + 1]

    @property
    def not_comparable(self) -> Counter[str]:
        """By set, items that no row could be found to hold."""
        comparable = self._comparable()
        return Counter(item.set for number, item in enumerate(self.items) if number not in comparable)

    def _comparable(self) -> set[int]:
        parts = self._parts_at(self._grams.kept_numbers())
        long = set(self._owner[np.unique(parts)].tolist())
        return long | {number for table in self._short.values() for number in table.kept_numbers().tolist()}

    def search(self, rows: Iterable[Row]) -> Iterator[tuple[Row, list[Match]]]:
        """Each row with the items that it holds, the most alike first."""
        for batch in _batches(rows):
            proposed = self._proposed(batch)
            for number, row in enumerate(batch):
                yield row, self._matches(row, proposed.get(number, {}))

    def _matches(self, row: Row, proposed: dict[int, list[Seed]]) -> list[Match]:
        if not proposed:
            return []
        sides = folded_text(row.asked), folded_text(row.answered)
        matches = []
        for number, seeds in proposed.items():
            item = self.items[number]
            if row.id in item.kin or (item.topic and item.topic == row.topic):
                continue
            if found := likeness(self.parts[number], sides, seeds, self.thresholds):
                matches.append(Match(item, found))
        return sorted(matches, key=lambda each: (-each.likeness.score, -each.likeness.run, each.item.set, each.item.id))

    def _proposed(self, rows: Sequence[Row]) -> dict[int, dict[int, list[Seed]]]:
        """By row of the batch, by item: where runs of it begin; no place for a short question."""
        found: dict[int, dict[int, list[Seed]]] = {}
        asked = folded_codes([row.asked for row in rows])
        answered = folded_codes([row.answered for row in rows])
        for length, table in self._short.items():
            for number, row in _short_hits(asked, table, length):
                found.setdefault(row, {}).setdefault(number, [])
        short = np.array([_pair(row, number) for row, numbers in found.items() for number in numbers], dtype=np.int64)
        for row, number, seed in self._long_hits(asked, answered, short):
            found.setdefault(row, {}).setdefault(number, []).append(seed)
        return found

    def _long_hits(self, asked: Codes, answered: Codes, short: Ints) -> Iterator[tuple[int, int, Seed]]:
        """Hits of items that a row holds enough of; of those whose short question it asks (`short`), all."""
        sides = [self._side_hits(codes) for codes in (asked, answered)]
        rows, places, postings = (np.concatenate([side[axis] for side in sides]) for axis in range(3))
        side = np.repeat([0, 1], [len(each[0]) for each in sides])
        if not len(rows):
            return
        order = np.lexsort((postings, rows))
        rows, places, postings, side = rows[order], places[order], postings[order], side[order]
        long = self._parts_at(postings)
        owner, group = self._owner[long], self._group[long]
        _, pair = np.unique(_pair(rows, group), return_inverse=True)
        chars = np.bincount(pair, weights=_widths(_pair(rows, long), postings, self.thresholds.ngram))
        enough = np.flatnonzero((chars[pair] >= self._needed[group]) | np.isin(_pair(rows, owner), short))
        columns = (rows, owner, self._part[long], postings - self._begins[long], side, places)
        for row, number, part, start, which, place in zip(*(each[enough].tolist() for each in columns), strict=True):
            yield row, number, Seed(part, start, which, place)

    def _side_hits(self, codes: Codes) -> tuple[Ints, Ints, Ints]:
        """Row of the batch, place in the row's side and posting of each run that is in the index, once a row."""
        places, table_rows = self._grams.places(run_hashes(codes, self.thresholds.ngram))
        ends = np.flatnonzero(codes == BREAK)
        rows = np.searchsorted(ends, places)
        _, once = np.unique(_pair(rows, table_rows), return_index=True)
        rows, places, table_rows = rows[once], places[once], table_rows[once]
        postings, which = self._grams.expanded(table_rows)
        begins = np.r_[0, ends[:-1] + 1] if len(ends) else np.zeros(1, np.int64)
        return rows[which], (places - begins[rows])[which], postings


@overload
def _pair(first: int, second: int) -> int: ...
@overload
def _pair(first: Ints, second: Ints) -> Ints: ...
def _pair(first: int | Ints, second: int | Ints) -> int | Ints:
    """One number for two, the second below 2³¹."""
    return (first << 31) | second


def _widths(parts: Ints, starts: Ints, ngram: int) -> Ints:
    """Characters that each run of `ngram` adds to those before it, where both are sorted."""
    widths = np.full(len(starts), ngram, dtype=np.int64)
    widths[:-1] = np.where(parts[1:] == parts[:-1], np.minimum(starts[1:] - starts[:-1], ngram), ngram)
    return widths


def _covered(parts: Ints, starts: Ints, ngram: int, count: int) -> Ints:
    """Characters of each of `count` parts in runs at `starts`."""
    return np.bincount(parts, weights=_widths(parts, starts, ngram), minlength=count).astype(np.int64)


def _needed(parts: Parts, told: Told, group: range, thresholds: Thresholds) -> int:
    """Characters of a group that a row has to share for its item to be looked at."""
    judged = parts.length(parts.groups["answer"]) if told == "conversation" else parts.length(group)
    if parts.length(group) < group_floor(told, thresholds.ngram):
        return _NEVER
    aside = sum(len(parts.texts[part]) for part in group if len(parts.texts[part]) < thresholds.ngram)
    return min(int(thresholds.share * judged), thresholds.run) - aside


def _short_hits(codes: Codes, table: _Table, length: int) -> Iterator[tuple[int, int]]:
    places, table_rows = table.places(run_hashes(codes, length))
    rows = np.searchsorted(np.flatnonzero(codes == BREAK), places)
    numbers, which = table.expanded(table_rows)
    return zip(numbers.tolist(), rows[which].tolist(), strict=True)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    chars = 0
    for row in rows:
        batch.append(row)
        chars += len(row.asked) + len(row.answered)
        if chars >= _BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch
