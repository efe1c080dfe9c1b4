"""MedKQ&A: a question on paediatric medicine and an answer that stays inside its evidence."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pedcorpus.normalise import split_sentences
from pedcorpus.records import Claim, Instruction
from pedcorpus.tasks.frames import listing_sentence, said_claims
from pedcorpus.tasks.prompts import medkqa as prompt
from pedcorpus.tasks.task import Task
from pedcorpus.tasks.writing import Slot, Sources, Writing, joined

__all__ = ["TASK", "Aspect", "MedKQA", "listing_sentence"]

Aspect = Literal[
    "definition",
    "epidemiology",
    "cause",
    "mechanism",
    "manifestation",
    "examination",
    "diagnosis",
    "differential",
    "complication",
    "treatment",
    "care",
    "prevention",
    "prognosis",
    "other",
]


class MedKQA(Instruction):
    """Knowledge question answering on paediatric medicine."""

    task: Literal["medkqa"]
    aspect: Aspect
    """What about the topic is asked."""
    answer: str = Field(min_length=1)
    """Sentences of the evidence, cut to what the question asks; one line each where they form a list."""

    def user_text(self) -> str:
        return self.question

    def answer_text(self) -> str:
        return self.answer

    def claims(self) -> tuple[Claim, ...]:
        return tuple(
            claim
            for sentence in split_sentences(self.answer)
            for claim in said_claims("answer", sentence, self.evidence, language=self.language)
        )


def record_of(draft: prompt.MedKQADraft, slot: Slot, sources: Sources) -> MedKQA:
    """The record of what a model wrote.

    Raises:
        InputError: a quote stands nowhere in the fragment.
    """
    for part in draft.parts:
        sources.cite(part.quote)
    return MedKQA.model_validate(
        {
            "task": "medkqa",
            "topic": sources.topic,
            "asker": slot.asker,
            "question": draft.question,
            "aspect": slot.aspect,
            "answer": joined(draft.parts, language=sources.shared["language"]),
            "evidence": sources.evidence,
            **sources.shared,
        }
    )


TASK = Task(
    id="medkqa",
    record=MedKQA,
    title={"zh": "知识问答", "en": "Knowledge Q&A"},
    answer_words=(4, 600),
    reasons={
        "off_question": {"zh": "答非所问", "en": "Does not answer the question"},
        "too_long": {"zh": "照搬大段原文", "en": "A dump, not an answer"},
    },
    writing=Writing(
        version=prompt.VERSION,
        draft=prompt.MedKQADraft,
        instructions=prompt.INSTRUCTIONS,
        kinds=prompt.KINDS,
        to_record=record_of,
    ),
)
