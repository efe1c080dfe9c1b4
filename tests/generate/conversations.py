"""Conversations for writers, and what comes of scripted replies to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pedcorpus.generate import Assignment, Material, Unusable, Writer
from pedcorpus.records import (
    Address,
    Dialogue,
    DialoguePurpose,
    Document,
    Domain,
    Instruction,
    Source,
    SourceKind,
    Turn,
)
from pedcorpus.settings import GenerateSettings

DOCUMENT = Document(id="d" * 64, source="set", path="set.json", parser="dialogue_json@1", bytes=1)
SOURCE = Source(id="set", kind=SourceKind.DATASET, title="一个数据集", license="CC-BY-4.0", tier="open")


def dialogue(*said: str, purpose: str = "consultation", domain: Domain = Domain.PAEDIATRIC, row: int = 1) -> Dialogue:
    """Said in turn; a patient begins."""
    roles = ("patient", "doctor") if purpose == "consultation" else ("user", "assistant")
    turns = tuple(Turn(role=roles[place % 2], content=text) for place, text in enumerate(said))  # type: ignore[arg-type]
    address = Address(row=row)
    return Dialogue(document=DOCUMENT.id, purpose=DialoguePurpose(purpose), domain=domain, turns=turns, address=address)


def material(*dialogues: Dialogue) -> Material:
    return Material(SOURCE, DOCUMENT, dialogues=dialogues)


def asked(writer: Writer, *dialogues: Dialogue, **settings: Any) -> list[Assignment]:
    return list(writer.assignments(material(*dialogues), GenerateSettings(**settings), tasks=writer.tasks))


def shown(assignment: Assignment) -> str:
    return assignment.ask.messages[-1].content


def replied(writer: Writer, assignment: Assignment, reply: dict[str, Any]) -> Iterator[Instruction | Unusable]:
    assert assignment.ask.reply is not None
    return writer.drafts(assignment, assignment.ask.reply.model_validate(reply))
