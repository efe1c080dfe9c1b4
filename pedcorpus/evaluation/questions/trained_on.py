"""Questions that a model may have read in training: found, left out, and counted by why.

Left out is a question that the contamination report of an export lists, and one half or more of whose words, or of
whose reference answer's, stand in what a model of an export was trained on (`export.share_trained_on` says how that is
measured). Answers drawn from one graph or guideline share phrases, so that a smaller share does not tell.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pedcorpus.evaluation.questions.question import Asked, Question
from pedcorpus.export import Export, share_trained_on
from pedcorpus.tasks import task_of

__all__ = ["HALF", "without_trained_on"]

HALF = 0.5
"""Share of a text from which on it counts as read."""


def without_trained_on(asked: Asked, exports: Sequence[Export], *, share: float = HALF) -> Asked:
    """`asked` without what the models of `exports` may have read, whose numbers stand in `left_out`."""
    reasons: dict[str, str] = {}
    for export in exports:
        reasons = {**_read(asked, export, share), **_reported(asked, export), **reasons}
    kept = [question for question in asked.questions if question.id not in reasons]
    counts = Counter(reasons[question.id] for question in asked.questions if question.id in reasons)
    return replace(asked, questions=kept, left_out=(*asked.left_out, *sorted(counts.items())))


def _read(asked: Asked, export: Export, share: float) -> Mapping[str, str]:
    """Ids of questions whose words stand in training, with a code that says which words."""
    ids = [question.id for question in asked.questions]
    said = share_trained_on(export, [question.messages[-1].content for question in asked.questions], told="question")
    answered = share_trained_on(export, [_own_words(question) for question in asked.questions], told="answer")
    found = {name: "answer_in_training" for name, part in zip(ids, answered, strict=True) if part >= share}
    return found | {name: "question_in_training" for name, part in zip(ids, said, strict=True) if part >= share}


def _reported(asked: Asked, export: Export) -> Mapping[str, str]:
    """Ids of questions that the export's own report lists: of its test split, or of the file with the same bytes."""
    path = "reports/contamination.json"
    if path not in export.manifest.files:
        return {}
    report = json.loads((export.root / path).read_bytes())
    ours = {each["name"] for each in report["sets"] if each["sha256"] == asked.sha256}
    by_content = {question.id for question in asked.questions if question.record is not None}
    return {
        each["item"]: "contamination_report"
        for each in report["overlaps"]
        if each["set"] in ours or each["item"] in by_content
    }


def _own_words(question: Question) -> str:
    """The reference without the task's fixed safety line, which all answers may share."""
    line = task_of(question.task).safety_lines.get(question.language, "") if question.record is not None else ""
    return question.reference.replace(line, "") if line else question.reference
