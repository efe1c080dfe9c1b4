"""A provider's batch files, the half-price path: submit questions, come back hours later, collect the replies.

Replies land in the store under the keys that a live run looks for, so that the run after `collect_batches` finds them.
What the batch did not answer (expired, failed lines) is simply asked by that run, as are repairs. All state is in the
store: any later process can collect.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from pedcorpus.errors import EndpointError
from pedcorpus.llm.ask import Ask, Endpoint
from pedcorpus.llm.budget import Budget, cost_of
from pedcorpus.llm.line import Line, LineCut, LineTimeout
from pedcorpus.llm.payload import Way, estimate_prompt, payload_key, payload_of
from pedcorpus.llm.reading import Exchange
from pedcorpus.llm.responses import Response, meaning_of
from pedcorpus.llm.store import Batch, ReplyStore
from pedcorpus.llm.unusable import check_usable, endpoint_error
from pedcorpus.llm.usage import usage_of
from pedcorpus.records import canonical_json

__all__ = ["BatchReport", "batch_states", "collect_batches", "submit_batches"]

_MOST_LINES = 50_000  # what providers take in one file
_MOST_BYTES = 90_000_000
_MARK = "pedcorpus"  # name of the metadata field that holds our token
_ENDED = frozenset({"completed", "expired", "cancelled", "failed"})


@dataclass
class BatchReport:
    """What looking at the open batches came to."""

    states: dict[str, str] = field(default_factory=dict)
    """The provider's word for the state of each batch that was open, by its id."""
    replies: int = 0
    """Replies that are kept now."""
    unanswered: Counter[str] = field(default_factory=Counter)
    """Requests without one, by reason; the next run asks them."""
    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def open(self) -> int:
        """Batches that have not ended."""
        return sum(state not in _ENDED for state in self.states.values())


@dataclass
class _File:
    lines: list[bytes] = field(default_factory=list)
    items: dict[str, int] = field(default_factory=dict)
    size: int = 0


def submit_batches(
    endpoint: Endpoint, store: ReplyStore, asks: Iterable[Ask], *, way: Way = "schema", budget: Budget | None = None
) -> list[Batch]:
    """Submit those of `asks` that have no reply yet and wait in no batch; as many files as the provider's limits ask.

    Ends early where the next request, by its estimate, would go over the budget.

    Raises:
        EndpointError: the provider does not take them; files taken before stay submitted.
    """
    return asyncio.run(_submit(endpoint, store, asks, way, budget or Budget()))


def collect_batches(endpoint: Endpoint, store: ReplyStore) -> BatchReport:
    """Look at each open batch of this endpoint; keep the replies of those that have ended.

    Raises:
        EndpointError: the provider cannot be asked.
        StoreError: the replies cannot be kept.
    """
    return asyncio.run(_collect(endpoint, store))


def batch_states(endpoint: Endpoint, store: ReplyStore) -> dict[str, str]:
    """The provider's word for the state of each open batch of this endpoint, by our token.

    Raises:
        EndpointError: the provider cannot be asked.
    """
    return asyncio.run(_states(endpoint, store))


async def _states(endpoint: Endpoint, store: ReplyStore) -> dict[str, str]:
    async with Line(endpoint) as line:
        return {
            batch.token: str(json.loads((await _sent(endpoint, line.get(f"/batches/{batch.id}"))).body)["status"])
            for batch in _open_batches(endpoint, store)
            if batch.id
        }


def _open_batches(endpoint: Endpoint, store: ReplyStore) -> list[Batch]:
    return [batch for batch in store.batches() if batch.state == "open" and batch.base_url == endpoint.base_url]


async def _submit(endpoint: Endpoint, store: ReplyStore, asks: Iterable[Ask], way: Way, budget: Budget) -> list[Batch]:
    submitted = []
    async with Line(endpoint) as line:
        for file in _files(endpoint, _affordable(endpoint, store, asks, budget), way):
            batch = Batch(uuid4().hex, None, endpoint.base_url, endpoint.model, way, "open", len(file.items))
            response = await _sent(endpoint, line.upload("batch.jsonl", b"\n".join(file.lines) + b"\n"))
            store.open_batch(batch, file.items)  # before it exists, so that none is paid for unknown to us
            created = await _sent(endpoint, line.post("/batches", _order(_field(endpoint, response, "id"), batch)))
            batch = replace(batch, id=_field(endpoint, created, "id"))
            store.change_batch(batch.token, id=batch.id, state="open")
            submitted.append(batch)
    return submitted


def _affordable(
    endpoint: Endpoint, store: ReplyStore, asks: Iterable[Ask], budget: Budget
) -> Iterator[tuple[str, Ask]]:
    """Questions that are still to be asked, with their keys, as far as the budget goes."""
    seen: set[str] = set()
    factor = store.token_factor()
    for ask in asks:
        key = payload_key(ask, endpoint.model)
        if key in seen or store.find([key]) or store.in_batches([key]):
            continue
        seen.add(key)
        cost = cost_of(endpoint, estimate_prompt(ask) * factor, ask.max_tokens)
        if not budget.reserve(cost):
            return
        budget.settle(cost, cost=cost)
        yield key, ask


