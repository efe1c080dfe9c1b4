"""What a writer makes of a scripted model's replies, without any server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pedcorpus.generate import Material
from pedcorpus.generate.role_play import WRITER
from pedcorpus.generate.writer import Assignment, Unusable
from pedcorpus.records import Instruction
from pedcorpus.settings import GenerateSettings
from tests.generate.scripted_model import good_reply

TASKS = ("evidiag", "medkqa", "trerecom")


def assignments(material: Material, *tasks: str, **settings: Any) -> list[Assignment]:
    return list(WRITER.assignments(material, GenerateSettings(**settings), tasks=tasks or TASKS))


def payload(assignment: Assignment) -> dict[str, Any]:
    return {"messages": [message.model_dump() for message in assignment.ask.messages]}


def answered(
    material: Material, *tasks: str, reply: Callable[[Mapping[str, Any]], str] = good_reply, **settings: Any
) -> Iterator[Instruction | Unusable]:
    for assignment in assignments(material, *tasks, **settings):
        data = assignment.ask.reply.model_validate_json(reply(payload(assignment)))
        yield from WRITER.drafts(assignment, data)


def split(made: Iterator[Instruction | Unusable]) -> tuple[list[Instruction], list[Unusable]]:
    rows = list(made)
    records = [row for row in rows if isinstance(row, Instruction)]
    return records, [row for row in rows if isinstance(row, Unusable)]
