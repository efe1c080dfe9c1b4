"""What was asked of a model for which document, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import Row, add_new, append, fetch

__all__ = ["StoredRequest", "add_requests", "finished_requests", "instructions_of_requests", "requests_by_lack"]


@dataclass(frozen=True)
class StoredRequest:
    """One request, by what it was made from, and its outcome."""

    key: str
    writer: str
    """Name and version, as `role_play@1`."""
    model: str
    document: str
    reading: str
    source: str
    fault: str = ""
    """Why no draft could be made of its reply; empty where some were."""
    drafts: int = 0
    unusable: int = 0
    """Parts of the reply of which no draft could be made."""


def add_requests(unit: Unit, requests: Sequence[tuple[StoredRequest, Sequence[str]]]) -> None:
    """Add requests, each with the ids of the instructions made of it; one made anew takes its old one's place."""
    append(unit, "request", [asdict(request) for request, _ in requests])
    items: list[Row] = [
        {"key": request.key, "writer": request.writer, "instruction": instruction}
        for request, instructions in requests
        for instruction in instructions
    ]
    add_new(unit, "request_item", items, key=("key", "writer", "instruction"))


def finished_requests(unit: Unit) -> dict[tuple[str, str], str]:
    """The fault, or nothing, of each request that was made, by key and writer."""
    query = "SELECT key, writer, fault FROM current_request"
    return {(str(key), str(writer)): str(fault) for key, writer, fault in unit.execute(query).fetchall()}


def requests_by_lack(unit: Unit) -> dict[str, set[str]]:
    """Keys of the requests whose replies were used in part or not at all, by what was lacking."""
    query = "SELECT DISTINCT reason, fingerprint FROM standing_failure WHERE starts_with(fingerprint, 'request:')"
    keys: dict[str, set[str]] = {}
    for reason, fingerprint in unit.execute(query).fetchall():
        keys.setdefault(str(reason), set()).add(str(fingerprint).removeprefix("request:"))
    return keys


def instructions_of_requests(unit: Unit, instructions: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Key and model of the request that each of `instructions` came from; those made by rule have none."""
    query = (
        "SELECT i.instruction, r.key, r.model FROM request_item AS i "
        "JOIN current_request AS r USING (key, writer) WHERE i.instruction IN (SELECT unnest(?))"
    )
    found = fetch(unit, query, [list(instructions)], make=lambda *row: tuple(map(str, row)))
    return {instruction: (key, model) for instruction, key, model in sorted(found)}
