"""A reply put together: what comes before the model's words, the words, what stands beside them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from pedcorpus.inference.batching import Ending, Piece
from pedcorpus.inference.prompt import Message
from pedcorpus.inference.serve.listening import ClientLeft, pieces_of
from pedcorpus.inference.serve.refusal import Refused, error_body
from pedcorpus.inference.serve.service import Answering
from pedcorpus.inference.serve.told import DONE, ChatShape, TextShape, event, finish_reason, ours, usage

__all__ = ["Answer", "EventStream", "whole_response"]

GAP = "\n\n"
"""Between the text that comes first and the model's words."""
WRITE_S = 60.0
"""Seconds that a client may take no bytes before it counts as gone."""


@dataclass(frozen=True)
class Answer:
    """What one response tells."""

    shape: ChatShape | TextShape
    answering: Answering | None
    """The model's reply; none where it cannot answer and `emergency` is all there is."""
    emergency: str | None = None
    """Told first."""
    trouble: str | None = None
    """Why the model does not answer."""
    tells_usage: bool = False
    messages: Sequence[Message] = ()
    sources: Any = None  # hooks.Sources, or none

    async def beside(self, text: str) -> Sequence[Mapping[str, Any]] | None:
        """The sources of a finished reply."""
        if self.sources is None or not text.strip():
            return None
        found: Sequence[Mapping[str, Any]] = await asyncio.to_thread(self.sources, self.messages, text)
        return found

    def used(self, tokens: int) -> dict[str, Any]:
        """The count of tokens."""
        return usage(self.answering.prompt_tokens if self.answering else 0, tokens)

    async def pieces(self, receive: Receive) -> AsyncGenerator[Piece, None]:
        """The model's pieces; one empty piece that ends at once where it does not answer."""
        if self.answering is None:
            yield Piece("", 0, Ending.STOP)
            return
        async with aclosing(pieces_of(self.answering, receive)) as pieces:
            async for piece in pieces:
                yield piece


async def whole_response(answer: Answer, receive: Receive) -> Response:
    """The reply in one response.

    Raises:
        Refused: the model could not answer, and there is nothing else to tell.
        ClientLeft: the client has hung up.
    """
    texts, last = [], Piece("", 0, Ending.STOP)
    async with aclosing(answer.pieces(receive)) as pieces:
        async for last in pieces:
            texts.append(last.text)
    text, ending = "".join(texts), last.ending or Ending.STOP
    if ending is Ending.FAILED and not answer.emergency:
        raise Refused(500, f"the model could not answer: {last.error}", code="model_error")
    extra = ours(
        emergency=answer.emergency, sources=await answer.beside(text), trouble=answer.trouble or _trouble(ending)
    )
    told = GAP.join(part for part in (answer.emergency, text) if part)
    body = answer.shape.whole(told, reason=finish_reason(ending), used=answer.used(last.tokens), extra=extra)
    return JSONResponse(body)


class EventStream(Response):
    """The reply as server-sent events, each piece as it comes."""

    media_type = "text/event-stream"

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._answer = answer
        del self.headers["content-length"]
        self.headers["cache-control"] = "no-store"
        self.headers["x-accel-buffering"] = "no"  # proxies are not to gather pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI's
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        try:
            async with aclosing(self._events(receive)) as events:
                async for each in events:
                    async with asyncio.timeout(WRITE_S):
                        await send({"type": "http.response.body", "body": each, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except (ClientLeft, TimeoutError, OSError):
            return

    async def _events(self, receive: Receive) -> AsyncGenerator[bytes, None]:
        answer, shape = self._answer, self._answer.shape
        yield event(shape.first(ours(emergency=answer.emergency, trouble=answer.trouble)))
        if answer.emergency:
            yield event(shape.piece(answer.emergency + (GAP if answer.answering else "")))
        head, tail = _around(shape.piece("\0"))
        texts, last = [], Piece("", 0, Ending.STOP)
        async with aclosing(answer.pieces(receive)) as pieces:
            async for last in pieces:
                if last.text:
                    texts.append(last.text)
                    yield b"%s%s%s" % (head, json.dumps(last.text, ensure_ascii=False).encode(), tail)
        ending = last.ending or Ending.STOP
        if ending is Ending.FAILED:
            yield event(error_body(500, f"the model could not go on: {last.error}", code="model_error"))
            return
        extra = ours(sources=await answer.beside("".join(texts)), trouble=answer.trouble or _trouble(ending))
        yield event(shape.last(finish_reason(ending), extra))
        if answer.tells_usage:
            yield event(shape.counted(answer.used(last.tokens)))
        yield DONE


def _around(chunk: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """A chunk's bytes before and after its text: all but the text is the same from piece to piece."""
    head, _, tail = event(chunk).partition(json.dumps("\0").encode())
    return head, tail


def _trouble(ending: Ending) -> str | None:
    return {Ending.CUT: "stopping", Ending.FAILED: "model_error"}.get(ending)
