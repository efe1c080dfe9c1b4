"""Consultation: a parent and a doctor, the doctor's replies put in order and the facts kept."""

from __future__ import annotations

from typing import Literal

from pedcorpus.tasks.conversation import Conversation
from pedcorpus.tasks.task import Task

__all__ = ["TASK", "Consultation"]


class Consultation(Conversation):
    """A real consultation, regularised: said better, and nothing said that was not."""

    task: Literal["consultation"]


TASK = Task(
    id="consultation",
    record=Consultation,
    title={"zh": "医患对话", "en": "Consultation"},
    answer_words=(4, 1200),
    reasons={
        "changed_facts": {"zh": "改了事实", "en": "A fact was changed"},
        "not_humane": {"zh": "语气生硬", "en": "Not how one speaks to a parent"},
    },
)
