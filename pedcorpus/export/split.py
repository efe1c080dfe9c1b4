"""Assigns each row to train, validation or test by hash, so that nothing that belongs together is torn.

Three laws, and how they are kept:

- *No leak.* Rows of one section (`group`) or one cluster, of near duplicates or of the same question, are one
  **bundle** and stay together. Bundles that share a topic are one **subject**; a subject goes to the test split as a
  whole, so that no row about a disease of the test split is in training; that rows on other diseases may name it, as
  in a differential diagnosis, is what `leakage` measures. What is left is divided by bundle: validation may share a
  disease with training, never a section.
- *By hash.* A subject's place follows from the hash of one of its topics, a bundle's from the hash of one of its
  groups, with the salt and the shares of the settings: never from order, number or position.
- *No move.* A row that was in an earlier version is in the same split, or not in at all. Sections, clusters and topics
  of earlier rows are theirs: a new row follows them. One that would join what stands in two splits is left out; where
  earlier rows themselves have come to share a section, a cluster or a topic of the test split, what is held out
  furthest stays and the others are left out. They come back, to the split that they had, once nothing joins them.

Where the hash leaves nothing to train on, as with two or three sections in all, the subject whose hash is furthest from
the test split is trained on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pedcorpus.export.bonds import Ints, joined_sets, least_of
from pedcorpus.export.read import SPLITS, Split
from pedcorpus.records import content_id
from pedcorpus.settings import ExportSettings

__all__ = ["LEFT_OUT", "TEST", "TRAIN", "VALIDATION", "Codes", "assign_splits", "hashed_split"]

Codes = NDArray[np.int8]
"""Splits by their place in `SPLITS`."""
Flags = NDArray[np.bool_]

TRAIN, VALIDATION, TEST = range(len(SPLITS))
LEFT_OUT = -1
_FREE = -1
"""Label of a section, cluster or topic that no earlier row has."""


def _rank(key: str, salt: str) -> str:
    return content_id("speaker", salt, key)


def _fraction(purpose: str, key: str, salt: str) -> float:
    """A number in [0, 1) that stands for `key`, evenly spread."""
    return int(content_id(purpose, salt, key)[:13], 16) / 16**13


def _validation_bound(settings: ExportSettings) -> float:
    """Validation is drawn from what test leaves over, yet its share is of the whole."""
    return settings.validation_share / (1 - settings.test_share)


def hashed_split(key: str, settings: ExportSettings) -> Split:
    """The split of something that stands alone."""
    if _fraction("test", key, settings.split_seed) < settings.test_share:
        return "test"
    is_validation = _fraction("validation", key, settings.split_seed) < _validation_bound(settings)
    return "validation" if is_validation else "train"


def assign_splits(keys: pa.Table, settings: ExportSettings) -> Codes:
    """Split of each row of `keys` (columns `id`, `topic`, `group`, `cluster`, `earlier`); `LEFT_OUT` for some.

    `earlier` is the split that a row had in an earlier version, null for a new one. The order of rows does not matter.
    """
    columns = _columns(keys)
    earlier = _earlier(keys)
    labels = _Labels.of(columns, earlier)
    old = earlier != _FREE
    splits = np.where(old & labels.agrees(columns, earlier), earlier, LEFT_OUT).astype(np.int8)
    new = np.flatnonzero(~old)
    splits[new] = _assign_new(_ids(keys, new), columns.taken(new), labels, settings, alone=not (splits == TRAIN).any())
    return splits


def _ids(keys: pa.Table, rows: Ints) -> pa.ChunkedArray:
    return keys.column("id").take(pa.array(rows))


@dataclass(frozen=True)
class _Column:
    """One kind of key: its distinct values, and which one each row has."""

    prefix: str
    values: list[str]
    of_row: Ints

    def spoken(self, salt: str) -> Ints:
        """The place of each value's hash among all: which one speaks for a set that holds it."""
        ranks = np.array([_rank(f"{self.prefix}:{value}", salt).encode() for value in self.values], dtype="S20")
        place = np.empty(len(ranks), np.int64)
        place[np.argsort(ranks)] = np.arange(len(ranks))
        return place


@dataclass(frozen=True)
class _Columns:
    topic: _Column
    group: _Column
    cluster: _Column

    def taken(self, rows: Ints) -> _Columns:
        return _Columns(*(_Column(each.prefix, each.values, each.of_row[rows]) for each in vars(self).values()))


def _columns(keys: pa.Table) -> _Columns:
    return _Columns(*(_column(keys, name) for name in ("topic", "group", "cluster")))


def _column(keys: pa.Table, name: str) -> _Column:
    coded = pc.dictionary_encode(keys.column(name).combine_chunks())
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    return _Column(name, coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False).astype(np.int64))


def _earlier(keys: pa.Table) -> Codes:
    places = pc.fill_null(pc.index_in(keys.column("earlier"), pa.array(SPLITS, pa.string())), _FREE)
    earlier: Codes = places.to_numpy().astype(np.int8)
    return earlier


