"""Which engine a workspace runs on: as its settings say, or as one command does."""

from __future__ import annotations

from typing import Literal

from pedcorpus.engine import Engine, Processes, RayData
from pedcorpus.errors import UsageError
from pedcorpus.settings import Workspace

__all__ = ["engine_of"]


def engine_of(
    workspace: Workspace,
    *,
    kind: Literal["processes", "ray"] | None = None,
    address: str | None = None,
    jobs: int | None = None,
) -> Engine:
    """The engine of `workspace`; an `address` of a cluster means Ray.

    Args:
        workspace: whose settings hold for what is not given.
        kind: which engine.
        address: of a Ray cluster; empty starts one on this machine.
        jobs: processes, or workers of a Ray on this machine; 0 takes one for each processor.

    Raises:
        UsageError: an address is given for another engine.
    """
    settings = workspace.settings
    if address and kind == "processes":
        raise UsageError(f"a Ray cluster ({address}) is given, and the engine is processes; add --engine ray")
    jobs = settings.ingest.jobs if jobs is None else jobs
    if (kind or ("ray" if address else settings.engine.kind)) == "processes":
        return Processes(jobs)
    return RayData(settings.engine.address if address is None else address, jobs)
