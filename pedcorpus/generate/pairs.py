"""Preference pairs by rule: an accepted answer, against what would be right for a neighbouring disease.

The rejected answer is true of its own disease and stays verbatim; it is wrong for the one that is asked about,
and is labelled with the instruction that it was taken from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pedcorpus.normalise import fold
from pedcorpus.records import Instruction, Message, Preference

__all__ = ["NEIGHBOUR", "preference_pairs"]

NEIGHBOUR = "rule.neighbour@1"
"""What `rejected_from` opens with, before the id of the instruction whose answer it is."""

_MOST_COMPARED = 200
_Kind = tuple[str, str, str]


def preference_pairs(rows: Iterable[Instruction]) -> Iterator[Preference]:
    """One pair for each row that has a neighbour: same task, aspect and language, another topic, another answer.

    The nearest is the one most alike in topic and evidence (shared character pairs). The order of `rows` does
    not matter; pairs come in the order of their rows' ids.
    """
    groups: dict[_Kind, list[Instruction]] = defaultdict(list)
    for row in sorted({row.id: row for row in rows}.values(), key=lambda row: row.id):
        groups[_kind(row)].append(row)
    pairs = [pair for members in groups.values() for pair in _pairs(members)]
    yield from sorted(pairs, key=lambda pair: pair.chosen_from)


def _kind(row: Instruction) -> _Kind:
    body = row.body()
    return str(body["task"]), str(body.get("aspect", "")), row.language


def _bigrams(row: Instruction) -> frozenset[str]:
    text = fold(row.topic + row.user_text() + "".join(item.quote for item in row.evidence))
    return frozenset(text[index : index + 2] for index in range(len(text) - 1))


def _pairs(members: Sequence[Instruction]) -> Iterator[Preference]:
    features = {row.id: _bigrams(row) for row in members}
    holders: dict[str, list[Instruction]] = defaultdict(list)
    for row in members:
        for pair in features[row.id]:
            holders[pair].append(row)
    for row in members:
        neighbour = _nearest(row, members, features, holders)
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
    members: Sequence[Instruction],
    features: dict[str, frozenset[str]],
    holders: dict[str, list[Instruction]],
) -> Instruction | None:
    """The most alike row of another topic, looked for among those that share the rarest character pairs."""
    own, answer = features[row.id], fold(row.answer_text())
    candidates: dict[str, Instruction] = {}
    for pair in sorted(own, key=lambda pair: (len(holders[pair]), pair)):
        candidates.update((other.id, other) for other in holders[pair][:_MOST_COMPARED] if other.topic != row.topic)
        if len(candidates) >= _MOST_COMPARED:
            break
    if not candidates:
        candidates = {other.id: other for other in members[:_MOST_COMPARED] if other.topic != row.topic}
    best, best_key = None, (0.0, "")
    for other in candidates.values():
        alike = len(own & features[other.id]) / len(own | features[other.id])
        key = (-alike, other.id)
        if (best is None or key < best_key) and fold(other.answer_text()) != answer:
            best, best_key = other, key
    return best
