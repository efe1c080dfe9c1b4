"""How near what a parser found comes to the truth: order of characters, headings, cells of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pedcorpus.records import Passage, PassageKind

__all__ = ["cell_scores", "distance", "headings_of", "shares", "stream_of"]

_RUNNING = (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.RECOMMENDATION)
Rows = Sequence[Sequence[str]]


def distance(one: str, other: str) -> int:
    """Levenshtein distance by Myers' bit vectors, as Hyyrö (2003) gives them: Python's integers are the vectors."""
    if not one or not other:
        return max(len(one), len(other))
    places: dict[str, int] = {}
    for position, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << position
    mask, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    up, down, score = mask, 0, len(one)
    for character in other:
        here = places.get(character, 0)
        diagonal = (((here & up) + up) ^ up) | here | down
        right, left = down | ~(diagonal | up) & mask, up & diagonal
        score += bool(right & last) - bool(left & last)
        right = (right << 1 | 1) & mask
        up, down = (left << 1) & mask | ~(diagonal | right) & mask, right & diagonal
    return score


def headings_of(passages: Iterable[Passage]) -> list[tuple[str, ...]]:
    """Path of each heading that stands above a passage, in the order of reading, each as often as it begins anew."""
    found: list[tuple[str, ...]] = []
    before: tuple[str, ...] = ()
    for passage in passages:
        path = passage.address.heading_path
        same = next((at for at, pair in enumerate(zip(before, path, strict=False)) if pair[0] != pair[1]), None)
        start = min(len(before), len(path)) if same is None else same
        found.extend(path[: depth + 1] for depth in range(start, len(path)))
        before = path
    return found


def stream_of(passages: Iterable[Passage]) -> list[str]:
    """Headings and running text in the order of reading."""
    stream: list[str] = []
    before: tuple[str, ...] = ()
    for passage in passages:
        path = passage.address.heading_path
        if path != before:
            stream += [one[-1] for one in headings_of([_bare(before), _bare(path)])[len(before) :]]
            before = path
        if passage.kind in _RUNNING:
            stream.append(passage.text)
    return stream


def _bare(path: tuple[str, ...]) -> Passage:
    return Passage.model_validate({"document": "", "position": 0, "text": " ", "address": {"heading_path": path}})


def shares(found: Iterable[object], wanted: Iterable[object]) -> tuple[float, float]:
    """Recall and precision of `found`, each thing as often as it occurs."""
    have, need = Counter(found), Counter(wanted)
    both = (have & need).total()
    return both / max(need.total(), 1), both / max(have.total(), 1)


def cell_scores(found: Sequence[Rows], wanted: Sequence[Rows]) -> float:
    """Share of cells that stand as they should in the table and place where they should.

    A table is held against the next one of the same first row; cells of tables that are not there count as wrong.
    """
    right = total = 0
    rest = list(found)
    for rows in wanted:
        match = next((one for one in rest if _cells(one[:1]) == _cells(rows[:1])), None)
        if match is not None:
            rest.remove(match)
        have = _cells(match or ())
        need = _cells(rows)
        right += sum(have.get(place) == cell for place, cell in need.items())
        total += max(len(need), len(have))
    return right / max(total + sum(len(_cells(one)) for one in rest), 1)


def _cells(rows: Rows) -> dict[tuple[int, int], str]:
    return {(row, column): cell for row, cells in enumerate(rows) for column, cell in enumerate(cells)}
