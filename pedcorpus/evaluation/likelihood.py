"""How likely a model holds a text that somebody else wrote; working it out is left to `inference`."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Likelihood"]


@dataclass(frozen=True)
class Likelihood:
    """Of one answer, given the conversation before it."""

    log: float
    """Natural logarithm: the sum over its tokens, each given all before it."""
    tokens: int

    @property
    def per_token(self) -> float:
        """Mean logarithm of a token; an answer without one is as unlikely as can be."""
        return self.log / self.tokens if self.tokens else float("-inf")
