"""Writes replies as they come, many in one durable transaction, without holding up the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from pedcorpus.errors import StoreError
from pedcorpus.llm.reading import Exchange
from pedcorpus.llm.store import ReplyStore

__all__ = ["Keeping"]

_GATHER_S = 0.005  # replies that come within this share a transaction


@dataclass
class _Sheaf:
    written: asyncio.Future[None]
    exchanges: list[Exchange] = field(default_factory=list)
    done: list[str] = field(default_factory=list)


class Keeping:
    """The writing hand of a store; of one event loop."""

    def __init__(self, store: ReplyStore) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="replies")
        self._sheaf: _Sheaf | None = None
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, exchange: Exchange | None, *, done: str | None) -> None:
        """Return when the reply is on the disk, and the claim on the key that is `done` given up.

        Raises:
            StoreError: it cannot be written.
        """
        sheaf = self._open_sheaf()
        if exchange is not None:
            sheaf.exchanges.append(exchange)
        if done is not None:
            sheaf.done.append(done)
        await asyncio.shield(sheaf.written)

    async def close(self) -> None:
        """Finish what is to be written."""
        while self._writing is not None and not self._writing.done():
            await asyncio.wait([self._writing])
        self._thread.shutdown()

    def _open_sheaf(self) -> _Sheaf:
        if self._sheaf is None:
            self._sheaf = _Sheaf(asyncio.get_running_loop().create_future())
            # marked as looked at, for nobody may wait for it any more
            self._sheaf.written.add_done_callback(lambda future: future.cancelled() or future.exception())
            if self._writing is None or self._writing.done():
                self._writing = asyncio.create_task(self._write())
        return self._sheaf

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while self._sheaf is not None:
            await asyncio.sleep(_GATHER_S)
            sheaf, self._sheaf = self._sheaf, None
            try:
                await loop.run_in_executor(self._thread, self._put_down, sheaf)
            except StoreError as error:
                sheaf.written.set_exception(error)
            else:
                sheaf.written.set_result(None)

    def _put_down(self, sheaf: _Sheaf) -> None:
        self._store.keep(sheaf.exchanges, done=sheaf.done)
