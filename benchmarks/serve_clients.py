"""32 clients of one server: what they get through together beside one at a time, and that each hears its own reply."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import aiohttp
import numpy as np

from benchmarks.figures import Figure
from benchmarks.serve_models import PROMPTS, tiny
from pedcorpus.inference import Assistant, Generation

__all__ = ["clients"]

_TOKENS = 64
_TARGET = 3.0
_ROUNDS = 3


@dataclass(frozen=True)
class _Heard:
    prompt: str
    text: str
    tokens: int
    first_s: float
    """From the request to the first text."""


def clients() -> Iterator[Figure]:
    """Rounds of all prompts, one after the other and all at once; the best of each counts."""
    with _server() as url:
        alone, together = asyncio.run(_measured(url))
    expected = _expected()
    heard = [each for _, replies in (*alone, *together) for each in replies]
    wrong = sum(each.text != expected[each.prompt] for each in heard)
    whole, best = min(together, key=lambda each: each[0])
    p99 = float(np.percentile([each.first_s for each in best], 99))
    yield Figure("32 clients beside one at a time", _speed(together), _speed(alone), _TARGET, unit="tokens/s")
    yield Figure("first text for 32 clients, p99, beside all they hear", p99, whole, 0.5, at_least=False, unit="s")
    yield Figure("replies that are not the client's own", wrong, len(heard), 0, at_least=False, by_value=True)
    yield Figure("different replies", len(set(expected.values())), len(PROMPTS), 0.9, unit="replies")


def _speed(rounds: list[tuple[float, list[_Heard]]]) -> float:
    return max(sum(each.tokens for each in replies) / seconds for seconds, replies in rounds)


async def _measured(url: str) -> tuple[list[tuple[float, list[_Heard]]], list[tuple[float, list[_Heard]]]]:
    alone, together = [], []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(_ask(session, url, prompt) for prompt in PROMPTS))  # warms up
        for _ in range(_ROUNDS):
            begin = time.perf_counter()
            one_by_one = [await _ask(session, url, prompt) for prompt in PROMPTS]
            alone.append((time.perf_counter() - begin, one_by_one))
            begin = time.perf_counter()
            at_once = await asyncio.gather(*(_ask(session, url, prompt) for prompt in PROMPTS))
            together.append((time.perf_counter() - begin, list(at_once)))
    return alone, together


async def _ask(session: aiohttp.ClientSession, url: str, prompt: str) -> _Heard:
    body = {
        "model": "tiny",
        "messages": [{"role": "user", "content": prompt}],
        "max_tokens": _TOKENS,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    begin, first_s, texts, tokens = time.perf_counter(), 0.0, [], 0
    async with session.post(f"{url}v1/chat/completions", json=body) as response:
        response.raise_for_status()
        async for line in response.content:
            if not line.startswith(b"data: {"):
                continue
            chunk = json.loads(line[6:])
            tokens = chunk["usage"]["completion_tokens"] if "usage" in chunk else tokens
            piece = chunk["choices"][0]["delta"].get("content") if chunk["choices"] else None
            if piece:
                first_s = first_s or time.perf_counter() - begin
                texts.append(piece)
    return _Heard(prompt, "".join(texts), tokens, first_s)


def _expected() -> dict[str, str]:
    """What transformers' `generate` says to each prompt, alone."""
    model, tokenizer = tiny()
    assistant = Assistant(model, tokenizer)
    settings = Generation(max_new_tokens=_TOKENS)
    return {
        prompt: "".join(assistant.stream([{"role": "user", "content": prompt}], generation=settings))
        for prompt in PROMPTS
    }


@contextmanager
def _server() -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.serve_server", str(len(PROMPTS))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None:
            raise RuntimeError("the server has no output")
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
