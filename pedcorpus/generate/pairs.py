"""Preference pairs by rule: an accepted answer, against what would be right for a neighbouring disease.

The rejected answer is true of its own disease and stays verbatim; it is wrong for the one that is asked about,
and is labelled with the instruction that it was taken from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pedcorpus.generate.nearest import Compared, nearest_rows
from pedcorpus.normalise import fold
from pedcorpus.records import Basis, Instruction, Message, Preference

__all__ = ["NEIGHBOUR", "preference_pairs"]

NEIGHBOUR = "rule.neighbour@1"
"""What `rejected_from` opens with, before the id of the instruction whose answer it is."""

_SHORTEST_STATEMENT = 12  # characters; shorter ones are names, which neighbours share
_Kind = tuple[str, str, str]


def preference_pairs(rows: Iterable[Instruction]) -> Iterator[Preference]:
    """One pair for each row that has a neighbour: same task, aspect and language, another topic, another answer.

    The nearest is the one most alike in topic and evidence (shared character pairs). One that speaks of another
    disease that the question names, or says nearly the same, could be right and is passed over. The order of `rows`
    does not matter; pairs come in the order of their rows' ids.
    """
    groups: dict[_Kind, list[Instruction]] = defaultdict(list)
    for row in sorted({row.id: row for row in rows}.values(), key=lambda row: row.id):
        groups[_kind(row)].append(row)
    topics = _Topics(row.topic for members in groups.values() for row in members)
    pairs = [pair for members in groups.values() for pair in _pairs(members, topics)]
    yield from sorted(pairs, key=lambda pair: pair.chosen_from)


def _kind(row: Instruction) -> _Kind:
    return row.task, str(getattr(row, "aspect", "")), row.language


class _Topics:
    """All topics, to find those that a text names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_opening: dict[str, set[str]] = defaultdict(set)
        for name in names:
            self._by_opening[name[:2]].add(name)

    def named_in(self, text: str) -> frozenset[str]:
        openings = ((start, self._by_opening.get(text[start : start + 2])) for start in range(len(text) - 1))
        return frozenset(name for start, names in openings if names for name in names if text.startswith(name, start))


def _pairs(members: Sequence[Instruction], topics: _Topics) -> Iterator[Preference]:
    for row, place in zip(members, nearest_rows([_compared(row, topics) for row in members]), strict=True):
        if place is not None:
            neighbour = members[place]
            yield Preference(
                task=row.task,
                topic=row.topic,
                prompt=(Message(role="user", content=row.user_text()),),
                chosen=row.answer_text(),
                rejected=neighbour.answer_text(),
                chosen_from=row.id,
                rejected_from=f"{NEIGHBOUR}:{neighbour.id}",
            )


def _compared(row: Instruction, topics: _Topics) -> Compared:
    """Rows whose questions name one disease, or that quote one statement, may each be right for the other."""
    asked = row.user_text()
    named = {name for name in topics.named_in(asked) if name not in row.topic and row.topic not in name}
    return Compared(
        topic=row.topic,
        whole=row.topic + asked + "".join(item.quote for item in row.evidence),
        answer=row.answer_text(),
        marks=frozenset({*(f"disease {name}" for name in (row.topic, *named)), *_statements(row)}),
    )


def _statements(row: Instruction) -> Iterator[str]:
    for claim in row.claims():
        if claim.basis is Basis.QUOTED and len(claim.text) >= _SHORTEST_STATEMENT:
            yield f"statement {fold(claim.text)}"
