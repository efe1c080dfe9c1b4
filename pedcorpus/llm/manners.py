"""What a server turns out to honour of the ways to ask for JSON; learnt once a run, not tried for each question."""

from __future__ import annotations

from pedcorpus.llm.ask import Outcome, Reply
from pedcorpus.llm.payload import WAYS, Payload, Way
from pedcorpus.llm.reading import Repair

__all__ = ["Manners"]


class Manners:
    """The best way that has not failed yet."""

    def __init__(self, way: Way = "schema") -> None:
        self.way: Way = way
        self._is_honoured = False
        self._limit_field = "max_tokens"

    def fitted(self, payload: Payload) -> Payload:
        """The payload with its token limit under the name that this server knows."""
        if self._limit_field != "max_tokens":
            payload[self._limit_field] = payload.pop("max_tokens")
        return payload

    def adapt(self, complaint: str, way: Way, payload: Payload) -> bool:
        """After a refused request that was asked in `way`: is there another way to ask it?"""
        if complaint == "no_max_tokens":
            self._limit_field = "max_completion_tokens"
            return "max_tokens" in payload
        if "response_format" not in payload:
            return False
        self._give_up(way)
        return True

    def learn(self, way: Way, verdict: Outcome | Repair) -> None:
        """After a first reply: a schema that was ignored is sent in the prompt from now on."""
        if way != self.way or way != "schema":
            return
        if isinstance(verdict, Reply) and "extracted" not in verdict.steps:
            self._is_honoured = True
        elif not self._is_honoured and isinstance(verdict, Reply | Repair):
            self._give_up(way)

    def _give_up(self, way: Way) -> None:
        if way == self.way:
            self.way = WAYS[WAYS.index(way) + 1]
