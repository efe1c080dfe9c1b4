"""Questions that several tests of this room ask."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any

from pydantic import BaseModel, Field

from pedcorpus.llm import Ask, Door, Endpoint, Outcome, Patience, ReplyStore
from pedcorpus.llm.reading import Exchange
from pedcorpus.records import Message
from tests.llm.server import Payload, ScriptedServer

QUICK = Patience(first_wait_s=0.005, longest_wait_s=0.02, silence_s=20)


class Verse(BaseModel):
    """A reply with a shape."""

    answer: str = Field(min_length=1)


def ask(number: int, **fields: Any) -> Ask:
    return Ask((Message(role="user", content=f"question {number}"),), **{"reply": Verse, "tag": "verse", **fields})


def prose(number: int) -> Ask:
    return ask(number, reply=None)


def endpoint(server: ScriptedServer, **values: Any) -> Endpoint:
    told = {"base_url": server.base_url, "model": "scripted", "concurrency": 8, "timeout_s": 10}
    return Endpoint(**{**told, **values})


def door(server: ScriptedServer, store: ReplyStore, *, at: dict[str, Any] | None = None, **values: Any) -> Door:
    return Door(endpoint(server, **(at or {})), store, **{"patience": QUICK, **values})


def outcomes(a_door: Door, numbers: Iterable[int], ask_of: Callable[[int], Ask] = ask) -> list[Outcome]:
    return [outcome for _, outcome in a_door.ask_all(numbers, ask_of=ask_of)]


def outcome(server: ScriptedServer, store: ReplyStore, ask_of: Callable[[int], Ask] = ask, **values: Any) -> Outcome:
    return outcomes(door(server, store, **values), [0], ask_of)[0]


def attempts(store: ReplyStore, key: str) -> list[Exchange]:
    """Every turn of every attempt that the file holds, those that nothing asks for any more too."""
    with closing(sqlite3.connect(store.path)) as file:
        rows = file.execute("SELECT * FROM exchange WHERE key = ? ORDER BY attempt, turn", (key,)).fetchall()
    return [Exchange(*row) for row in rows]


def number_of(payload: Payload) -> int:
    """Of the question that was asked."""
    return int(str(payload["messages"][0]["content"]).split()[1])


def request_text(payload: Payload) -> str:
    return str(payload["messages"][0]["content"]).split("\n")[0]
