"""Feedback: a thumb on a reply of the chat → what a doctor reviews, and what a model is to prefer.

An exchange is de-identified before a byte of it is written. With a thumb up its reply, with a correction the correction
becomes a draft of the work `chat-feedback`, tier internal, and takes the road of every row: checks, review, export. The
pair of a correction over the reply goes out with that row alone: when a doctor has accepted it. A thumb down without a
correction teaches nothing yet: it is a failure that `status` counts, with the exchange.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pedcorpus.corpus import (
    Unit,
    add_failures,
    add_preferences,
    current_sources,
    instructions_of_document,
    load_instructions,
)
from pedcorpus.curate.privacy import deidentified, recognisers
from pedcorpus.durable import sync
from pedcorpus.errors import CorpusError
from pedcorpus.flow.curate import curate
from pedcorpus.flow.generate import generate
from pedcorpus.flow.ingest import ingest
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.normalise import fold
from pedcorpus.records import Address, Dialogue, Failure, Preference, Turn, canonical_json, content_id
from pedcorpus.settings import Workspace

__all__ = ["RatedExchange", "TakenFeedback", "take_feedback"]

WORK = "chat-feedback"
_CHAT = "llm.chat@1"
_DECLARATION = """\
title = "Rated exchanges of the chat"
kind = "dataset"
publisher = "this workspace"
license = "unknown"
tier = "internal"
"""
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class RatedExchange:
    """A reply, what it answered, and what somebody thought of it."""

    turns: Sequence[tuple[Literal["user", "assistant"], str]]
    """Up to the user's turn that was answered."""
    reply: str
    rating: Literal["up", "down"]
    model: str
    """What the model that answered is called."""
    system: str = ""
    correction: str = ""
    """What should have been answered."""
    note: str = ""


@dataclass(frozen=True)
class TakenFeedback:
    """What became of it."""

    instructions: tuple[str, ...] = ()
    """Ids of the drafts that now stand in the corpus."""
    pairs: int = 0
    """New ones."""
    failures: int = 0


def take_feedback(workspace: Workspace, exchange: RatedExchange) -> TakenFeedback:
    """Store a rated exchange without what identifies anybody; the same one twice is stored once.

    Raises:
        CorpusError: there is no corpus here, it cannot be used, the exchange cannot be written beside it, or nothing is
            there that would de-identify it.
    """
    corpus = open_corpus(workspace)
    if not recognisers():
        raise CorpusError(
            "no recogniser of personal data is registered, so no feedback is kept; install pedcorpus anew"
        )
    said = _deidentified(exchange, workspace)
    better = said.turns[-1].content if exchange.rating == "up" or exchange.correction.strip() else ""
    with _ONE_AT_A_TIME:
        if not better:
            with corpus.unit() as unit:
                add_failures(unit, [_failure(said, exchange)])
            return TakenFeedback(failures=1)
        file = _written(workspace, said)
        read = ingest(workspace, [file], jobs=1)
        drafted = generate(workspace)
        curate(workspace)
        with corpus.unit() as unit:
            ids = instructions_of_document(unit, _document(file), WORK)
            pairs = add_preferences(unit, _pairs(unit, ids, said, exchange.model))
    return TakenFeedback(tuple(ids), pairs, len(read.failures) + len(drafted.failures))


def _deidentified(exchange: RatedExchange, workspace: Workspace) -> Dialogue:
    """The exchange with the better answer last: one person has one surrogate throughout."""
    answer = exchange.correction.strip() or exchange.reply
    turns = (*(Turn(role=role, content=text) for role, text in exchange.turns), Turn(role="assistant", content=answer))
    said = Dialogue(
        document=WORK,
        turns=turns,
        system=exchange.system,
        rejected=exchange.reply if exchange.correction.strip() else "",
        attributes={"note": exchange.note} if exchange.note else {},
        address=Address(row=1),
    )
    return deidentified(said, workspace.settings.curate.privacy)[0]


def _written(workspace: Workspace, said: Dialogue) -> Path:
    """The exchange as a file of its work.

    Raises:
        CorpusError: it cannot be written.
    """
    messages = [{"role": turn.role, "content": turn.content} for turn in said.turns]
    row = canonical_json({"messages": messages, **({"system": said.system} if said.system else {})})
    folder = workspace.root / WORK
    file = folder / f"{content_id('feedback', row)}.jsonl"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for path, text in ((folder / "source.toml", _DECLARATION), (file, row + "\n")):
            if not path.exists():
                partial = path.with_name(f".{path.name}.{os.getpid()}")
                partial.write_text(text, encoding="utf-8")
                sync(partial)
                partial.replace(path)
        sync(folder)
    except OSError as error:
        raise CorpusError(
            f"{folder}: feedback cannot be kept ({error.strerror}); check its rights and space"
        ) from error
    return file


def _document(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _pairs(unit: Unit, ids: Sequence[str], said: Dialogue, model: str) -> list[Preference]:
    """The correction over the reply, for the draft that answers with the correction."""
    better, worse = said.turns[-1].content, said.rejected
    if not worse or fold(better) == fold(worse):
        return []
    return [
        Preference(
            task=row.task,
            topic=row.topic,
            prompt=row.messages[:-1],
            chosen=row.answer_text(),
            rejected=worse,
            chosen_from=row.id,
            rejected_from=f"{_CHAT}:{model}",
        )
        for row in load_instructions(unit, ids, current_sources(unit))
    ]


def _failure(said: Dialogue, exchange: RatedExchange) -> Failure:
    raw = json.dumps([turn.content for turn in said.turns], ensure_ascii=False)
    note = said.attributes.get("note", "")
    detail = f"a reply of {exchange.model} was found wrong{f': {note}' if note else ''}; nobody said what is right"
    return Failure(
        stage="review",
        where="chat",
        source=WORK,
        reason="thumb_down",
        detail=detail,
        raw=raw,
        fingerprint=content_id("feedback", raw),
    )
