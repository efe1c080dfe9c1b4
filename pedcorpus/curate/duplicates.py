"""Duplicates: which instructions say the same, which one of them stays, and what else is alike though both stay.

Three levels, for three readers:

- *Duplicates* take each other's place. The conversation is the same once width, case, spaces, punctuation and
  traditional characters are folded (`exact`), or the question **and** the answer are each near those of the kept one
  (`near`): true Jaccard similarity of their character n-grams at the threshold or above, courtesies left out, and the
  same amounts, names, opposites and negations in both (`near.particulars`). One stays; the others get the status
  `duplicate` until somebody accepts them or the kept one goes.
- The *same question with another answer* (`near-question`) is no duplicate: it may be another source's word, another
  register, or a contradiction that a reader must see. All stay; `contradictions` are sought in these clusters.
- The *same answer to another question* (`near-answer`) is no duplicate either: two ways to ask are worth having. All
  stay; a steward sees which answers a corpus repeats.

Which one stays, the first difference deciding: a reviewer accepted it, or it was released before; no check found a
warning or an error; none found an error; its source may travel further (open, controlled, internal), has a known
licence, is the better work (guideline, textbook, graph, consultation, data set); it is longer; its id comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from pedcorpus.curate.near import Conversations, GramSets, Texts, near_pairs, stars
from pedcorpus.records import Duplicate, Source, SourceKind, Tier

__all__ = ["METHODS", "Found", "changed_memberships", "find_alike", "source_rank", "standing"]

EXACT, NEAR = "exact@2", "near@1"
NEAR_QUESTION, NEAR_ANSWER = "near-question@1", "near-answer@1"
METHODS = (EXACT, NEAR, NEAR_QUESTION, NEAR_ANSWER)
"""With their versions, raised when the same rows give other clusters."""

_KINDS = (
    SourceKind.GUIDELINE, SourceKind.TEXTBOOK, SourceKind.GRAPH, SourceKind.CONSULTATION, SourceKind.DATASET
)  # fmt: skip
_SOURCES = 100
_SPREAD = np.uint64(0x9E3779B97F4A7C15)

Places: TypeAlias = NDArray[np.int64]
Keys: TypeAlias = NDArray[np.uint64]
Shares: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Found:
    """What was found alike, by cluster and instruction."""

    duplicates: list[Duplicate]
    """Members of clusters of which one stays."""
    alike: list[Duplicate]
    """Members of clusters of which all stay, by the method that names the level."""


def source_rank(source: Source | None) -> int:
    """0 to 99, lower is better: how far it may travel, whether its licence is known, what kind of work it is."""
    if source is None:
        return _SOURCES - 1
    tier = list(Tier).index(source.tier)
    return tier * 20 + (source.license == "unknown") * 10 + _KINDS.index(source.kind)


def standing(*, accepted: Flags, sound: Flags, clean: Flags, source: Places) -> Places:
    """What decides which of several like rows stays, but for length and id, as one number each; lower is better.

    `accepted`: by a reviewer, or released before. `sound`: no check found an error; `clean`: nor a warning. `source`:
    its `source_rank`.
    """
    faults = np.stack([~accepted, ~clean, ~sound]).astype(np.int64)
    standings: Places = (faults * [[4], [2], [1]]).sum(axis=0) * _SOURCES + source
    return standings


def find_alike(rows: Conversations, standings: Places, *, threshold: float) -> Found:
    """Clusters of two and more among `rows`, whose order does not matter.

    `standings` has the `standing` of each. `threshold` is the Jaccard similarity from which texts are near.
    """
    rank = _ranks(rows, standings)
    best, similarity, is_exact = _duplicates(rows, rank, threshold)
    staying = np.flatnonzero(best == np.arange(len(rows)))
    questions = _alike(staying, rank, rows.question, (rows.asked, rows.question_facts), threshold)
    answers = _alike(staying, rank, rows.answer, (rows.answered, rows.answer_facts), threshold)
    method = np.where(is_exact, EXACT, NEAR).tolist()
    return Found(
        sorted(_memberships(rows, np.arange(len(rows)), best, similarity, method), key=_order),
        sorted(
            [
                *_memberships(rows, *questions, [NEAR_QUESTION] * len(staying), all_stay=True),
                *_memberships(rows, *answers, [NEAR_ANSWER] * len(staying), all_stay=True),
            ],
            key=_order,
        ),
    )


def _order(row: Duplicate) -> tuple[str, str, str]:
    return (row.method.partition("-")[2], row.cluster, row.instruction)


def _ranks(rows: Conversations, standings: Places) -> Places:
    """The place of each row among all, the best first."""
    names = np.array([identifier.encode() for identifier in rows.ids], np.bytes_)
    order = np.lexsort((names, -rows.lengths, standings))
    rank = np.empty(len(rows), np.int64)
    rank[order] = np.arange(len(rows))
    return rank


def _duplicates(rows: Conversations, rank: Places, threshold: float) -> tuple[Places, Shares, Flags]:
    """For each row the one that stays for it, how near it is to that, and whether the two are the same."""
    speakers, group = _grouped(rows.whole, rank)
    parts = [_taken(rows.question, speakers), _taken(rows.answer, speakers)]
    facts = _mixed(rows.question_facts, rows.answer_facts)[speakers]
    best, similarity = _stars(Texts(parts, facts), rank[speakers], threshold)
    is_exact = best == np.arange(len(speakers))
    return speakers[best][group], similarity[group], is_exact[group]


def _alike(
    rows: Places, rank: Places, texts: GramSets, keys: tuple[Keys, Keys], threshold: float
) -> tuple[Places, Places, Shares]:
    """Those of `rows` that have such a text, each with the best row of its cluster and how near it is to that."""
    rows = rows[texts.sizes[rows] > 0]
    same, facts = keys
    speakers, group = _grouped(same[rows], rank[rows])
    taken = rows[speakers]
    best, similarity = _stars(Texts([_taken(texts, taken)], facts[taken]), rank[taken], threshold)
    return rows, taken[best][group], similarity[group]


def _grouped(keys: Keys, rank: Places) -> tuple[Places, Places]:
    """The best row of each key, and for each row the number of its key."""
    _, group = np.unique(keys, return_inverse=True)
    order = np.lexsort((rank, group))
    is_first = np.ones(len(order), bool)
    is_first[1:] = group[order][1:] != group[order][:-1]
    return order[is_first], group


def _taken(sets: GramSets, places: Places) -> GramSets:
    everything = len(places) == len(sets) and bool((places == np.arange(len(sets))).all())
    return sets if everything else sets.taken(places)


def _mixed(one: Keys, other: Keys) -> Keys:
    return (one ^ (one >> np.uint64(31))) * _SPREAD + other


def _stars(texts: Texts, rank: Places, threshold: float) -> tuple[Places, Shares]:
    found = stars(near_pairs(texts, threshold), rank, lambda one, other: texts.similarity(one, other, threshold))
    return found.best, found.similarity


def _memberships(
    rows: Conversations,
    places: Places,
    best: Places,
    similarity: Shares,
    methods: Sequence[str],
    *,
    all_stay: bool = False,
) -> Iterator[Duplicate]:
    """Every member of every cluster of two and more."""
    _, number, size = np.unique(best, return_inverse=True, return_counts=True)
    for index in np.flatnonzero(size[number] > 1).tolist():
        row, kept = int(places[index]), int(best[index])
        yield Duplicate(
            instruction=rows.ids[row],
            cluster=rows.ids[kept],
            kept=all_stay or row == kept,
            method=methods[index],
            similarity=round(float(similarity[index]), 4),
        )


def changed_memberships(found: Iterable[Duplicate], known: Mapping[str, Duplicate]) -> list[Duplicate]:
    """Rows to add so that the latest row of every instruction says what `found` says, all of one level.

    Who was in a cluster and no longer is, is kept in one of its own.
    """
    now = {row.instruction: row for row in found}
    added = [row for row in now.values() if known.get(row.instruction) != row]
    for instruction, row in known.items():
        if instruction not in now and not (row.kept and row.cluster == instruction):
            added.append(row.model_copy(update={"cluster": instruction, "kept": True, "similarity": 1.0}))
    return sorted(added, key=lambda row: row.instruction)
