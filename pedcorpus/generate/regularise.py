"""Writer `regularise`: the terse replies of a doctor in a real consultation, written out by a model, facts untouched.

One request a consultation. The parents' words stay as they were said; each rewritten reply names the line it rewrites.
Whether every fact is kept is for the checks: here only the frame of the conversation is held to. Consultations in which
somebody gives orders to a language model are passed over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from pedcorpus.generate.dialogue_text import answered_part, holds_orders, mark_of, shown_turns
from pedcorpus.generate.evidence import provenance, turn_evidence
from pedcorpus.generate.generator import Material
from pedcorpus.generate.imported import topic_of
from pedcorpus.generate.writer import Assignment, Unusable
from pedcorpus.llm import Ask, estimate_tokens
from pedcorpus.normalise import language_of
from pedcorpus.records import Asker, Dialogue, DialoguePurpose, Instruction, Message, Source, SourceKind, Turn
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks import task_of
from pedcorpus.tasks.courtesy import is_courtesy
from pedcorpus.tasks.prompts.consultation import INSTRUCTIONS, SPEAKERS, VERSION, RegularisedReply

__all__ = ["WRITER", "RegulariseContext", "RegulariseWriter"]

_TASK = "consultation"
_COLON = {"zh": "：", "en": ": "}
_LONGER = 3
"""A rewritten reply has at most so many times the tokens of the original."""
_TEMPERATURE = 0.3


@dataclass(frozen=True)
class RegulariseContext:
    """What a reply is held against."""

    source: Source
    dialogue: Dialogue
    first: int
    """Turn of the dialogue that is shown as line 1."""
    turns: Sequence[Turn]
    mark: str

    @property
    def doctors_lines(self) -> tuple[int, ...]:
        """Numbers of the lines to be rewritten."""
        return tuple(number for number, turn in enumerate(self.turns, 1) if turn.role == "doctor")


class RegulariseWriter:
    """Makes consultations fit to learn from."""

    name = "regularise"
    version = VERSION
    kinds = frozenset({SourceKind.CONSULTATION, SourceKind.DATASET})
    tasks = frozenset({_TASK})

    def assignments(
        self, material: Material, settings: GenerateSettings, *, tasks: Collection[str]
    ) -> Iterator[Assignment]:
        if _TASK not in tasks:
            return
        for dialogue in material.dialogues:
            if dialogue.purpose is not DialoguePurpose.CONSULTATION or holds_orders(dialogue):
                continue
            first, turns = answered_part(dialogue)
            if dialogue.domain in settings.consultation_domains and _says_something(turns):
                context = RegulariseContext(material.source, dialogue, first, turns, mark_of(dialogue))
                yield _assignment(f"{material.document.path}, row {dialogue.address.row}", context, settings)

    def drafts(self, assignment: Assignment, data: BaseModel) -> Iterator[Instruction | Unusable]:
        context = assignment.context
        assert isinstance(context, RegulariseContext)
        assert isinstance(data, RegularisedReply)
        raw = data.model_dump_json()
        if problem := _problem(context, data):
            yield Unusable(*problem, raw)
        else:
            yield _record(context, {turn.turn: turn.text.strip() for turn in data.turns})


def _says_something(turns: Sequence[Turn]) -> bool:
    return any(turn.role == "doctor" and not is_courtesy(turn.content) for turn in turns)


def _assignment(where: str, context: RegulariseContext, settings: GenerateSettings) -> Assignment:
    language = settings.prompt_language
    if language == "source":
        language = language_of("".join(turn.content for turn in context.turns))
    shown = shown_turns(context.turns, context.mark, speakers=SPEAKERS[language], colon=_COLON[language])
    said = sum(estimate_tokens(context.turns[line - 1].content) for line in context.doctors_lines)
    ask = Ask(
        messages=(Message(role="system", content=INSTRUCTIONS[language]), Message(role="user", content=shown)),
        reply=RegularisedReply,
        max_tokens=settings.reply_tokens_per_instruction * len(context.doctors_lines) + _LONGER * said,
        temperature=_TEMPERATURE,
        tag=_TASK,
    )
    return Assignment(where, ask, {_TASK: 1}, context)


def _problem(context: RegulariseContext, data: RegularisedReply) -> tuple[str, str] | None:
    """Why the reply is no conversation with the same turns: reason and detail."""
    found = [turn.turn for turn in data.turns]
    wanted = list(context.doctors_lines)
    if any(context.mark in turn.text for turn in data.turns):
        return "prompt_leaked", "a reply repeats the mark around the conversation"
    if strange := sorted(set(found) - set(wanted)):
        return "wrong_turn", f"line {strange[0]} is not the doctor's; the doctor's lines are {wanted}"
    if lost := sorted(set(wanted) - set(found)):
        return "turn_missing", f"line {lost[0]} is the doctor's and was not rewritten"
    if found != wanted:
        return "order_changed", f"found lines {found}, expected {wanted}"
    if empty := next((turn.turn for turn in data.turns if not turn.text.strip()), None):
        return "empty_turn", f"line {empty} was rewritten to nothing"
    return None


def _record(context: RegulariseContext, texts: dict[int, str]) -> Instruction:
    said = [(turn.role, texts.get(number, turn.content)) for number, turn in enumerate(context.turns, 1)]
    *before, question, answer = said
    dialogue = context.dialogue
    fields = {
        **provenance(context.source, generator=RegulariseWriter.name, version=RegulariseWriter.version, maker="llm"),
        "language": language_of("".join(text for _, text in said)),
        "task": _TASK,
        "topic": topic_of(dialogue),
        "asker": Asker.USER,
        "history": [{"role": "assistant" if role == "doctor" else "user", "content": text} for role, text in before],
        "question": question[1],
        "answer": answer[1],
        "evidence": [
            turn_evidence(context.source, dialogue, context.first + offset) for offset in range(len(context.turns))
        ],
    }
    return task_of(_TASK).record.model_validate(fields)


WRITER = RegulariseWriter()
