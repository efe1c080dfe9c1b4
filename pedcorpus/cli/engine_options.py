"""The options that choose where a command's work runs, and the engine that they mean."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pedcorpus.engine import Engine
    from pedcorpus.settings import Workspace

__all__ = ["EngineOption", "RayAddressOption", "chosen_engine"]


class _EngineKind(StrEnum):
    PROCESSES = "processes"
    RAY = "ray"


EngineOption = Annotated[
    _EngineKind | None,
    typer.Option("--engine", help="Run in processes of this machine, or on Ray Data; default by settings."),
]
RayAddressOption = Annotated[
    str | None,
    typer.Option("--ray-address", metavar="HOST:PORT", help="A Ray cluster to run on, or auto; default by settings."),
]


def chosen_engine(
    workspace: Workspace, kind: _EngineKind | None, address: str | None, *, jobs: int | None = None
) -> Engine:
    """The engine that the options name, else the workspace's."""
    from pedcorpus.flow import engine_of

    return engine_of(workspace, kind=None if kind is None else kind.value, address=address, jobs=jobs)
