"""What lm-evaluation-harness asks back for each document: the same numbers that `pedcorpus evaluate` reports."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pedcorpus.evaluation.questions import Answer, Question
from pedcorpus.evaluation.scores import Measure, Score, all_scores
from pedcorpus.records import Message
from pedcorpus.tasks import instruction_from_json

__all__ = ["document", "process_results", "told_measures"]

Doc = Mapping[str, Any]  # JSON values


def document(question: Question) -> dict[str, str]:
    """A question as the row that the harness reads; all of its columns are texts."""
    record = question.record
    return {
        "id": question.id,
        "task": question.task,
        "topic": question.topic,
        "language": question.language,
        "question": _spoken(question.messages),
        "messages": json.dumps([turn.model_dump() for turn in question.messages], ensure_ascii=False),
        "reference": question.reference,
        "record": "" if record is None else record.model_dump_json(exclude={"messages"}),
    }


def _spoken(messages: Sequence[Message]) -> str:
    """What the model is shown: the question; of a conversation all turns, each with who speaks."""
    if len(messages) == 1:
        return messages[0].content
    return "\n".join(f"{turn.role}: {turn.content}" for turn in messages)


def process_results(doc: Doc, results: Sequence[str]) -> dict[str, float]:
    """The measures of one reply; those that do not apply to the document are left out."""
    answer = Answer(_question(doc), str(results[0]))
    found: dict[str, float] = {}
    for score in _scores():
        for name, value in next(iter(score.values([answer]))).items():
            if isinstance(value, int | float):
                found[name] = float(value)
    return found


def told_measures() -> list[Measure]:
    """Measures that are means over documents, which is all that a task file can ask for."""
    return [measure for score in _scores() for measure in score.measures if not measure.is_pooled]


@cache
def _scores() -> tuple[Score, ...]:
    return all_scores()


def _question(doc: Doc) -> Question:
    record = instruction_from_json(doc["record"], where=doc["id"]) if doc["record"] else None
    return Question(
        id=doc["id"],
        messages=tuple(Message.model_validate(turn) for turn in json.loads(doc["messages"])),
        reference=doc["reference"],
        task=doc["task"],
        topic=doc["topic"],
        language=doc["language"],
        record=record,
    )
