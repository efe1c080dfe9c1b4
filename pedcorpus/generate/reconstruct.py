"""Writer `reconstruct`: medical rows of existing data sets, rebuilt step by step: judge, complete, restructure.

Each step is a request of its own. The judgement is a finding on the row as it was imported; a row judged good, or unfit
to be mended, stops there. Completing and restructuring are revisions: each an instruction whose `parent` is the one
before it, down to the imported row, so that the chain can be walked and any of it can stand. All rest on one evidence,
the question and the answer of the row: whatever a step adds is no fact of it, and the grounding check flags it for the
reviewers; until one accepts it, what it was made from stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel

from pedcorpus.generate.dialogue_text import holds_orders
from pedcorpus.generate.evidence import turn_evidence
from pedcorpus.generate.generator import Material
from pedcorpus.generate.imported import GENERATOR
from pedcorpus.generate.writer import Assignment, Unusable
from pedcorpus.llm import Ask, boundary_around, estimate_tokens, shown_between
from pedcorpus.normalise import fold
from pedcorpus.records import Dialogue, Finding, Instruction, Message, Severity, Source, SourceKind
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks import task_of
from pedcorpus.tasks.conversation import Conversation
from pedcorpus.tasks.prompts.medical import COMPLETE, FRAMES, JUDGE, RESTRUCTURE, VERSION, Answer, Judgement

__all__ = ["WRITER", "ReconstructContext", "ReconstructWriter"]

_TASK = "medical"
_TEMPERATURE: Mapping[str, float] = {"judge": 0.0, "complete": 0.3, "restructure": 0.3}
_ORDERS = {"judge": JUDGE, "complete": COMPLETE, "restructure": RESTRUCTURE}
_JUDGEMENT_TOKENS = 300
_LONGER = 3
"""A rebuilt answer has at most so many times the tokens of the one that it is made from."""

Step = Literal["judge", "complete", "restructure"]
_AFTER_JUDGING: Mapping[str, Step] = {"incomplete": "complete", "disordered": "restructure"}


@dataclass(frozen=True)
class ReconstructContext:
    """One step of one row."""

    source: Source
    dialogue: Dialogue
    step: Step
    before: Conversation
    """What this step works on: the imported row, or the revision of the step before."""
    language: Literal["zh", "en"]
    """In which the model is told."""
    room: int
    """Tokens that an answer may take at least."""
    problems: tuple[str, ...] = ()
    """What the judge found."""

    @property
    def mark(self) -> str:
        """The mark around what is shown; it does not occur in that."""
        return boundary_around(self.dialogue.id, "\n".join((*self.rows, self.before.answer)))

    @property
    def rows(self) -> tuple[str, ...]:
        """What is shown: what was said before, the question, the answer, and the problems found."""
        words = FRAMES[self.language]
        told = [*((turn.role, turn.content) for turn in self.before.history), ("user", self.before.question)]
        told.append(("assistant", self.before.answer))
        rows = [f"{words['asked' if role == 'user' else 'answered']} {_flat(text)}" for role, text in told]
        return (*rows, *(f"{words['problems']} {_flat(problem)}" for problem in self.problems))


class ReconstructWriter:
    """Makes old medical answers complete and orderly, where they are not, in recorded steps."""

    name = "reconstruct"
    version = VERSION
    kinds = frozenset({SourceKind.DATASET})
    tasks = frozenset({_TASK})

    def assignments(
        self, material: Material, settings: GenerateSettings, *, tasks: Collection[str]
    ) -> Iterator[Assignment]:
        if _TASK not in tasks:
            return
        rows = {dialogue.id: dialogue for dialogue in material.dialogues}
        asked: set[str] = set()
        for original in GENERATOR.drafts(material, settings):
            dialogue = rows[original.evidence[0].origin_id]
            if not isinstance(original, Conversation) or original.task != _TASK or fold(original.question) in asked:
                continue
            asked.add(fold(original.question))
            if dialogue.domain in settings.reconstruction_domains and not holds_orders(dialogue):
                language = original.language if settings.prompt_language == "source" else settings.prompt_language
                room = settings.reply_tokens_per_instruction
                yield _assignment(
                    f"{material.document.path}, row {dialogue.address.row}",
                    ReconstructContext(material.source, dialogue, "judge", original, language, room),
                )

    def drafts(self, assignment: Assignment, data: BaseModel) -> Iterator[Instruction | Unusable]:
        context = _context_of(assignment)
        if isinstance(data, Answer) and not _is_unchanged(context, data):
            yield _revised(context, data)

    def findings(self, assignment: Assignment, data: BaseModel) -> Iterator[Finding]:
        context = _context_of(assignment)
        if not isinstance(data, Judgement):
            return
        is_good = data.verdict == "good"
        yield Finding(
            instruction=context.before.id,
            check=f"{self.name}@{self.version}",
            severity=Severity.PASS if is_good else Severity.WARNING,
            reason="" if is_good else f"judged_{data.verdict}",
            detail="" if is_good else "; ".join(map(_flat, data.problems)) or f"a model judged it {data.verdict}",
            path="" if is_good else "answer",
        )

    def following(self, assignment: Assignment, data: BaseModel) -> Assignment | None:
        context = _context_of(assignment)
        if isinstance(data, Judgement):
            step = _AFTER_JUDGING.get(data.verdict)
            return _assignment(assignment.where, replace(context, step=step, problems=data.problems)) if step else None
        if context.step == "restructure":
            return None
        assert isinstance(data, Answer)
        made = context.before if _is_unchanged(context, data) else _revised(context, data)
        before = made if isinstance(made, Conversation) else context.before
        return _assignment(assignment.where, replace(context, step="restructure", before=before))


def _context_of(assignment: Assignment) -> ReconstructContext:
    context = assignment.context
    assert isinstance(context, ReconstructContext)
    return context


def _flat(text: str) -> str:
    return " ".join(text.split())


def _assignment(where: str, context: ReconstructContext) -> Assignment:
    longest = max(context.room, _LONGER * estimate_tokens(context.before.answer))
    ask = Ask(
        messages=(
            Message(role="system", content=_ORDERS[context.step][context.language]),
            Message(role="user", content=shown_between(context.mark, context.rows)),
        ),
        reply=Judgement if context.step == "judge" else Answer,
        max_tokens=_JUDGEMENT_TOKENS if context.step == "judge" else longest,
        temperature=_TEMPERATURE[context.step],
        tag=_TASK,
    )
    return Assignment(where, ask, {_TASK: 1}, context)


def _is_unchanged(context: ReconstructContext, data: Answer) -> bool:
    """Did the step find nothing to do? Then it makes no revision, and that is no failure."""
    return fold(data.answer) == fold(context.before.answer)


def _revised(context: ReconstructContext, data: Answer) -> Instruction | Unusable:
    """The next instruction of the chain, or why there is none."""
    answer = data.answer.strip()
    raw = data.model_dump_json()
    if context.mark in answer:
        return Unusable("prompt_leaked", f"{context.step}: the reply repeats the mark around the row", raw)
    if not answer:
        return Unusable("empty_answer", f"{context.step}: the reply says nothing", raw)
    turns = range(len(context.dialogue.turns))
    fields = context.before.body() | {
        "answer": answer,
        "evidence": [turn_evidence(context.source, context.dialogue, turn) for turn in turns],
        "generator": f"llm.{ReconstructWriter.name}@{ReconstructWriter.version}",
        "parent": context.before.id,
        "license": context.before.license,
        "tier": context.before.tier,
    }
    return task_of(_TASK).record.model_validate(fields)


WRITER = ReconstructWriter()
