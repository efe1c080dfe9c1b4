"""A provider's batch files for what the writers would ask: submit, look, collect; the next run finds the replies."""

from __future__ import annotations

from collections.abc import Iterator

from pedcorpus.flow.jobs import Jobs, WantedDrafts
from pedcorpus.flow.llm import open_door, open_replies
from pedcorpus.llm import Ask, Batch, BatchReport, Endpoint, batch_states, collect_batches, submit_batches
from pedcorpus.settings import Workspace

__all__ = ["batch_status", "collect_drafts", "submit_drafts"]


def submit_drafts(
    workspace: Workspace,
    wanted: WantedDrafts,
    endpoint: Endpoint,
    *,
    max_cost: float | None = None,
    max_requests: int | None = None,
) -> list[Batch]:
    """Submit the requests of the drafts that are `wanted`, within the caps given here, else those of the settings.

    Raises:
        UsageError: no writer makes what is wanted.
        EndpointError: the provider does not take them; batches submitted before stay.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    jobs = Jobs(workspace, endpoint.model, wanted)
    with open_replies(workspace) as store:
        budget = open_door(workspace, endpoint, store, max_cost=max_cost, max_requests=max_requests).budget
        return submit_batches(endpoint, store, _asks(jobs), budget=budget)


def batch_status(workspace: Workspace, endpoint: Endpoint) -> list[tuple[Batch, str]]:
    """Every batch of this workspace, with the provider's word for its state where it is open.

    Raises:
        EndpointError: the provider cannot be asked.
    """
    with open_replies(workspace) as store:
        states = batch_states(endpoint, store)
        return [(batch, states.get(batch.token, batch.state)) for batch in store.batches()]


def collect_drafts(workspace: Workspace, endpoint: Endpoint) -> BatchReport:
    """Keep the replies of the batches that have ended.

    Raises:
        EndpointError: the provider cannot be asked.
        StoreError: the replies cannot be kept.
    """
    with open_replies(workspace) as store:
        return collect_batches(endpoint, store)


def _asks(jobs: Jobs) -> Iterator[Ask]:
    return (job.assignment.ask for job in jobs if not job.is_stored)
