"""The front of the room: questions in, outcomes out, in the order of the questions, each paid for once.

What is asked and what is made of the answers is the caller's.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from pedcorpus.errors import UsageError
from pedcorpus.llm.ask import Ask, Endpoint, Fault, FaultReason, Outcome
from pedcorpus.llm.asking import Patience
from pedcorpus.llm.budget import Budget
from pedcorpus.llm.meter import Meter
from pedcorpus.llm.payload import payload_key
from pedcorpus.llm.reading import Exchange, Repair, read_exchanges
from pedcorpus.llm.run import Run, Slot
from pedcorpus.llm.store import ReplyStore

__all__ = ["Door"]

Item = TypeVar("Item")

_WINDOW = 8  # times the concurrency: so many questions are under way or wait for an earlier one's outcome


class Door:
    """The one door to a model."""

    def __init__(
        self,
        endpoint: Endpoint,
        store: ReplyStore,
        *,
        budget: Budget | None = None,
        meter: Meter | None = None,
        replay: bool = False,
        retry: Collection[FaultReason] = (),
        anew: Collection[str] = (),
        patience: Patience | None = None,
    ) -> None:
        """Nothing is sent before the first question that the store cannot answer.

        With `replay` nothing is sent at all: what the store cannot answer is the fault `not_cached`. Faults of the
        reasons in `retry`, and the requests whose keys are in `anew`, are asked anew although their reply is kept;
        both replies stay.

        Raises:
            UsageError: the cost is capped, but the endpoint has no prices.
        """
        if budget and budget.max_cost is not None and not (endpoint.input_price or endpoint.output_price):
            raise UsageError(
                "a cap on cost needs prices; set llm.input_price and llm.output_price, or cap the requests"
            )
        self.endpoint, self.store = endpoint, store
        self.budget = budget or Budget()
        self.meter = meter or Meter()
        self._is_replay = replay
        self._retry, self._anew = frozenset(retry), frozenset(anew)
        self._patience = patience or Patience()

    def ask_all(self, items: Iterable[Item], *, ask_of: Callable[[Item], Ask]) -> Iterator[tuple[Item, Outcome]]:
        """Each item with what came of its question, in the order of the items, which are drawn as they are needed.

        Ends early once the budget is used up (`budget.reached` tells): what was not asked is left out. Closing the
        iterator gives up what is in flight; what was received is kept.

        Raises:
            EndpointError: the endpoint cannot be used as it is configured.
            StoreError: replies cannot be kept.
        """
        return self._ask_all(iter(items), ask_of)

    def _ask_all(self, items: Iterator[Item], ask_of: Callable[[Item], Ask]) -> Generator[tuple[Item, Outcome]]:
        run = Run(self.endpoint, self.store, budget=self.budget, meter=self.meter, patience=self._patience)
        try:
            for slot in self._settled(run, items, ask_of):
                if slot.outcome is not None:
                    yield slot.item, slot.outcome
        except (GeneratorExit, KeyboardInterrupt):
            run.close(at_once=True)
            raise
        finally:
            run.close(at_once=False)
        if run.error is not None:
            raise run.error

    def _settled(self, run: Run, items: Iterator[Item], ask_of: Callable[[Item], Ask]) -> Iterator[Slot]:
        window: deque[Slot] = deque()
        few = max(1, self.endpoint.concurrency // 4)  # looked up together; more would hold up what is in flight
        most = _WINDOW * self.endpoint.concurrency
        is_dry = False
        while not (is_dry and not window):
            while not is_dry and not run.is_stopping and len(window) + few <= most:
                drawn = [self._slot(item, ask_of) for item in islice(items, few)]
                is_dry = len(drawn) < few
                self._hand_over(run, drawn)
                window.extend(drawn)
            is_dry = is_dry or run.is_stopping
            if window:
                run.wait(window[0])
                if run.error is not None:
                    return
            while window and window[0].is_settled:
                yield window.popleft()

    def _slot(self, item: Item, ask_of: Callable[[Item], Ask]) -> Slot:
        ask = ask_of(item)
        return Slot(item, ask, payload_key(ask, self.endpoint.model))

    def _hand_over(self, run: Run, slots: list[Slot]) -> None:
        """Settle what the store can answer, and submit the rest."""
        found = self.store.find({slot.key for slot in slots})
        open_slots = [slot for slot in slots if not self._settle_from(slot, found.get(slot.key, []))]
        if not open_slots:
            return
        batched = self.store.in_batches({slot.key for slot in open_slots})
        for slot in open_slots:
            if slot.key in batched:
                self._settle(slot, _not_cached(slot, f"waits in batch {batched[slot.key]}"))
        self._submit(run, [slot for slot in open_slots if not slot.is_settled])

    def _submit(self, run: Run, slots: list[Slot]) -> None:
        seen = {slot.key: slot.seen for slot in slots}
        claimed = self.store.claim(list(seen), seen=seen)
        mine = []
        for slot in slots:
            if slot.key in claimed.found:
                slot.exchanges, slot.attempt = claimed.found[slot.key], claimed.found[slot.key][-1].attempt
            if slot.key not in claimed.theirs:
                mine.append(slot)
        if slots:
            run.submit(mine, theirs=[slot for slot in slots if slot.key in claimed.theirs])

    def _settle_from(self, slot: Slot, exchanges: list[Exchange]) -> bool:
        """Can what is kept answer the question?"""
        if not exchanges:
            return self._is_replay and self._settle(slot, _not_cached(slot, "was never asked"))
        slot.seen = exchanges
        verdict = read_exchanges(slot.ask, exchanges, is_cached=True)
        if self._is_replay and isinstance(verdict, Repair):
            verdict = verdict.fault
        if isinstance(verdict, Repair):
            slot.exchanges, slot.attempt = exchanges, exchanges[-1].attempt
            return False
        if not self._is_replay and self._is_unwanted(slot.key, verdict):
            slot.attempt = exchanges[-1].attempt + 1
            return False
        return self._settle(slot, verdict)

    def _is_unwanted(self, key: str, kept: Outcome) -> bool:
        return key in self._anew or (isinstance(kept, Fault) and kept.reason in self._retry)

    def _settle(self, slot: Slot, outcome: Outcome) -> bool:
        slot.settle(outcome)
        self.meter.count_outcome(slot.ask, outcome)
        return True


def _not_cached(slot: Slot, why: str) -> Fault:
    return Fault(slot.key, "not_cached", f"{why}; run without --replay, or collect its batch", is_cached=True)
