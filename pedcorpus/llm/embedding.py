"""Vectors from a server that speaks OpenAI's embeddings: under the same pace, patience, prices and key as questions.

Keeping them is `vectors`. A text that is too long for the server is cut, halved until it is taken, as models that run
here cut it themselves; a text that is refused is left out.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from pedcorpus.errors import UsageError
from pedcorpus.llm.ask import Ask, Endpoint
from pedcorpus.llm.asking import Asking, Patience, Question
from pedcorpus.llm.budget import Budget
from pedcorpus.llm.line import Line
from pedcorpus.llm.meter import Meter
from pedcorpus.llm.pace import Pace
from pedcorpus.llm.payload import Payload, Way
from pedcorpus.llm.reading import Exchange
from pedcorpus.llm.unusable import endpoint_error
from pedcorpus.llm.vectors import Vector
from pedcorpus.records import Message

__all__ = ["EndpointEmbedder"]

_BEAT_S = 15.0  # so often, at least, whoever keeps the vectors hears from here
_SHORTEST = 64  # characters; a server that does not take so many takes nothing


class _Embedding(Asking):
    """Questions whose messages are the texts."""

    path = "/embeddings"

    def _payload(self, question: Question, way: Way) -> Payload:
        del way  # there is but one
        texts = [message.content for message in question.ask.messages]
        return {"model": self._endpoint.model, "input": texts, "encoding_format": "float"}


class EndpointEmbedder:
    """An open line to the server; a context manager."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        texts_per_request: int = 32,
        budget: Budget | None = None,
        meter: Meter | None = None,
        patience: Patience | None = None,
    ) -> None:
        """Nothing is sent before the first text.

        Raises:
            UsageError: the cost is capped, but the endpoint has no price.
        """
        self.budget = budget or Budget()
        if self.budget.max_cost is not None and not endpoint.input_price:
            raise UsageError("a cap on cost needs a price; set curate.embeddings.input_price, or leave max_cost at 0")
        self.name = endpoint.model
        self.meter = meter or Meter()
        self._endpoint, self._size = endpoint, texts_per_request
        self._patience = patience or Patience()
        self._runner = asyncio.Runner()
        self._line: Line
        self._asking: _Embedding

    def __enter__(self) -> Self:
        self._runner.__enter__()
        try:
            self._runner.run(self._open())
        except BaseException:
            self._runner.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._runner.run(self._line.__aexit__(None, None, None))
        finally:
            self._runner.close()

    def embed(self, texts: Mapping[str, str]) -> Iterator[Mapping[str, Vector]]:
        """Vectors by the keys of `texts`, in the order in which the server answers.

        Raises:
            EndpointError: the server cannot be used, or gives no vectors.
        """
        keys = list(texts)
        batches = [keys[start : start + self._size] for start in range(0, len(keys), self._size)]
        pending = self._runner.run(self._start([{key: texts[key] for key in batch} for batch in batches]))
        try:
            while pending:
                done, pending = self._runner.run(_some(pending))
                well = [task for task in done if task.exception() is None]
                yield {key: vector for task in well for key, vector in task.result().items()}
                for task in done:
                    task.result()  # what went well is kept before the run ends
        finally:
            self._runner.run(_give_up(pending))

    async def _open(self) -> None:
        self._line = await Line(self._endpoint).__aenter__()
        pace = Pace(self._endpoint.concurrency)
        self._asking = _Embedding(
            self._endpoint, self._line, pace=pace, budget=self.budget, meter=self.meter, patience=self._patience
        )

    async def _start(self, batches: Sequence[Mapping[str, str]]) -> set[asyncio.Task[Mapping[str, Vector]]]:
        return {asyncio.create_task(self._vectors(batch)) for batch in batches}

    async def _vectors(self, texts: Mapping[str, str]) -> Mapping[str, Vector]:
        exchange = await self._asking.ask(_question(list(texts.values())))
        if isinstance(exchange, Exchange) and exchange.status == 200:
            return dict(zip(texts, self._read(exchange.raw, len(texts)), strict=True))
        if exchange is None:  # for want of budget
            return {}
        if len(texts) > 1:  # one of them is at fault; the others must not suffer for it
            alone = [await self._vectors({key: text}) for key, text in texts.items()]
            return {key: vector for each in alone for key, vector in each.items()}
        ((key, text),) = texts.items()
        if isinstance(exchange, Exchange) and len(text) > _SHORTEST:
            return await self._vectors({key: text[: len(text) // 2]})
        return {}

    def _read(self, body: str, count: int) -> list[Vector]:
        try:
            rows = sorted(json.loads(body)["data"], key=lambda row: int(row["index"]))
            vectors: list[Vector] = [[float(value) for value in row["embedding"]] for row in rows]
        except (ValueError, LookupError, TypeError) as error:
            raise endpoint_error(self._endpoint, f"gives no embeddings ({type(error).__name__}: {error})") from error
        if len(vectors) != count or len({len(vector) for vector in vectors}) != 1 or not vectors[0]:
            raise endpoint_error(self._endpoint, f"gives {len(vectors)} embeddings for {count} texts; try another")
        return vectors


def _question(texts: Sequence[str]) -> Question:
    messages = tuple(Message(role="user", content=text) for text in texts)
    return Question(Ask(messages, max_tokens=0, tag="embedding"), key="")


async def _some(pending: set[asyncio.Task[Any]]) -> tuple[set[asyncio.Task[Any]], set[asyncio.Task[Any]]]:
    return await asyncio.wait(pending, timeout=_BEAT_S, return_when=asyncio.FIRST_COMPLETED)


async def _give_up(pending: set[asyncio.Task[Any]]) -> None:
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
