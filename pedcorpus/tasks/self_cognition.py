"""Self-cognition: who the assistant is, rendered with the name in the settings."""

from __future__ import annotations

from typing import Literal

from pedcorpus.records import Claim
from pedcorpus.tasks.conversation import Conversation, Rewrite
from pedcorpus.tasks.task import Task

__all__ = ["TASK", "SelfCognition"]


class SelfCognition(Conversation):
    """What the assistant says of itself."""

    task: Literal["self_cognition"]

    def claims(self) -> tuple[Claim, ...]:
        """Nothing: who the assistant is stands in the settings, not in a source."""
        return ()

    def rewrites(self) -> tuple[Rewrite, ...]:
        """Nothing: its source has placeholders for what the settings say."""
        return ()


TASK = Task(
    id="self_cognition",
    record=SelfCognition,
    title={"zh": "自我认知", "en": "Self-cognition"},
    answer_words=(4, 400),
    reasons={
        "wrong_name": {"zh": "名称不对", "en": "Not the assistant's name"},
    },
)
