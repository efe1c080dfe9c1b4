"""Drafts from existing data sets, row by row: what each row is for decides its task; nothing is reworded.

Consultations are not imported as they are: their doctors' replies are regularised by a model first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.generate.evidence import provenance, turn_evidence
from pedcorpus.generate.generator import Material
from pedcorpus.normalise import language_of
from pedcorpus.records import Asker, Dialogue, DialoguePurpose, Domain, Instruction, SourceKind
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks import task_of

__all__ = ["GENERATOR", "ImportedGenerator", "conversation_draft", "topic_of"]

_TOPIC_CHARS = 30
_PLACEHOLDER = re.compile(r"\{\{\s*(name|author)\s*\}\}", re.IGNORECASE)
_ANY_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}")


class ImportedGenerator:
    """Rows of data sets that are not consultations."""

    name = "imported"
    version = 1
    kinds = frozenset({SourceKind.DATASET, SourceKind.CONSULTATION})

    def drafts(self, material: Material, settings: GenerateSettings) -> Iterator[Instruction]:
        for dialogue in material.dialogues:
            task = _task(dialogue)
            if task is None or not _is_answered(dialogue):
                continue
            names = {"name": settings.assistant_name, "author": settings.assistant_author}
            rendered = _rendered(dialogue, names) if task == "self_cognition" else dialogue
            if rendered is not None:
                yield conversation_draft(task, material, dialogue, rendered)


def _task(dialogue: Dialogue) -> str | None:
    match dialogue.purpose, dialogue.domain:
        case DialoguePurpose.SAFETY, _:
            return "safety"
        case DialoguePurpose.SELF_COGNITION, _:
            return "self_cognition"
        case DialoguePurpose.INSTRUCTION, Domain.PAEDIATRIC | Domain.GENERAL_MEDICAL:
            return "medical"
        case DialoguePurpose.INSTRUCTION, _:
            return "general"
    return None


def _is_answered(dialogue: Dialogue) -> bool:
    return len(dialogue.turns) > 1 and dialogue.turns[-1].role in ("assistant", "doctor")


def _rendered(dialogue: Dialogue, names: dict[str, str]) -> Dialogue | None:
    """The row with the assistant's names in place of its placeholders; none where one is unknown."""

    def render(text: str) -> str:
        return _PLACEHOLDER.sub(lambda found: names[found[1].lower()], text)

    turns = tuple(turn.model_copy(update={"content": render(turn.content)}) for turn in dialogue.turns)
    if any(_ANY_PLACEHOLDER.search(turn.content) for turn in turns):
        return None
    return dialogue.model_copy(update={"turns": turns, "system": render(dialogue.system)})


def topic_of(dialogue: Dialogue) -> str:
    """What a row is about: its title, or the beginning of what is asked first."""
    return (dialogue.title or dialogue.turns[0].content).strip()[:_TOPIC_CHARS] or dialogue.id[:8]


def conversation_draft(task: str, material: Material, dialogue: Dialogue, said: Dialogue) -> Instruction:
    """A draft of `task` that says what `said` says, with the answers of `dialogue`, the row itself, as its evidence."""
    *before, question, answer = said.turns
    made = provenance(material.source, generator=GENERATOR.name, version=GENERATOR.version)
    fields = {
        **made,
        "language": language_of("".join(turn.content for turn in said.turns)),
        "task": task,
        "topic": topic_of(dialogue),
        "asker": Asker.USER,
        "system": said.system,
        "history": [{"role": _role(turn.role), "content": turn.content} for turn in before],
        "question": question.content,
        "answer": answer.content,
        "evidence": [
            turn_evidence(material.source, dialogue, index)
            for index, turn in enumerate(dialogue.turns)
            if _role(turn.role) == "assistant"
        ],
    }
    return task_of(task).record.model_validate(fields)


def _role(role: str) -> str:
    return "assistant" if role in ("assistant", "doctor") else "user"


GENERATOR = ImportedGenerator()