def _files(endpoint: Endpoint, asks: Iterable[tuple[str, Ask]], way: Way) -> Iterator[_File]:
    file = _File()
    for key, ask in asks:
        body = payload_of(ask, endpoint.model, way=way)
        line = canonical_json(
            {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": body}
        ).encode()
        if file.lines and (len(file.lines) >= _MOST_LINES or file.size + len(line) > _MOST_BYTES):
            yield file
            file = _File()
        file.lines.append(line)
        file.items[key] = estimate_prompt(ask)
        file.size += len(line) + 1
    if file.lines:
        yield file


def _order(file_id: str, batch: Batch) -> dict[str, Any]:
    return {
        "input_file_id": file_id,
        "endpoint": "/v1/chat/completions",
        "completion_window": "24h",
        "metadata": {_MARK: batch.token},
    }


async def _collect(endpoint: Endpoint, store: ReplyStore) -> BatchReport:
    report = BatchReport()
    async with Line(endpoint) as line:
        for batch in _open_batches(endpoint, store):
            await _collect_one(endpoint, line, store, batch, report)
    return report


async def _collect_one(endpoint: Endpoint, line: Line, store: ReplyStore, batch: Batch, report: BatchReport) -> None:
    batch_id = batch.id or await _found_again(endpoint, line, batch)
    if batch_id is None:
        store.change_batch(batch.token, id=None, state="lost")
        report.unanswered["never_submitted"] += batch.requests
        return
    state = json.loads((await _sent(endpoint, line.get(f"/batches/{batch_id}"))).body)
    report.states[batch_id] = state["status"]
    if state["status"] not in _ENDED:
        store.change_batch(batch.token, id=batch_id, state="open")
        return
    items = store.batch_items(batch.token)
    missing = set(items)
    unanswered: Counter[str] = Counter()
    for name in ("output_file_id", "error_file_id"):
        if state.get(name):
            content = (await _sent(endpoint, line.get(f"/files/{state[name]}/content"))).body
            exchanges = [each for each in _exchanges(content, batch, items, unanswered) if each.key in missing]
            store.keep(exchanges)
            missing -= {each.key for each in exchanges}
            _count(report, exchanges)
    unanswered[state["status"]] += len(missing) - unanswered.total()  # those that no file speaks of
    report.unanswered.update(+unanswered)
    store.change_batch(batch.token, id=batch_id, state="collected")


def _count(report: BatchReport, exchanges: list[Exchange]) -> None:
    report.replies += len(exchanges)
    report.prompt_tokens += sum(each.prompt_tokens for each in exchanges)
    report.completion_tokens += sum(each.completion_tokens for each in exchanges)


async def _found_again(endpoint: Endpoint, line: Line, batch: Batch) -> str | None:
    """The id of a batch whose submission was interrupted, if the provider has it."""
    listed = json.loads((await _sent(endpoint, line.get("/batches?limit=100"))).body)
    for each in listed.get("data", []):
        if (each.get("metadata") or {}).get(_MARK) == batch.token:
            return str(each["id"])
    return None


def _exchanges(content: str, batch: Batch, items: dict[str, int], unanswered: Counter[str]) -> Iterator[Exchange]:
    """The replies in a batch's file; lines without one are counted."""
    for text in content.splitlines():
        line = json.loads(text)
        answer = line.get("response") or {}
        response = Response(answer.get("status_code") or 0, {}, json.dumps(answer.get("body"), ensure_ascii=False))
        key = str(line.get("custom_id"))
        if response.status and meaning_of(response) in ("answer", "too_long"):
            usage = usage_of(response.body)
            yield Exchange(key, 0, 0, batch.way, response.status, response.body, *usage, items.get(key, 0))
        else:
            reason = (line.get("error") or {}).get("code") or f"status_{response.status}"
            unanswered[str(reason)] += 1


async def _sent(endpoint: Endpoint, sending: Any) -> Response:  # an awaitable of the line's
    try:
        response: Response = await sending
    except (LineCut, LineTimeout) as error:
        raise endpoint_error(endpoint, f"did not answer: {error}; run the same command again later") from None
    if response.status in (404, 405):
        raise _no_batches(endpoint)
    check_usable(endpoint, response, has_answered=False)
    if response.status != 200:
        raise endpoint_error(endpoint, f"status {response.status}: {response.error}; run the same command again later")
    return response


def _field(endpoint: Endpoint, response: Response, name: str) -> str:
    try:
        return str(json.loads(response.body)[name])
    except (ValueError, LookupError, TypeError) as error:
        raise _no_batches(endpoint) from error


def _no_batches(endpoint: Endpoint) -> EndpointError:
    return endpoint_error(endpoint, "has no batch files; run without them")