@dataclass(frozen=True)
class _Labels:
    """What is settled by the rows of earlier versions, by key; `_FREE` where nothing is."""

    topic: Codes
    """`TEST`, or `TRAIN` for what is not to be tested on."""
    group: Codes
    cluster: Codes

    @classmethod
    def of(cls, columns: _Columns, earlier: Codes) -> _Labels:
        tested = np.where(earlier == VALIDATION, TRAIN, earlier).astype(np.int8)
        return cls(
            _furthest(columns.topic, tested), _furthest(columns.group, earlier), _furthest(columns.cluster, earlier)
        )

    def agrees(self, columns: _Columns, splits: Codes) -> Flags:
        """Is each row where its section, its cluster and its topic are?"""
        own = (splits == self.group[columns.group.of_row]) & (splits == self.cluster[columns.cluster.of_row])
        apart: Flags = own & ((splits == TEST) | (self.topic[columns.topic.of_row] != TEST))
        return apart


def _furthest(column: _Column, splits: Codes) -> Codes:
    labels = np.full(len(column.values), _FREE, np.int8)
    np.maximum.at(labels, column.of_row, splits)
    return labels


def _assign_new(
    ids: pa.ChunkedArray, columns: _Columns, labels: _Labels, settings: ExportSettings, *, alone: bool
) -> Codes:
    """Rows that no earlier version has; they are `alone` where no earlier row is trained on."""
    topic, group, cluster = columns.topic.of_row, columns.group.of_row, columns.cluster.of_row
    own = np.stack([labels.group[group], labels.cluster[cluster]])
    about = labels.topic[topic]
    bundles, subjects = _sets(columns, labels)
    is_test, rest = (own == TEST).any(axis=0) | (about == TEST), ((own == TRAIN) | (own == VALIDATION)).any(axis=0)
    rest |= about == TRAIN
    fractions = _subject_fractions(columns.topic, subjects, settings)
    settled_test, settled_rest = _any_of(subjects, is_test), _any_of(subjects, rest)
    tested = settled_test | (~settled_rest & (fractions < settings.test_share))
    splits = np.where(tested, TEST, _divided(columns.group, bundles, own, settings)).astype(np.int8)
    torn = ((own != _FREE) & (own != splits)).any(axis=0) | np.where(splits == TEST, about == TRAIN, about == TEST)
    splits[torn] = LEFT_OUT
    if alone and len(splits) and not (splits == TRAIN).any():
        splits[_rescued(ids, subjects, fractions, ~(settled_test | settled_rest))] = TRAIN
    return splits


def _sets(columns: _Columns, labels: _Labels) -> tuple[Ints, Ints]:
    """Bundle and subject of each row: sets that rows make by keys that nothing earlier has settled."""
    rows, start = len(columns.topic.of_row), len(columns.topic.of_row)
    edges: dict[str, tuple[Ints, Ints]] = {}
    for name, column in vars(columns).items():
        free = np.flatnonzero(getattr(labels, name)[column.of_row] == _FREE)
        edges[name] = free, start + column.of_row[free]
        start += len(column.values)
    bundle = [np.concatenate(ends) for ends in zip(edges["group"], edges["cluster"], strict=True)]
    subject = [np.concatenate(ends) for ends in zip(*edges.values(), strict=True)]
    return joined_sets(bundle[0], bundle[1], start)[:rows], joined_sets(subject[0], subject[1], start)[:rows]


def _any_of(sets: Ints, flags: Flags) -> Flags:
    """For each row whether any row of its set has the flag."""
    found = np.zeros(len(sets), np.bool_)
    found[sets[flags]] = True  # a set is called after its least number, and rows come before keys
    return found[sets]


def _spoken_for(column: _Column, sets: Ints, salt: str) -> Ints:
    """For each row the place in `column.values` of the one that speaks for its set."""
    order = column.spoken(salt)
    by_order = np.argsort(order)
    least = least_of(sets, order[column.of_row], len(sets), none=len(order))
    return by_order[least[sets]]


def _subject_fractions(topics: _Column, subjects: Ints, settings: ExportSettings) -> NDArray[np.float64]:
    speakers, which = np.unique(_spoken_for(topics, subjects, settings.split_seed), return_inverse=True)
    named = [f"topic:{topics.values[place]}" for place in speakers.tolist()]
    return np.array([_fraction("test", name, settings.split_seed) for name in named])[which]


def _divided(groups: _Column, bundles: Ints, own: NDArray[np.int8], settings: ExportSettings) -> Codes:
    """Train or validation: what earlier rows of the bundle's keys say, else by its hash."""
    furthest = np.full(len(bundles), _FREE, np.int8)
    np.maximum.at(furthest, bundles, np.where(own == TEST, _FREE, own).max(axis=0))
    speakers, which = np.unique(_spoken_for(groups, bundles, settings.split_seed), return_inverse=True)
    bound, salt = _validation_bound(settings), settings.split_seed
    drawn = [_fraction("validation", f"group:{groups.values[place]}", salt) < bound for place in speakers.tolist()]
    hashed = np.where(np.array(drawn, np.bool_)[which], VALIDATION, TRAIN)
    settled: Codes = furthest[bundles]
    return np.where(settled == _FREE, hashed, settled).astype(np.int8)


def _rescued(ids: pa.ChunkedArray, subjects: Ints, fractions: NDArray[np.float64], free: Flags) -> Flags:
    """The rows of the unsettled subject furthest from the test split; of two as far, that with the later first id."""
    if not free.any():
        return free
    furthest = np.flatnonzero(free & (fractions == fractions[free].max()))
    names = ids.take(pa.array(furthest)).to_pylist()
    first: dict[int, str] = {}
    for name, subject in zip(names, subjects[furthest].tolist(), strict=True):
        first[subject] = min(name, first.get(subject, name))
    chosen: Flags = subjects == max(first, key=lambda subject: first[subject])
    return chosen
