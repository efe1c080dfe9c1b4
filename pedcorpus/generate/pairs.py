"""Preference pairs by rule: an accepted answer, against what would be right for a neighbouring disease.

The rejected answer is true of its own disease and stays verbatim; it is wrong for the one that is asked about,
and is labelled with the instruction that it was taken from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.normalise import fold
from pedcorpus.records import Basis, Instruction, Message, Preference

__all__ = ["NEIGHBOUR", "preference_pairs"]

NEIGHBOUR = "rule.neighbour@1"
"""What `rejected_from` opens with, before the id of the instruction whose answer it is."""

_MOST_COMPARED = 60
_SHORTEST_STATEMENT = 12  # characters; shorter ones are names, which neighbours share
_TOO_ALIKE = 0.7  # Jaccard index of two answers' character pairs above which one is as right as the other
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
    body = row.body()
    return str(body["task"]), str(body.get("aspect", "")), row.language


def _bigrams(text: str) -> frozenset[str]:
    folded = fold(text)
    return frozenset(folded[index : index + 2] for index in range(len(folded) - 1))


def _alike(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / (len(first | second) or 1)


class _Topics:
    """All topics, to find those that a text names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_opening: dict[str, set[str]] = defaultdict(set)
        for name in names:
            self._by_opening[name[:2]].add(name)

    def named_in(self, text: str) -> frozenset[str]:
        found = set()
        for start in range(len(text) - 1):
            found |= {
                name for name in self._by_opening.get(text[start : start + 2], ()) if text.startswith(name, start)
            }
        return frozenset(found)


@dataclass(frozen=True)
class _Features:
    """What rows are compared by."""

    topic: str
    whole: frozenset[str]
    answer: frozenset[str]
    statements: frozenset[str]
    others: frozenset[str]
    """Diseases that the question names besides its topic."""


def _features(row: Instruction, topics: _Topics) -> _Features:
    asked, answer = row.user_text(), row.answer_text()
    return _Features(
        topic=row.topic,
        whole=_bigrams(row.topic + asked + "".join(item.quote for item in row.evidence)),
        answer=_bigrams(answer),
        statements=frozenset(
            fold(claim.text)
            for claim in row.claims()
            if claim.basis is Basis.QUOTED and len(claim.text) >= _SHORTEST_STATEMENT
        ),
        others=frozenset(name for name in topics.named_in(asked) if name not in row.topic and row.topic not in name),
    )


def _pairs(members: Sequence[Instruction], topics: _Topics) -> Iterator[Preference]:
    features = {row.id: _features(row, topics) for row in members}
    holders: dict[str, list[Instruction]] = defaultdict(list)
    for row in members:
        for pair in features[row.id].whole:
            holders[pair].append(row)
    for row in members:
        neighbour = _nearest(row, features, holders)
        if neighbour is not None:
            yield Preference(
                task=_kind(row)[0],
                topic=row.topic,
                prompt=(Message(role="user", content=row.user_text()),),
                chosen=row.answer_text(),
                rejected=neighbour.answer_text(),
                chosen_from=row.id,
                rejected_from=f"{NEIGHBOUR}:{neighbour.id}",
            )


def _nearest(
    row: Instruction,
    features: dict[str, _Features],
    holders: dict[str, list[Instruction]],
) -> Instruction | None:
    """The most alike row of another topic, looked for among those that share the rarest character pairs."""
    own = features[row.id]
    candidates: dict[str, Instruction] = {}
    for pair in sorted(own.whole, key=lambda pair: (len(holders[pair]), pair)):
        for other in holders[pair][:_MOST_COMPARED]:
            if other.topic != row.topic and _is_wrong_for(own, features[other.id]):
                candidates[other.id] = other
        if len(candidates) >= _MOST_COMPARED:
            break
    if not candidates:
        return None
    return min(candidates.values(), key=lambda other: (-_alike(own.whole, features[other.id].whole), other.id))


def _is_wrong_for(own: _Features, other: _Features) -> bool:
    """Would the other's answer be no answer here?"""
    if own.answer == other.answer or own.statements & other.statements:
        return False
    if own.others & (other.others | {other.topic}) or own.topic in other.others:
        return False
    return _alike(own.answer, other.answer) < _TOO_ALIKE
