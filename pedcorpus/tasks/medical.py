"""Medical: a question on any medicine from an existing data set, as it came or rebuilt step by step."""

from __future__ import annotations

from typing import Literal

from pedcorpus.tasks.conversation import Conversation
from pedcorpus.tasks.task import Task

__all__ = ["TASK", "Medical"]


class Medical(Conversation):
    """General medical question answering."""

    task: Literal["medical"]


TASK = Task(
    id="medical",
    record=Medical,
    title={"zh": "医学问答", "en": "Medical Q&A"},
    answer_words=(4, 2000),
    reasons={
        "off_question": {"zh": "答非所问", "en": "Does not answer the question"},
        "illogical": {"zh": "条理不清", "en": "Does not follow logically"},
    },
)
