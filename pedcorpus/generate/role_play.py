"""Writer `role_play`: a model plays the one who asks and the paediatrician who answers, from one fragment at a time.

A fragment is sent once for all the instructions made of it. What the model wrote is held against the fragment: a
draft whose quote stands nowhere, or that is not what was planned, is unusable and says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from pedcorpus.generate.evidence import provenance
from pedcorpus.generate.fragments import FRAGMENT_KINDS, fragments
from pedcorpus.generate.generator import Material
from pedcorpus.generate.plan import plan_slots
from pedcorpus.generate.prompt import request_messages
from pedcorpus.generate.reply_shape import RolePlayReply, reply_shape
from pedcorpus.generate.role_play_context import RolePlayContext
from pedcorpus.generate.role_play_reading import ReplyReading
from pedcorpus.generate.writer import Assignment, Unusable
from pedcorpus.llm import Ask
from pedcorpus.plugins import load_plugins
from pedcorpus.records import Instruction, Source
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.writing import Writing

__all__ = ["WRITER", "RolePlayWriter"]


class RolePlayWriter:
    """Makes all three tasks from textbooks, guidelines and graphs, and any further task that declares its writing."""

    name = "role_play"
    version = 1
    kinds = FRAGMENT_KINDS

    @property
    def tasks(self) -> frozenset[str]:
        return frozenset(_writings())

    def assignments(
        self, material: Material, settings: GenerateSettings, *, tasks: Collection[str]
    ) -> Iterator[Assignment]:
        writings = {task: writing for task, writing in _writings().items() if task in tasks}
        source = material.source
        language = source.language if settings.prompt_language == "source" else settings.prompt_language
        for number, fragment in enumerate(fragments(material, settings), 1):
            slots = plan_slots(fragment, writings, settings, language=language)
            if slots:
                where = f"{material.document.path}, {' › '.join(fragment.headings) or fragment.topic} ({number})"
                spoken = source.model_copy(update={"language": language})
                yield _assignment(where, RolePlayContext(fragment, slots, spoken, writings), settings)

    def drafts(self, assignment: Assignment, data: BaseModel) -> Iterator[Instruction | Unusable]:
        context = assignment.context
        assert isinstance(context, RolePlayContext)
        assert isinstance(data, RolePlayReply)
        reading = ReplyReading(context, provenance_of(context.source))
        for raw in data.drafts:
            yield reading.read(raw)
        yield from reading.missing()
        yield from _orders_in(context)


def provenance_of(source: Source) -> Mapping[str, Any]:
    """The fields that every draft of `source` shares."""
    return {**provenance(source, generator=RolePlayWriter.name, version=RolePlayWriter.version, maker="llm")}


def _writings() -> dict[str, Writing]:
    return {name: task.writing for name, task in load_plugins("tasks").items() if task.writing is not None}


def _assignment(where: str, context: RolePlayContext, settings: GenerateSettings) -> Assignment:
    language = context.source.language
    planned: dict[str, int] = {}
    for slot in context.slots:
        planned[slot.task] = planned.get(slot.task, 0) + 1
    asked = {task: context.writings[task] for task in planned}
    ask = Ask(
        messages=request_messages(context.fragment, context.slots, asked, language=language),
        reply=reply_shape(asked),
        max_tokens=settings.reply_tokens_per_instruction * len(context.slots),
        tag="+".join(planned),
    )
    return Assignment(where, ask, planned, context)


def _orders_in(context: RolePlayContext) -> Iterator[Unusable]:
    """Lines of the source that tell a model what to do: no draft rests on them, and a person should see them."""
    for line in context.fragment.lines:
        if line.speaks_to_a_model:
            where = line.passage.id if line.passage else line.head
            yield Unusable("source_orders_a_model", f"{where} holds an order to a model; look at its source", line.text)


WRITER = RolePlayWriter()
