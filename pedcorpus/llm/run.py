"""The thread in which questions are in flight: workers, the claims' heartbeat, and what other processes are asking.

The caller's thread draws items and takes outcomes (`door`); this one never touches either.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pedcorpus.llm.ask import Ask, Endpoint, Outcome
from pedcorpus.llm.asking import Asking, Patience, Question
from pedcorpus.llm.budget import Budget
from pedcorpus.llm.keeping import Keeping
from pedcorpus.llm.line import Line
from pedcorpus.llm.meter import Meter
from pedcorpus.llm.pace import Pace
from pedcorpus.llm.reading import Exchange, Repair, read_exchanges
from pedcorpus.llm.store import ReplyStore

__all__ = ["Run", "Slot"]

_HEARTBEAT_S = 20.0
_LOOK_AGAIN_S = 0.3  # whether another process has its answer
_WORKERS = 4  # for each request in flight; so many replies at most are not on the disk yet
_GRACE_S = 60.0  # for replies in flight when the run has to end


@dataclass(eq=False)
class Slot:
    """One item on its way through the run."""

    item: Any  # the caller's own
    ask: Ask
    key: str
    attempt: int = 0
    exchanges: list[Exchange] = field(default_factory=list)
    """Turns of this attempt so far."""
    seen: list[Exchange] = field(default_factory=list)
    """What the store held of it when it was looked up, an attempt to be retried included."""
    was_asked: bool = False
    """Was anything sent for it in this run?"""
    outcome: Outcome | None = None
    """None once settled: it was not asked, for the budget is used up."""
    is_settled: bool = False

    def settle(self, outcome: Outcome | None) -> None:
        """Say what came of it."""
        self.outcome = outcome
        self.is_settled = True


class Run:
    """Starts its thread with the first question; `close` ends it."""

    def __init__(
        self, endpoint: Endpoint, store: ReplyStore, *, budget: Budget, meter: Meter, patience: Patience
    ) -> None:
        self._endpoint, self._store = endpoint, store
        self._budget, self._meter, self._patience = budget, meter, patience
        self._thread: threading.Thread | None = None
        self._is_ready = threading.Event()
        self._has_news = threading.Event()
        self._awaited: Slot | None = None
        self._leaders: dict[str, Slot] = {}
        self._followers: dict[str, list[Slot]] = {}
        self._theirs: dict[str, Slot] = {}
        self._is_ending = False
        self.error: BaseException | None = None
        """What ended the run early; to be raised by the caller's thread."""
        self._loop: asyncio.AbstractEventLoop
        self._queue: asyncio.Queue[Slot]
        self._over: asyncio.Event

    @property
    def is_stopping(self) -> bool:
        """Will nothing new be asked?"""
        return self.error is not None or self._budget.reached is not None

    def submit(self, slots: Sequence[Slot], *, theirs: Iterable[Slot] = ()) -> None:
        """Ask these; wait for what another process makes of `theirs`."""
        if self._thread is None:
            self._start()
        self._loop.call_soon_threadsafe(self._take, slots, list(theirs))

    def wait(self, slot: Slot) -> None:
        """Return when `slot` is settled, or the run has broken off."""
        self._awaited = slot
        while not slot.is_settled and self.error is None:
            self._has_news.wait()
            self._has_news.clear()

    def close(self, *, at_once: bool) -> None:
        """End the run; unless `at_once`, what is in flight is waited for and kept. A second call does nothing."""
        if self._thread is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end, at_once)
            self._thread.join()

    def _start(self) -> None:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main()), name="llm", daemon=True)
        self._thread.start()
        self._is_ready.wait()

    async def _main(self) -> None:
        self._loop, self._queue, self._over = asyncio.get_running_loop(), asyncio.Queue(), asyncio.Event()
        self._at_once = False
        self._is_ready.set()
        keeping = Keeping(self._store)
        try:
            async with Line(self._endpoint) as line:
                await self._serve(line, keeping)
        except Exception as error:  # noqa: BLE001  as in _guard
            self._break_off(error)
            await self._over.wait()
        finally:
            await keeping.close()

    async def _serve(self, line: Line, keeping: Keeping) -> None:
        pace = Pace(self._endpoint.concurrency)
        asking = Asking(
            self._endpoint, line, pace=pace, budget=self._budget, meter=self._meter, patience=self._patience
        )
        asking.factor = self._store.token_factor()
        # more workers than requests in flight: the others wait for their reply to be on the disk
        count = _WORKERS * self._endpoint.concurrency
        workers = [asyncio.create_task(self._guard(self._work(asking, keeping))) for _ in range(count)]
        others = [asyncio.create_task(self._guard(each())) for each in (self._beat, self._look_after_theirs)]
        await self._over.wait()
        for task in others:
            task.cancel()
        await self._drain(workers, asking)
        await asyncio.gather(*others, return_exceptions=True)

    async def _drain(self, workers: list[asyncio.Task[None]], asking: Asking) -> None:
        in_flight = set() if self._at_once else asking.sending & set(workers)
        for task in set(workers) - in_flight:
            task.cancel()
        if in_flight:
            await asyncio.wait(in_flight, timeout=_GRACE_S)
        for task in workers:
            task.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    async def _guard(self, work: Any) -> None:  # a coroutine
        try:
            await work
        except Exception as error:  # noqa: BLE001  it is raised in the caller's thread
            self._break_off(error)

    def _break_off(self, error: BaseException) -> None:
        self.error = self.error or error
        self._has_news.set()

    def _end(self, at_once: bool) -> None:
        self._at_once = at_once
        self._is_ending = True
        self._over.set()

    def _take(self, slots: Sequence[Slot], theirs: Sequence[Slot]) -> None:
        for slot in (*slots, *theirs):
            if slot.key in self._leaders:
                self._followers.setdefault(slot.key, []).append(slot)
                continue
            self._leaders[slot.key] = slot
        for slot in slots:
            if self._leaders[slot.key] is slot:
                self._queue.put_nowait(slot)
        self._theirs.update((slot.key, slot) for slot in theirs if self._leaders[slot.key] is slot)

    async def _work(self, asking: Asking, keeping: Keeping) -> None:
        while not self._is_ending and self.error is None:
            slot = await self._queue.get()
            outcome = await self._outcome(slot, asking, keeping)
            self._settle(slot, outcome)

    async def _outcome(self, slot: Slot, asking: Asking, keeping: Keeping) -> Outcome | None:
        verdict = self._read(slot) if slot.exchanges else None
        while verdict is None or isinstance(verdict, Repair):
            question = Question(slot.ask, slot.key, slot.attempt, verdict)
            answer = await asking.ask(question)
            if not isinstance(answer, Exchange):
                await keeping.keep(None, done=slot.key)
                return answer
            slot.was_asked = True
            slot.exchanges = [*slot.exchanges, answer]
            verdict = self._read(slot)
            asking.learn(question, answer, verdict)
            await keeping.keep(answer, done=None if isinstance(verdict, Repair) else slot.key)
        return verdict

    def _read(self, slot: Slot) -> Outcome | Repair:
        return read_exchanges(slot.ask, slot.exchanges, is_cached=not slot.was_asked)

    def _settle(self, slot: Slot, outcome: Outcome | None) -> None:
        self._leaders.pop(slot.key, None)
        slot.settle(outcome)
        if outcome is not None:
            self._meter.count_outcome(slot.ask, outcome)
        if slot is self._awaited:
            self._has_news.set()
        for follower in self._followers.pop(slot.key, ()):
            if slot.exchanges:
                follower.exchanges, follower.attempt = slot.exchanges, slot.attempt
            self._take([follower], [])

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(_HEARTBEAT_S)
            await self._loop.run_in_executor(None, self._store.renew)

    async def _look_after_theirs(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_AGAIN_S)
            if self._budget.reached:
                while self._theirs:
                    self._settle(self._theirs.popitem()[1], None)
            if self._theirs:
                seen = {key: slot.seen for key, slot in self._theirs.items()}
                claimed = await self._loop.run_in_executor(None, _claim(self._store, seen))
                for key in claimed.mine | claimed.found.keys():
                    self._take_over(self._theirs.pop(key), claimed.found.get(key))

    def _take_over(self, slot: Slot, found: list[Exchange] | None) -> None:
        if found is not None:
            slot.exchanges, slot.attempt = found, found[-1].attempt
        self._queue.put_nowait(slot)


def _claim(store: ReplyStore, seen: dict[str, list[Exchange]]) -> Callable[[], Any]:
    return lambda: store.claim(list(seen), seen=seen)
