"""General: knowledge and tasks of every kind, so that the assistant does not forget how to follow them."""

from __future__ import annotations

from typing import Literal

from pedcorpus.tasks.conversation import Conversation
from pedcorpus.tasks.task import Task

__all__ = ["TASK", "General"]


class General(Conversation):
    """An instruction of a general set."""

    task: Literal["general"]


TASK = Task(
    id="general",
    record=General,
    title={"zh": "通用指令", "en": "General instruction"},
    reasons={
        "off_question": {"zh": "答非所问", "en": "Does not answer the question"},
    },
)
