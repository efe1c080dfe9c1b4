"""Reads one reply of `role_play` draft by draft: a record where all is as planned and quoted, else why not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from pedcorpus.errors import InputError
from pedcorpus.generate.quotes import FragmentText, QuotedSources
from pedcorpus.generate.role_play_context import RolePlayContext
from pedcorpus.generate.scene_words import contradiction
from pedcorpus.generate.source_text import boundary_of
from pedcorpus.generate.writer import Unusable
from pedcorpus.normalise import fold
from pedcorpus.records import Instruction, canonical_json
from pedcorpus.tasks.writing import Draft, Slot

__all__ = ["ReplyReading"]

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


class ReplyReading:
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
            return _unusable("wrong_slot", f"slot {raw.get('slot')!r} was not asked for, or is answered twice", kept)
        if raw.get("task") != slot.task:
            return _unusable("wrong_task", f"slot {slot.number} is {slot.task}, found {raw.get('task')!r}", kept)
        if self._boundary in kept:
            return _unusable("prompt_leaked", f"slot {slot.number} repeats the mark around the source", kept)
        writing = self._context.writings[slot.task]
        try:
            draft = writing.draft.model_validate(raw)
            record = writing.to_record(draft, slot, QuotedSources(self._text, self._context.source, self._shared))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            path = ".".join(str(part) for part in first["loc"])
            return _unusable("invalid_draft", f"slot {slot.number}, {path}: {first['msg']}", kept)
        except InputError as error:
            return _unusable(error.reason, f"slot {slot.number}: {error.detail}", kept)
        return self._checked(draft, record, slot, kept)

    def missing(self) -> Iterator[Unusable]:
        """Slots that the reply left out."""
        for slot in self._open.values():
            asked = canonical_json({"slot": slot.number, "task": slot.task, "kind": slot.kind.id, "line": slot.focus})
            yield _unusable("slot_missing", f"slot {slot.number} ({slot.task}) was asked for and not answered", asked)

    def _checked(self, draft: Draft, record: Instruction, slot: Slot, kept: str) -> Instruction | Unusable:
        question = fold(record.user_text())
        if question in self._asked:
            return _unusable("question_repeated", f"slot {slot.number} asks what another slot asks", kept)
        if _POINTS_AT_SOURCE.search(draft.question):
            return _unusable("question_points_at_source", f"slot {slot.number}: nobody who asks has the source", kept)
        if told := contradiction(draft.question, slot.patient):
            return _unusable("another_child", f"slot {slot.number}: 「{told}」 is not the child that was planned", kept)
        if _ANSWER_POINTS_AT_SOURCE.search(kept):
            return _unusable(
                "answer_points_at_source", f"slot {slot.number}: the reader has no source to look at", kept
            )
        self._asked.add(question)
        return record


def _unusable(reason: str, detail: str, raw: str) -> Unusable:
    """Half a character, which JSON can hold and no file can, is told by its number."""
    return Unusable(reason, *(text.encode("utf-8", "backslashreplace").decode() for text in (detail, raw)))
