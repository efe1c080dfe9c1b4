"""MedKQ&A: a question on paediatric medicine and an answer that stays inside its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from pydantic import Field

from pedcorpus.normalise import split_sentences
from pedcorpus.records import Basis, Claim, Instruction
from pedcorpus.tasks.task import Task

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

# A knowledge graph has no sentences to quote. Its statements are put into these frames, and the
# grounding check takes the same frames off again: what is left must stand in the triples.
_FRAMES = {
    "zh": {
        "has_symptom": "{head}常见的表现有：{tails}。",
        "also_has_symptom": "{head}还可有：{tails}。",
        "shares_symptom": "{head}都可出现：{tails}。",
        "requires_exam": "怀疑{head}时常做的检查有：{tails}。",
        "treated_by": "{head}常用的治疗药物有：{tails}。",
        "treated_with": "{head}常用的治疗方法有：{tails}。",
        "has_complication": "{head}可能出现的并发症有：{tails}。",
        "caused_by": "{head}的常见病因有：{tails}。",
        "belongs_to_department": "{head}一般就诊的科室是：{tails}。",
        "differs_from": "{head}需要与这些疾病鉴别：{tails}。",
        "prevented_by": "{head}的预防措施有：{tails}。",
    },
    "en": {
        "has_symptom": "{head} commonly presents with: {tails}.",
        "also_has_symptom": "{head} may also show: {tails}.",
        "shares_symptom": "{head} can both show: {tails}.",
        "requires_exam": "When {head} is suspected, the usual investigations are: {tails}.",
        "treated_by": "Drugs commonly used for {head}: {tails}.",
        "treated_with": "Common treatments of {head}: {tails}.",
        "has_complication": "Possible complications of {head}: {tails}.",
        "caused_by": "Common causes of {head}: {tails}.",
        "belongs_to_department": "{head} is usually seen by: {tails}.",
        "differs_from": "{head} has to be told apart from: {tails}.",
        "prevented_by": "{head} is prevented by: {tails}.",
    },
}
_JOIN = {"zh": "、", "en": "; "}
_AND = {"zh": "和", "en": " and "}


def listing_sentence(relation: str, heads: Sequence[str], tails: Sequence[str], *, language: str) -> str | None:
    """The sentence that states `relation` of a graph, or none where there is no frame for it."""
    frame = _FRAMES[language].get(relation)
    if frame is None:
        return None
    return frame.format(head=_AND[language].join(heads), tails=_JOIN[language].join(tails))


@cache
def _frame_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    patterns = []
    for frame in _FRAMES[language].values():
        pattern = re.escape(frame).replace(r"\{head\}", "(?P<head>.+?)").replace(r"\{tails\}", "(?P<tails>.+)")
        patterns.append(re.compile(pattern))
    return tuple(patterns)


def _framed_parts(sentence: str, language: str) -> list[str]:
    """Heads and tails of a sentence made by `listing_sentence`; empty for any other sentence."""
    for pattern in _frame_patterns(language):
        if match := pattern.fullmatch(sentence):
            return [*match["head"].split(_AND[language]), *match["tails"].split(_JOIN[language])]
    return []


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
        claims = []
        over_triples = any(item.origin == "triple" for item in self.evidence)
        for sentence in split_sentences(self.answer):
            parts = _framed_parts(sentence, self.language) if over_triples else []
            claims += [Claim(path="answer", text=part, basis=Basis.QUOTED) for part in parts or [sentence]]
        return tuple(claims)


TASK = Task(
    id="medkqa",
    record=MedKQA,
    title={"zh": "知识问答", "en": "Knowledge Q&A"},
    reasons={
        "off_question": {"zh": "答非所问", "en": "Does not answer the question"},
        "too_long": {"zh": "照搬大段原文", "en": "A dump, not an answer"},
    },
)
