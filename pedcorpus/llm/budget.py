"""What a run may cost at most: what is in flight counts at its highest estimate, so that the cap is not overshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pedcorpus.llm.ask import Endpoint

__all__ = ["Budget", "cost_of"]


def cost_of(endpoint: Endpoint, prompt_tokens: float, completion_tokens: float) -> float:
    """Price of so many tokens, in the currency of the endpoint's prices."""
    return (prompt_tokens * endpoint.input_price + completion_tokens * endpoint.output_price) / 1_000_000


@dataclass
class Budget:
    """Caps of one run, and how much of them is used up."""

    max_cost: float | None = None
    max_requests: int | None = None
    spent: float = 0.0
    requests: int = 0
    """Answered requests."""
    reserved: float = 0.0
    in_flight: int = 0
    reached: Literal["max_cost", "max_requests"] | None = None
    """The cap that ended the run."""

    def reserve(self, cost: float) -> bool | None:
        """Take one request of at most `cost`: yes; no, not ever; or none, not while others are in flight."""
        if self.reached:
            return False
        short: Literal["max_cost", "max_requests"] | None = None
        if self.max_cost is not None and self.spent + self.reserved + cost > self.max_cost:
            short = "max_cost"
        if self.max_requests is not None and self.requests + self.in_flight >= self.max_requests:
            short = "max_requests"
        if short and self.in_flight:
            return None  # those in flight may come cheaper than reserved, or fail
        self.reached = short
        if short:
            return False
        self.reserved += cost
        self.in_flight += 1
        return True

    def settle(self, reserved: float, *, cost: float | None) -> None:
        """A request is back, and cost so much; none if it was not answered."""
        self.reserved -= reserved
        self.in_flight -= 1
        if not self.in_flight:
            self.reserved = 0.0  # no dust of rounding
        if cost is not None:
            self.spent += cost
            self.requests += 1
