"""One question to the server, for as long as it takes: back-off, cool-down, caps, and what the server honours.

Rate limits cost time, never the question. What ends the whole run is raised; what ends one question is a `Fault`.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass
from typing import Any

from pedcorpus.errors import EndpointError
from pedcorpus.llm.ask import Ask, Endpoint, Fault, FaultReason, Outcome
from pedcorpus.llm.budget import Budget, cost_of
from pedcorpus.llm.line import Line, LineCut, LineTimeout
from pedcorpus.llm.manners import Manners
from pedcorpus.llm.meter import Meter
from pedcorpus.llm.pace import Pace
from pedcorpus.llm.payload import Payload, Way, estimate_prompt, payload_of, repair_payload
from pedcorpus.llm.reading import Exchange, Repair
from pedcorpus.llm.responses import Response, meaning_of, wait_s
from pedcorpus.llm.unusable import check_usable, endpoint_error
from pedcorpus.llm.usage import usage_of

__all__ = ["Asking", "Patience", "Question"]

_SAFETY = 1.5  # of the prompt's estimate, when money is reserved for it


@dataclass(frozen=True)
class Patience:
    """How long troubles are borne."""

    first_wait_s: float = 0.5
    longest_wait_s: float = 30.0
    """Waits double up to this."""
    tries: int = 8
    """Of one question that finds the server broken while others get through."""
    first_tries: int = 4
    """Of a server that has not answered at all yet."""
    timeouts: int = 2
    """Of one question."""
    silence_s: float = 1800.0
    """Without any answer for so long, the run ends; the next one goes on from there."""


@dataclass(frozen=True)
class Question:
    """One request of one attempt."""

    ask: Ask
    key: str
    attempt: int = 0
    repair: Repair | None = None
    """Set for the second turn."""

    @property
    def turn(self) -> int:
        return 0 if self.repair is None else 1


class Asking:
    """Sends questions over one line; of one event loop."""

    path = "/chat/completions"

    def __init__(
        self, endpoint: Endpoint, line: Line, *, pace: Pace, budget: Budget, meter: Meter, patience: Patience
    ) -> None:
        self._endpoint, self._line, self._pace = endpoint, line, pace
        self._budget, self._meter, self._patience = budget, meter, patience
        self._manners = Manners()
        self._scout = asyncio.Lock()
        self._settled = asyncio.Event()
        self._last_answer_at = time.monotonic()
        self._answers = 0
        self._was_scouted = False
        self._end: EndpointError | None = None
        self.factor = 1.0
        """Correction of token estimates."""
        self.sending: set[asyncio.Task[Any]] = set()
        """Tasks whose request is in flight."""

    async def ask(self, question: Question) -> Exchange | Fault | None:
        """The answer; why there will be none; or none, for want of budget.

        Raises:
            EndpointError: no question can be answered: wrong key or model, no quota, silence.
        """
        if not self._was_scouted:
            async with self._scout:  # one goes first and finds out what the server honours
                if self._end is not None:
                    raise self._end
                if not self._was_scouted:
                    return await self._ask_first(question)
        return await self._ask(question)

    async def _ask_first(self, question: Question) -> Exchange | Fault | None:
        try:
            return await self._ask(question)
        except EndpointError as error:
            self._end = error
            raise
        finally:
            self._was_scouted = True

    def learn(self, question: Question, exchange: Exchange, verdict: Outcome | Repair) -> None:
        """See from what came of an answer whether the server honours how it was asked."""
        if question.ask.reply is not None and exchange.turn == 0:
            self._manners.learn(exchange.way, verdict)

    async def _ask(self, question: Question) -> Exchange | Fault | None:
        tries = _Tries(self)
        while True:
            way = self._manners.way
            payload = self._manners.fitted(self._payload(question, way))
            response = await self._send(question, payload)
            if response is None:
                return None
            if isinstance(response, Response):
                meaning = meaning_of(response)
                if meaning == "answer" or meaning == "too_long":
                    return self._exchange(question, response, way)
                if meaning in ("no_format", "no_max_tokens") and self._manners.adapt(meaning, way, payload):
                    continue
                check_usable(self._endpoint, response, has_answered=self._answers > 0)
                if meaning in ("refused", "invalid", "no_format", "no_max_tokens"):
                    return _fault(question, "refused" if meaning == "refused" else "server_error", response.error)
            fault = await tries.bear(question, response)
            if fault is not None:
                return fault

    def _payload(self, question: Question, way: Way) -> Payload:
        if question.repair is None:
            return payload_of(question.ask, self._endpoint.model, way=way)
        repair = question.repair
        return repair_payload(question.ask, self._endpoint.model, way=way, text=repair.text, errors=repair.errors)

    async def _send(self, question: Question, payload: Payload) -> Response | LineCut | LineTimeout | None:
        prompt = estimate_prompt(question.ask) * _SAFETY * max(1.0, self.factor)
        reserved = cost_of(self._endpoint, prompt, question.ask.max_tokens)
        if not await self._reserve(reserved):
            return None
        cost: float | None = None
        try:
            response = await self._pass(payload)
            if isinstance(response, Response) and response.status == 200:
                cost = self._count(response)
            return response
        finally:
            self._budget.settle(reserved, cost=cost)
            self._settled.set()
            self._settled.clear()

    async def _reserve(self, cost: float) -> bool:
        while (granted := self._budget.reserve(cost)) is None:
            try:  # the budget may be shared with another loop, which does not wake this one
                await asyncio.wait_for(self._settled.wait(), timeout=0.5)
            except TimeoutError:
                continue
        return granted

    async def _pass(self, payload: Payload) -> Response | LineCut | LineTimeout:
        entered_at = await self._pace.enter()
        task = asyncio.current_task()
        try:
            if task is not None:
                self.sending.add(task)
            self._meter.in_flight, self._meter.allowed = self._pace.inside, self._pace.allowed
            response = await self._line.post(self.path, payload)
        except LineCut as error:
            return error
        except LineTimeout as error:
            self._pace.too_much(entered_at)
            return error
        finally:
            if task is not None:
                self.sending.discard(task)
            self._pace.leave()
        self._regulate(response, entered_at)
        return response

    def _regulate(self, response: Response, entered_at: float) -> None:
        wait = wait_s(response.headers, now=time.time())
        if wait:
            self._pace.pause(wait)
        if response.status == 200:
            self._answers += 1
            self._last_answer_at = time.monotonic()
            self._pace.went_well()
        elif response.status == 429 or response.status >= 500:
            self._meter.waits += 1
            self._pace.too_much(entered_at)

    def _count(self, response: Response) -> float:
        prompt, completion = usage_of(response.body)
        cost = cost_of(self._endpoint, prompt, completion)
        self._meter.count_reply(prompt, completion, cost)
        return cost

    def _exchange(self, question: Question, response: Response, way: Way) -> Exchange:
        prompt, completion = usage_of(response.body) if response.status == 200 else (0, 0)
        estimated = estimate_prompt(question.ask)
        status, body = response.status, response.body
        return Exchange(question.key, question.attempt, question.turn, way, status, body, prompt, completion, estimated)


class _Tries:
    """The troubles of one question so far."""

    def __init__(self, asking: Asking) -> None:
        self._asking, self._patience = asking, asking._patience
        self._waits = self._failures = self._timeouts = 0
        self._answers_seen = asking._answers

    async def bear(self, question: Question, trouble: Response | LineCut | LineTimeout) -> Fault | None:
        """Wait a while, then none; or the fault that ends the question."""
        self._end_after_silence(trouble)
        fault = self._counted(question, trouble)
        if fault is None:
            longest = min(self._patience.longest_wait_s, self._patience.first_wait_s * 2.0**self._waits)
            self._waits = min(self._waits + 1, 30)
            await asyncio.sleep(longest * (0.5 + random.random() / 2))
        return fault

    def _counted(self, question: Question, trouble: Response | LineCut | LineTimeout) -> Fault | None:
        if isinstance(trouble, LineTimeout):
            self._timeouts += 1
            told = f"no answer within {self._asking._endpoint.timeout_s:g} s, {self._timeouts} times; raise timeout_s"
            return _fault(question, "timed_out", told) if self._timeouts >= self._patience.timeouts else None
        if isinstance(trouble, Response) and meaning_of(trouble) == "busy":
            return None
        others_get_through = self._asking._answers > self._answers_seen
        self._answers_seen = self._asking._answers
        self._failures += others_get_through
        if self._failures < self._patience.tries:
            return None
        if isinstance(trouble, LineCut):
            return _fault(question, "unreachable", f"the connection broke {self._failures} times: {trouble}")
        return _fault(question, "server_error", f"status {trouble.status}, {self._failures} times: {trouble.error}")

    def _end_after_silence(self, trouble: Response | LineCut | LineTimeout) -> None:
        endpoint, patience = self._asking._endpoint, self._patience
        told = f"status {trouble.status}: {trouble.error}" if isinstance(trouble, Response) else str(trouble)
        if isinstance(trouble, LineCut) and not self._asking._answers and self._waits + 1 >= patience.first_tries:
            raise endpoint_error(endpoint, f"nothing answers there; start the server or correct base_url ({told})")
        if time.monotonic() - self._asking._last_answer_at > patience.silence_s:
            silence = f"has answered nothing for {patience.silence_s:g} s"
            raise endpoint_error(endpoint, f"{silence} ({told or 'time-outs'}); run the same command again later")


def _fault(question: Question, reason: FaultReason, detail: str) -> Fault:
    return Fault(question.key, reason, detail)
