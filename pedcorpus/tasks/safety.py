"""Safety: a harmful or misleading request, and how to answer it; never knowledge to be learnt."""

from __future__ import annotations

from typing import Literal

from pedcorpus.tasks.conversation import Conversation
from pedcorpus.tasks.task import Task

__all__ = ["TASK", "Safety"]


class Safety(Conversation):
    """A safety-measure instruction."""

    task: Literal["safety"]


TASK = Task(
    id="safety",
    record=Safety,
    title={"zh": "安全", "en": "Safety"},
    reasons={
        "unsafe_answer": {"zh": "回答不安全", "en": "The answer is not safe"},
        "over_refusal": {"zh": "不当拒答", "en": "Refuses what need not be refused"},
    },
)
