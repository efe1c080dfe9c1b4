"""Rows that say the same in other words: cosine of their vectors, among rows about the same names and numbers.

Templated questions about two diseases, ages or doses are close for every model; so rows are compared only where the
drugs, diseases and quantities of their questions are the same. A cluster is a star: each member is alike to the kept
one itself, so that no chain of small steps joins what is far apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pedcorpus.curate.near import bare
from pedcorpus.curate.semantic.neighbours import Neighbours
from pedcorpus.records import Instruction, content_id

__all__ = ["Alike", "AlikeRow", "alike_row", "find_alike"]

Vectors = npt.NDArray[np.float32]
"""One row a text, each of length one."""

_ABOUT = 2_000  # characters of a question that are read for names and numbers


@dataclass(frozen=True)
class AlikeRow:
    """What the search needs of one instruction."""

    id: str
    about: int
    """Key of the drugs, diseases and amounts in its question and topic, as near duplicates read them."""
    made: str
    """Hash of generator, evidence and answer: phrasings that one generator made of one answer are meant."""
    rank: int = 0
    """The least of a cluster is kept; among equals the smallest id."""


@dataclass(frozen=True)
class Alike:
    """One row that says what another says."""

    id: str
    kept: str
    cosine: float


def alike_row(
    instruction: Instruction, particulars: Callable[[str], int], *, accepted: bool = False, sound: bool = True
) -> AlikeRow:
    """The instruction as the search sees it; kept is the accepted one of a cluster, else a sound one, else any.

    `particulars` is a reader of `pedcorpus.curate.near`.
    """
    asked = f"{instruction.user_text()[:_ABOUT]}\n{instruction.topic}"
    quoted = (f"{item.origin_id}\0{item.quote}" for item in instruction.evidence)
    return AlikeRow(
        id=instruction.id,
        about=particulars(bare(asked)),
        made=content_id(instruction.generator, instruction.answer_text(), *quoted),
        rank=2 * (not accepted) + (not sound),
    )


def find_alike(
    rows: Sequence[AlikeRow],
    vectors: Vectors,
    *,
    threshold: float,
    differs: Callable[[str, str], bool] | None = None,
) -> list[Alike]:
    """Every row that is alike to a kept one, by id; the order of the input does not matter.

    `differs(a, b)` tells, by their ids, of two rows whose vectors are close whether they are different all the same.
    """
    groups: dict[int, list[int]] = {}
    for place in sorted(range(len(rows)), key=lambda place: (rows[place].rank, rows[place].id)):
        groups.setdefault(rows[place].about, []).append(place)
    found: list[Alike] = []
    for places in groups.values():
        if len(places) > 1:
            members = [rows[place] for place in places]
            found += _stars(members, Neighbours(vectors[places], threshold=threshold), differs)
    return sorted(found, key=lambda alike: alike.id)


def _stars(
    members: Sequence[AlikeRow], neighbours: Neighbours, differs: Callable[[str, str], bool] | None
) -> Iterable[Alike]:
    """Members in the order of their rank: who is not covered yet is kept, and covers who is alike to it."""
    is_covered = np.zeros(len(members), dtype=bool)
    for place, kept in enumerate(members):
        if is_covered[place]:
            continue
        is_covered[place] = True
        for other, cosine in neighbours.of(place, among=~is_covered):
            row = members[other]
            if row.made != kept.made and not (differs and differs(kept.id, row.id)):
                is_covered[other] = True
                yield Alike(row.id, kept.id, cosine)
