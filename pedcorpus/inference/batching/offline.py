"""Many prompts answered with nobody waiting: a reply that ended gives its place to the next prompt."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pedcorpus.inference.batching.batch import JOINT_TOKENS, Batch, Row
from pedcorpus.inference.batching.choosing import Chooser
from pedcorpus.inference.batching.decoder import Decoder
from pedcorpus.inference.generation import Generation

__all__ = ["replies_as_they_end"]


@dataclass(eq=False)
class _Asked(Row):
    place: int
    ids: list[int] = field(default_factory=list, init=False)
    """Of the reply so far."""


def replies_as_they_end(
    decoder: Decoder, prompts: Sequence[Sequence[int]], generation: Generation, *, ends: frozenset[int]
) -> Iterator[dict[int, list[int]]]:
    """Replies' token ids by the place of their prompt, without the one that ended it; those that ended in the same step
    come together.

    The longest prompts come first, so that what does not fit into memory fails at once. A prompt on which the model's
    scores are no numbers has no reply.
    """
    order = sorted(range(len(prompts)), key=lambda place: (-len(prompts[place]), place))
    waiting = deque(_asked(prompts[place], place, generation, decoder.context) for place in order)
    batch: Batch[_Asked] = Batch(decoder, Chooser())
    while waiting or batch.rows:
        _fill(batch, waiting)
        if ended := dict(_stepped(batch, ends)):
            yield ended


def _asked(prompt: Sequence[int], place: int, generation: Generation, context: int) -> _Asked:
    return _Asked(prompt, generation, min(generation.max_new_tokens, context - len(prompt)), place)


def _fill(batch: Batch[_Asked], waiting: deque[_Asked]) -> None:
    while waiting and batch.free:
        if newcomers := batch.take(waiting, tokens=JOINT_TOKENS):
            batch.join(newcomers)
        else:
            batch.read(waiting[0], tokens=JOINT_TOKENS)


def _stepped(batch: Batch[_Asked], ends: frozenset[int]) -> Iterator[tuple[int, list[int]]]:
    """Makes a step; the replies that ended with it."""
    for row, token in batch.step():
        if token is None:
            batch.leave(row)
            continue
        if token not in ends:
            row.ids.append(token)
        if token in ends or row.tokens >= row.most:
            batch.leave(row)
            yield row.place, row.ids
