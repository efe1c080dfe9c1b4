"""What a run of the writers would ask and cost, by task, before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pedcorpus.engine import batches
from pedcorpus.flow.jobs import Job, Jobs
from pedcorpus.llm import Endpoint, ReplyStore, cost_of, estimate_prompt

__all__ = ["TaskPlan", "WritingPlan", "plan_writing"]

_LOOKED_UP = 500
"""Requests that are looked up in the reply store at a time."""


@dataclass
class TaskPlan:
    """One task's share; a request that is made for several tasks counts by the drafts planned of each."""

    instructions: int = 0
    requests: float = 0.0
    prompt_tokens: float = 0.0
    completion_tokens: float = 0.0
    """At most."""
    cost: float = 0.0
    """At most, in the currency of the endpoint's prices."""


@dataclass
class WritingPlan:
    """What would be asked; tokens are estimates."""

    requests: int = 0
    cached: int = 0
    """Of these, answered by replies that were paid for before."""
    tasks: dict[str, TaskPlan] = field(default_factory=dict)
    """What is to be paid for, by task."""

    @property
    def cost(self) -> float:
        """At most, all tasks together."""
        return sum(task.cost for task in self.tasks.values())


def plan_writing(jobs: Jobs, endpoint: Endpoint, store: ReplyStore) -> WritingPlan:
    """One pass over the jobs; nothing is sent or stored. Steps that follow from a reply are not foreseen."""
    plan = WritingPlan()
    factor = store.token_factor()
    for batch in batches(jobs, _LOOKED_UP):
        known = store.find({job.key for job in batch})
        plan.requests += len(batch)
        plan.cached += sum(job.key in known for job in batch)
        _add(plan, [job for job in batch if job.key not in known], endpoint, factor)
    return plan


def _add(plan: WritingPlan, jobs: Sequence[Job], endpoint: Endpoint, factor: float) -> None:
    for job in jobs:
        planned = job.assignment.planned
        prompt = estimate_prompt(job.assignment.ask) * factor
        completion = job.assignment.ask.max_tokens
        for task, count in planned.items():
            share = count / sum(planned.values())
            row = plan.tasks.setdefault(task, TaskPlan())
            row.instructions += count
            row.requests += share
            row.prompt_tokens += share * prompt
            row.completion_tokens += share * completion
            row.cost += share * cost_of(endpoint, prompt, completion)
