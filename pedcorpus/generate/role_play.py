"""Writer `role_play`: a model plays the one who asks and the paediatrician who answers, from one fragment at a time.

A fragment is sent once for all the instructions made of it. What the model wrote is held against the fragment: a
draft whose quote stands nowhere, or that is not what was planned, is unusable and says why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from pedcorpus.errors import InputError
from pedcorpus.generate.evidence import provenance
from pedcorpus.generate.fragments import FRAGMENT_KINDS, fragments
from pedcorpus.generate.generator import Material
from pedcorpus.generate.plan import plan_slots
from pedcorpus.generate.prompt import request_messages
from pedcorpus.generate.quotes import FragmentText, QuotedSources
from pedcorpus.generate.reply_shape import RolePlayReply, reply_shape
from pedcorpus.generate.role_play_context import RolePlayContext
from pedcorpus.generate.scene_words import contradiction
from pedcorpus.generate.source_text import boundary_of
from pedcorpus.generate.writer import Assignment, Unusable
from pedcorpus.llm import Ask
from pedcorpus.normalise import fold
from pedcorpus.plugins import load_plugins
from pedcorpus.records import Instruction, Source, canonical_json
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.writing import Draft, Slot, Writing

__all__ = ["WRITER", "RolePlayWriter"]

_POINTS_AT_SOURCE = re.compile(
    r"(?:根据|按照?|依据|结合|阅读|参考)?(?:本节|本章|本文|上文|上述|以上|所给|给定|这段|该段|该)(?:资料|材料|内容|文字|片段|段落|文本|原文)"
    r"|(?:根据|按照?|依据)(?:资料|材料|原文|文中)|[如见](?:图|表)\s*\d|重点\s*\d|第\s*\d+\s*行"
    r"|\b(?:this|the) (?:section|chapter|passage|source|text|fragment) (?:says?|states?|describes?|above)"
    r"|\baccording to the (?:source|text|passage|section)\b",
    re.I,
)

_ANSWER_POINTS_AT_SOURCE = re.compile(
    r"(?:根据|按照|依据|参照|基于)(?:所给|给定|提供的|以上|上述)?资料|(?:所给|给定|提供的)资料|资料中?(?:没有|未)(?:提到|提及|说明|给出)"
    r"|\b(?:provided|given) (?:source|text|passage)\b|\baccording to the (?:source|text|passage)\b"
    r"|\bthe source (?:says|does not)\b",
    re.I,
)


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
        reading = _Reading(context, provenance_of(context.source))
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


class _Reading:
    """One reply as it is read: which slots are filled, which questions were asked."""

    def __init__(self, context: RolePlayContext, shared: Mapping[str, Any]) -> None:
        self._context = context
        self._shared = shared
        self._text = FragmentText(context.fragment)
        self._open = {slot.number: slot for slot in context.slots}
        self._asked: set[str] = set()
        self._boundary = boundary_of(context.fragment)

    def read(self, raw: Mapping[str, Any]) -> Instruction | Unusable:
        """The record that one draft makes, or why it makes none."""
        kept = json.dumps(raw, ensure_ascii=False)
        slot = self._open.pop(raw.get("slot", 0), None) if isinstance(raw.get("slot"), int) else None
        if slot is None:
            return Unusable("wrong_slot", f"slot {raw.get('slot')!r} was not asked for, or is answered twice", kept)
        if raw.get("task") != slot.task:
            return Unusable("wrong_task", f"slot {slot.number} is {slot.task}, found {raw.get('task')!r}", kept)
        if self._boundary in kept:
            return Unusable("prompt_leaked", f"slot {slot.number} repeats the mark around the source", kept)
        writing = self._context.writings[slot.task]
        try:
            draft = writing.draft.model_validate(raw)
            record = writing.to_record(draft, slot, QuotedSources(self._text, self._context.source, self._shared))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            path = ".".join(str(part) for part in first["loc"])
            return Unusable("invalid_draft", f"slot {slot.number}, {path}: {first['msg']}", kept)
        except InputError as error:
            return Unusable(error.reason, f"slot {slot.number}: {error.detail}", kept)
        return self._checked(draft, record, slot, kept)

    def missing(self) -> Iterator[Unusable]:
        """Slots that the reply left out."""
        for slot in self._open.values():
            asked = canonical_json({"slot": slot.number, "task": slot.task, "kind": slot.kind.id, "line": slot.focus})
            yield Unusable("slot_missing", f"slot {slot.number} ({slot.task}) was asked for and not answered", asked)

    def _checked(self, draft: Draft, record: Instruction, slot: Slot, kept: str) -> Instruction | Unusable:
        question = fold(record.user_text())
        if question in self._asked:
            return Unusable("question_repeated", f"slot {slot.number} asks what another slot asks", kept)
        if _POINTS_AT_SOURCE.search(draft.question):
            return Unusable("question_points_at_source", f"slot {slot.number}: nobody who asks has the source", kept)
        if told := contradiction(draft.question, slot.patient):
            return Unusable("another_child", f"slot {slot.number}: 「{told}」 is not the child that was planned", kept)
        if _ANSWER_POINTS_AT_SOURCE.search(kept):
            return Unusable("answer_points_at_source", f"slot {slot.number}: the reader has no source to look at", kept)
        self._asked.add(question)
        return record


WRITER = RolePlayWriter()
