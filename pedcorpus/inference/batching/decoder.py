"""What the engine needs of a model: scores of the next token for several replies at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Decoder"]


class Decoder(Protocol):
    """Replies in work are rows, in the order in which they joined; where one leaves, the last takes its place.

    Axes: B rows, V the vocabulary.
    """

    rows: int
    """Most replies at once."""
    context: int
    """Most tokens of a prompt and its reply."""

    def read(self, ids: Sequence[int], *, start: int) -> None:
        """Reads a piece of the prompt that joins next and alone, its tokens from `start` on; rows go on meanwhile."""
        ...

    def join(self, prompts: Sequence[Sequence[int]], *, start: int = 0) -> None:
        """Adds a row for each prompt and reads all of it but its last token; on an error none of them has joined.

        So many tokens as `start` says were read before, of a single prompt.
        """
        ...

    def step(self, tokens: Sequence[int]) -> Tensor:
        """Reads each row's last token, of its prompt or its reply; scores of the next ones (B, V)."""
        ...

    def leave(self, row: int) -> None:
        """Forgets a row; the last one has its number from now on."""
        ...

    def clear(self) -> None:
        """Forgets all rows, after an error too."""
        ...
