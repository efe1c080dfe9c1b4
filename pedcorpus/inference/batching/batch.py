"""Replies in work, step by step: prompts are read, each row gets its next token, a row that ended makes room.

The model is the decoder's, the choice of tokens the chooser's. Who waits, what becomes of the tokens and when a reply
has ended is the affair of whoever steps: the engine, or `replies_as_they_end`. Torch is not needed to import this.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from pedcorpus.inference.batching.decoder import Decoder
from pedcorpus.inference.generation import Generation

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["JOINT_TOKENS", "Batch", "Chooses", "Row"]

JOINT_TOKENS = 2048
"""Most tokens of prompts, padding included, that one pass reads: it bounds the memory that a pass takes."""


class Chooses(Protocol):
    """Picks tokens from scores; `choosing.Chooser` is one."""

    def join(self, generations: Sequence[Generation]) -> None: ...
    def next(self, scores_BV: Tensor) -> list[int | None]: ...
    def leave(self, row: int) -> None: ...
    def clear(self) -> None: ...


@dataclass(eq=False)
class Row:
    """One reply, as far as it is made."""

    prompt: Sequence[int]
    """Token ids, at least one."""
    generation: Generation
    most: int
    """Tokens that it may have."""
    tokens: int = field(default=0, init=False)
    """Made so far."""
    read: int = field(default=0, init=False)
    """Tokens of its prompt that were read before it joins."""
    last: int = field(init=False)
    """The token to be read next."""

    def __post_init__(self) -> None:
        """Nothing is made yet: the prompt's last token is next."""
        self.last = self.prompt[-1]

    @property
    def unread(self) -> int:
        """Tokens of its prompt that are to be read when it joins."""
        return len(self.prompt) - 1 - self.read


R = TypeVar("R", bound=Row)


class Batch(Generic[R]):
    """The rows in work. Not for several threads."""

    def __init__(self, decoder: Decoder, chooser: Chooses) -> None:
        self._decoder, self._chooser = decoder, chooser
        self.rows: list[R] = []
        """In the order in which decoder and chooser have them."""

    @property
    def free(self) -> int:
        """Rows that may join."""
        return self._decoder.rows - len(self.rows)

    def take(self, waiting: deque[R], *, tokens: int) -> list[R]:
        """Takes from those who wait the next ones that can join in one pass of so many tokens, padding included.

        None where there is no room, or where the first one's prompt is longer: `read` of it.
        """
        taken: list[R] = []
        longest = 0
        while waiting and len(taken) < self.free:
            longest = max(longest, waiting[0].unread)
            if longest * (len(taken) + 1) > tokens or (taken and taken[0].read):
                break
            taken.append(waiting.popleft())
        return taken

    def read(self, row: R, *, tokens: int) -> None:
        """Reads the next tokens of the prompt of the row that joins next."""
        self._decoder.read(row.prompt[row.read : row.read + tokens], start=row.read)
        row.read += tokens

    def join(self, newcomers: Sequence[R]) -> None:
        """Adds rows; on an error none of them."""
        self._decoder.join([row.prompt for row in newcomers], start=newcomers[0].read)
        self._chooser.join([row.generation for row in newcomers])
        self.rows += newcomers

    def step(self) -> list[tuple[R, int | None]]:
        """The next token of each row. None for scores that are no numbers: such a row has to leave."""
        tokens = self._chooser.next(self._decoder.step([row.last for row in self.rows]))
        for row, token in zip(self.rows, tokens, strict=True):
            if token is not None:
                row.last, row.tokens = token, row.tokens + 1
        return list(zip(self.rows, tokens, strict=True))

    def leave(self, row: R) -> None:
        """Makes room; the last row takes the place of this one."""
        place = self.rows.index(row)
        self._decoder.leave(place)
        self._chooser.leave(place)
        self.rows[place] = self.rows[-1]
        self.rows.pop()

    def clear(self) -> list[R]:
        """Makes all rows leave, after an error too, and gives their memory up; says which they were."""
        rows, self.rows = self.rows, []
        self._decoder.clear()
        self._chooser.clear()
        return rows
