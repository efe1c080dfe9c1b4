"""What is voted on and what doctors said of it: runs with their replies, pairings, votes, sessions handed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import pyarrow as pa

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import add_new, append_table, fetch, json_text
from pedcorpus.records import HandIn, RunReply, Vote

__all__ = [
    "StoredPairing",
    "StoredRun",
    "add_hand_in",
    "add_pairing",
    "add_run",
    "add_votes",
    "common_ids",
    "current_votes",
    "hand_ins",
    "replies_of_run",
    "stored_pairings",
]

_VOTE = 'run_a, run_b, pair, voter, dimension, choice, "left", seconds, "at"'
_HAND_IN = 'run_a, run_b, voter, judged, pairs, "at"'


@dataclass(frozen=True)
class StoredRun:
    """A run as the corpus knows it."""

    id: str
    model: str
    path: str


@dataclass(frozen=True)
class StoredPairing:
    """Two runs that may be voted on."""

    id: str
    a: StoredRun
    b: StoredRun


def add_run(unit: Unit, run: StoredRun, replies: Iterable[RunReply]) -> None:
    """Keep a run with its replies; those of one that is kept already are not added again."""
    known = unit.execute("SELECT 1 FROM vote_reply WHERE run = ? LIMIT 1", [run.id]).fetchall()
    add_new(unit, "vote_run", [{"id": run.id, "model": run.model, "path": run.path}], key=("id", "model", "path"))
    if not known:
        held = list(replies)
        columns = {"run": [run.id] * len(held), "id": [reply.id for reply in held], "body": [*map(json_text, held)]}
        append_table(unit, "vote_reply", pa.table(columns))


def add_pairing(unit: Unit, pairing_id: str, *, run_a: str, run_b: str) -> None:
    """Make two runs a pairing, if they are none yet."""
    add_new(unit, "vote_pairing", [{"id": pairing_id, "run_a": run_a, "run_b": run_b}], key=("id",))


def stored_pairings(unit: Unit) -> list[StoredPairing]:
    """Every pairing with what its runs were called last, in the order in which they were made."""
    query = """
        WITH named AS (
            SELECT id, arg_max(model, written) AS model, arg_max(path, written) AS path FROM vote_run GROUP BY id
        )
        SELECT p.id, a.id, a.model, a.path, b.id, b.model, b.path
        FROM vote_pairing AS p JOIN named AS a ON a.id = p.run_a JOIN named AS b ON b.id = p.run_b
        ORDER BY p.written"""
    return fetch(unit, query, make=lambda name, *of: StoredPairing(name, StoredRun(*of[:3]), StoredRun(*of[3:])))


def replies_of_run(unit: Unit, run: str) -> dict[str, RunReply]:
    """A run's replies by the id of what was asked."""
    replies = fetch(unit, "SELECT body FROM vote_reply WHERE run = ?", [run], make=RunReply.model_validate_json)
    return {reply.id: reply for reply in replies}


def common_ids(unit: Unit, run_a: str, run_b: str) -> list[str]:
    """Ids of the questions that both runs answered, sorted."""
    query = "SELECT id FROM vote_reply WHERE run = ? INTERSECT SELECT id FROM vote_reply WHERE run = ? ORDER BY id"
    return fetch(unit, query, [run_a, run_b], make=str)


def add_votes(unit: Unit, votes: Sequence[Vote]) -> int:
    """Add votes; the latest of a doctor on a pair in a dimension counts. How many were new."""
    return add_new(unit, "vote", [_row(vote) for vote in votes], key=("id",))


def add_hand_in(unit: Unit, hand_in: HandIn) -> None:
    """Keep that a doctor is done."""
    add_new(unit, "vote_hand_in", [_row(hand_in)], key=("id",))


def current_votes(unit: Unit, run_a: str, run_b: str, *, voter: str | None = None) -> list[Vote]:
    """Every doctor's last words on a pairing, or one doctor's, in the order in which they were said."""
    query = f"""
        SELECT {_VOTE} FROM current_vote
        WHERE run_a = ? AND run_b = ? AND (? IS NULL OR voter = ?) ORDER BY written"""
    return fetch(unit, query, [run_a, run_b, voter, voter], make=_vote)


def hand_ins(unit: Unit, run_a: str, run_b: str) -> dict[str, HandIn]:
    """Sessions handed in, by doctor; the first of a doctor counts."""
    query = f"SELECT {_HAND_IN} FROM vote_hand_in WHERE run_a = ? AND run_b = ? ORDER BY written DESC"
    return {found.voter: found for found in fetch(unit, query, [run_a, run_b], make=_hand_in)}


def _row(record: Vote | HandIn) -> dict[str, Any]:  # column values of mixed types
    at = record.at.astimezone(UTC).replace(tzinfo=None)
    return {**record.model_dump(mode="json"), "id": record.id, "at": at}


def _vote(*values: Any) -> Vote:  # column values of mixed types
    return Vote.model_validate(_fields(_VOTE, values))


def _hand_in(*values: Any) -> HandIn:  # column values of mixed types
    return HandIn.model_validate(_fields(_HAND_IN, values))


def _fields(columns: str, values: Sequence[Any]) -> dict[str, Any]:  # column values of mixed types
    row = dict(zip((name.strip('"') for name in columns.split(", ")), values, strict=True))
    return {**row, "at": row["at"].replace(tzinfo=UTC)}
