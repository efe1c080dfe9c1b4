"""Preference pairs by rule: an accepted answer, against what would be right for a neighbouring disease.

The rejected answer is true of its own disease and stays verbatim; it is wrong for the one that is asked about,
and is labelled with the instruction that it was taken from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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
    groups: dict[_Kind, list[_Said]] = defaultdict(list)
    for _, row in sorted({row.id: _said(row) for row in rows}.items()):
        groups[row.kind].append(row)
    topics = _Topics(row.topic for members in groups.values() for row in members)
    pairs = [pair for members in groups.values() for pair in _pairs(members, topics)]
    yield from sorted(pairs, key=lambda pair: pair.chosen_from)


@dataclass(frozen=True)
class _Said:
    """What a pair is made of, and found by: much less than a row."""

    id: str
    kind: _Kind
    topic: str
    asked: str
    answer: str
    quotes: str
    statements: frozenset[str]


def _said(row: Instruction) -> _Said:
    return _Said(
        id=row.id,
        kind=(row.task, str(getattr(row, "aspect", "")), row.language),
        topic=row.topic,
        asked=row.user_text(),
        answer=row.answer_text(),
        quotes="".join(item.quote for item in row.evidence),
        statements=frozenset(
            fold(claim.text)
            for claim in row.claims()
            if claim.basis is Basis.QUOTED and len(claim.text) >= _SHORTEST_STATEMENT
        ),
    )


class _Topics:
    """All topics, to find those that a text names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_opening: dict[str, set[str]] = defaultdict(set)
        for name in names:
            self._by_opening[name[:2]].add(name)

    def named_in(self, text: str) -> frozenset[str]:
        openings = ((start, self._by_opening.get(text[start : start + 2])) for start in range(len(text) - 1))
        return frozenset(name for start, names in openings if names for name in names if text.startswith(name, start))


def _pairs(members: Sequence[_Said], topics: _Topics) -> Iterator[Preference]:
    for row, place in zip(members, nearest_rows([_compared(row, topics) for row in members]), strict=True):
        if place is not None:
            yield Preference(
                task=row.kind[0],
                topic=row.topic,
                prompt=(Message(role="user", content=row.asked),),
                chosen=row.answer,
                rejected=members[place].answer,
                chosen_from=row.id,
                rejected_from=f"{NEIGHBOUR}:{members[place].id}",
            )


def _compared(row: _Said, topics: _Topics) -> Compared:
    """Rows whose questions name one disease, or that quote one statement, may each be right for the other."""
    named = {name for name in topics.named_in(row.asked) if name not in row.topic and row.topic not in name}
    diseases = (f"disease {name}" for name in (row.topic, *named))
    statements = (f"statement {text}" for text in row.statements)
    return Compared(row.topic, row.topic + row.asked + row.quotes, row.answer, frozenset((*diseases, *statements)))
