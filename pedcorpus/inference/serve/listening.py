"""A reply's pieces for as long as its client stays; a client that leaves frees the reply's place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

from starlette.types import Receive

from pedcorpus.inference.batching import Ending, Piece
from pedcorpus.inference.serve.service import Answering

__all__ = ["ClientLeft", "pieces_of"]


class ClientLeft(Exception):
    """Raised when nobody waits for the response any more."""


async def pieces_of(answering: Answering, receive: Receive) -> AsyncGenerator[Piece, None]:
    """The pieces up to the one that has an ending.

    Raises:
        ClientLeft: the client has hung up.
    """
    watch = asyncio.create_task(_leave_with_client(answering, receive))
    try:
        while True:
            piece = await answering.mailbox.take()
            if piece.ending is Ending.LEFT:
                raise ClientLeft
            yield piece
            if piece.ending is not None:
                return
    finally:
        answering.reply.leave()
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch


async def _leave_with_client(answering: Answering, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    answering.reply.leave()
