"""One run of the writers from end to end: what would be asked, then asking it, under the workspace's settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from pedcorpus.flow.jobs import Jobs, WantedDrafts
from pedcorpus.flow.llm import endpoint_of, open_door, open_replies
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.writing import WriteReport, write
from pedcorpus.flow.writing_plan import WritingPlan, plan_writing
from pedcorpus.llm import Door
from pedcorpus.settings import Workspace

__all__ = ["WritingRun", "open_writing"]


@dataclass
class WritingRun:
    """A run that has not begun; nothing has been sent."""

    workspace: Workspace
    door: Door
    jobs: Jobs

    @cached_property
    def plan(self) -> WritingPlan:
        """What it would ask and cost."""
        return plan_writing(self.jobs, self.door.endpoint, self.door.store)

    def write(self, *, progress: Progress = NO_PROGRESS) -> WriteReport:
        """Ask, and store what the replies are worth; ends early where a cap is reached (`door.budget.reached`).

        Raises:
            EndpointError: the endpoint cannot be used; what was paid for is kept.
            StoreError: replies cannot be kept.
            CorpusError: the corpus cannot be used.
        """
        return write(self.workspace, self.door, self.jobs, total=self.plan.requests, progress=progress)


@contextmanager
def open_writing(
    workspace: Workspace,
    wanted: WantedDrafts,
    *,
    base_url: str = "",
    model: str = "",
    max_cost: float | None = None,
    max_requests: int | None = None,
    replay: bool = False,
) -> Iterator[WritingRun]:
    """A run for the drafts that are `wanted`; with `replay` nothing is ever sent.

    Raises:
        UsageError: no model is named, no writer makes what is wanted, or nothing ever failed as `wanted.retry` says.
        CorpusError: there is no corpus here, or it cannot be used.
        StoreError: the file of replies cannot be used.
    """
    endpoint = endpoint_of(workspace, base_url=base_url, model=model)
    jobs = Jobs(workspace, endpoint.model, wanted)
    with open_replies(workspace) as store:
        door = open_door(
            workspace,
            endpoint,
            store,
            max_cost=max_cost,
            max_requests=max_requests,
            replay=replay,
            retry=jobs.faults,
            anew=jobs.anew,
        )
        yield WritingRun(workspace, door, jobs)
