"""Finds out whether an endpoint answers, what it honours and how fast it is, with a handful of small requests."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from statistics import median
from typing import Literal

from pydantic import BaseModel

from pedcorpus.llm.ask import Ask, Endpoint, Reply
from pedcorpus.llm.line import Line, LineCut, LineTimeout
from pedcorpus.llm.payload import Way, payload_of
from pedcorpus.llm.reading import Exchange, read_exchanges
from pedcorpus.llm.responses import Response, meaning_of
from pedcorpus.llm.unusable import check_usable, endpoint_error
from pedcorpus.records import Message

__all__ = ["EndpointReport", "check_endpoint"]

_SAMPLES = 3
_TOKENS = 32
_PROSE = "Count from one to twenty in words."


class _Probe(BaseModel):
    """A reply that no model gives unless it is held to it."""

    colour: Literal["teal-7", "ochre-3"]


@dataclass(frozen=True)
class EndpointReport:
    """What an endpoint turned out to do."""

    base_url: str
    model: str
    models: tuple[str, ...]
    """Models that it lists; empty where it lists none."""
    is_listed: bool
    """Is the model among them?"""
    honours_schema: bool
    honours_json_mode: bool
    latency_s: float
    """Median of a few whole replies of at most 32 tokens."""
    tokens_per_s: float
    """Median of the same; 0 where the server counts none."""


def check_endpoint(endpoint: Endpoint) -> EndpointReport:
    """Ask the endpoint a few things that cost next to nothing.

    Raises:
        EndpointError: it does not answer, or does not accept the key or the model.
    """
    return asyncio.run(_check(endpoint))


async def _check(endpoint: Endpoint) -> EndpointReport:
    async with Line(endpoint) as line:
        timed = [await _timed(line, endpoint) for _ in range(_SAMPLES)]
        models = await _models(line)
        return EndpointReport(
            base_url=endpoint.base_url,
            model=endpoint.model,
            models=models,
            is_listed=endpoint.model in models,
            honours_schema=await _honours(line, endpoint, "schema"),
            honours_json_mode=await _honours(line, endpoint, "json_mode"),
            latency_s=median(seconds for seconds, _ in timed),
            tokens_per_s=median(tokens / seconds for seconds, tokens in timed),
        )


async def _timed(line: Line, endpoint: Endpoint) -> tuple[float, int]:
    """Seconds and completion tokens of one reply in prose."""
    ask = Ask((Message(role="user", content=_PROSE),), max_tokens=_TOKENS, temperature=0.0)
    started = time.perf_counter()
    response = await _sent(line, endpoint, ask, "plain")
    seconds = time.perf_counter() - started
    if meaning_of(response) != "answer":
        raise endpoint_error(endpoint, f"does not answer (status {response.status}): {response.error}")
    try:
        return seconds, int(json.loads(response.body)["usage"]["completion_tokens"])
    except (ValueError, LookupError, TypeError):
        return seconds, 0


async def _honours(line: Line, endpoint: Endpoint, way: Way) -> bool:
    ask = Ask((Message(role="user", content="Greet me in one word."),), _Probe, max_tokens=_TOKENS, temperature=0.0)
    response = await _sent(line, endpoint, ask, way)
    if response.status != 200:
        return False
    verdict = read_exchanges(ask, [Exchange("", 0, 1, way, 200, response.body)])
    return isinstance(verdict, Reply) and "extracted" not in verdict.steps


async def _sent(line: Line, endpoint: Endpoint, ask: Ask, way: Way) -> Response:
    payload = payload_of(ask, endpoint.model, way=way)
    try:
        response = await line.post("/chat/completions", payload)
        if meaning_of(response) == "no_max_tokens":
            payload["max_completion_tokens"] = payload.pop("max_tokens")
            response = await line.post("/chat/completions", payload)
    except LineCut as error:
        told = f"nothing answers there; start the server or correct base_url ({error})"
        raise endpoint_error(endpoint, told) from None
    except LineTimeout:
        raise endpoint_error(endpoint, f"no answer within {endpoint.timeout_s:g} s; raise timeout_s") from None
    check_usable(endpoint, response, has_answered="response_format" in payload)
    return response


async def _models(line: Line) -> tuple[str, ...]:
    try:
        response = await line.get("/models")
        return tuple(sorted(str(model["id"]) for model in json.loads(response.body)["data"]))
    except (LineCut, LineTimeout, ValueError, LookupError, TypeError):
        return ()
