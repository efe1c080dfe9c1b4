"""What a run has asked, got and spent so far: numbers for the progress line and the report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pedcorpus.llm.ask import Ask, Fault, Outcome

__all__ = ["Meter"]


@dataclass
class Meter:
    """Counts of one run; read at any time."""

    requests: int = 0
    """Requests that were answered, repairs included."""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float = 0.0
    outcomes: int = 0
    """Questions settled, whichever way."""
    cached: int = 0
    """Of these, settled by replies that had been paid for before."""
    faults: Counter[str] = field(default_factory=Counter)
    """Of these, without a usable reply, by reason."""
    by_tag: Counter[str] = field(default_factory=Counter)
    """Of these, by what they were for."""
    steps: Counter[str] = field(default_factory=Counter)
    waits: int = 0
    """Responses that said: too much at once."""
    in_flight: int = 0
    allowed: int = 0
    """Requests in flight that the server copes with, as found out so far."""

    def count_reply(self, prompt_tokens: int, completion_tokens: int, cost: float) -> None:
        """One request was answered."""
        self.requests += 1
        self.prompt_tokens += prompt_tokens
        self.completion_tokens += completion_tokens
        self.cost += cost

    def count_outcome(self, ask: Ask, outcome: Outcome) -> None:
        """One question is settled."""
        self.outcomes += 1
        self.cached += outcome.is_cached
        self.by_tag[ask.tag] += 1
        self.steps.update(outcome.steps)
        if isinstance(outcome, Fault):
            self.faults[outcome.reason] += 1
