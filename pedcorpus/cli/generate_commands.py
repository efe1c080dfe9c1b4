"""The command that makes drafts, by rule or with a language model: generate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from pedcorpus.cli.console import RichProgress, WorkspaceOption, workspace_of
from pedcorpus.cli.engine_options import EngineOption, RayAddressOption, chosen_engine
from pedcorpus.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from pedcorpus import flow
    from pedcorpus.engine import Engine
    from pedcorpus.settings import Workspace

__all__ = ["register"]

_RULE, _MODEL = "rule", "llm"


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command(epilog="Example: pedcorpus generate --generator llm --task evidiag --limit 50")(generate)


def generate(
    context: typer.Context,
    generator: Annotated[
        str,
        typer.Option("-g", "--generator", help="rule; llm, all writers that ask a model; or one of these."),
    ] = _RULE,
    task: Annotated[list[str] | None, typer.Option("-t", "--task", help="Only this task; repeatable.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Plan so many drafts at most, but one fragment's.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print requests, tokens and cost by task; send nothing.")
    ] = False,
    max_cost: Annotated[
        float | None, typer.Option(min=0, help="Stop before the run costs more; default by settings.")
    ] = None,
    max_requests: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many requests; default by settings.")
    ] = None,
    replay: Annotated[
        bool, typer.Option("--replay", help="Make drafts of replies paid for before; the network stays off.")
    ] = False,
    retry: Annotated[
        list[str] | None, typer.Option(help="Ask anew where this was wrong, as truncated or slot_missing.")
    ] = None,
    base_url: Annotated[str, typer.Option(help="Where the server is; default by settings.")] = "",
    model: Annotated[str, typer.Option(help="The model's name there; default by settings.")] = "",
    engine: EngineOption = None,
    ray_address: RayAddressOption = None,
    workspace: WorkspaceOption = None,
) -> int:
    """Draft instructions, by rule or with a language model, and check them."""
    from pedcorpus import flow

    place = workspace_of(context, workspace)
    chosen = chosen_engine(place, engine, ray_address)
    if generator == _RULE:
        _refuse({"--task": task, "--limit": limit, "--dry-run": dry_run, "--max-cost": max_cost is not None})
        _refuse({"--max-requests": max_requests, "--replay": replay, "--retry": retry})
        _refuse({"--base-url": base_url, "--model": model})
        return _by_rule(place, chosen)
    wanted = flow.WantedDrafts(
        tasks=frozenset(task or ()),
        writers=frozenset() if generator == _MODEL else frozenset({generator}),
        limit=limit,
        retry=frozenset(retry or ()),
    )
    with flow.open_writing(
        place,
        wanted,
        base_url=base_url,
        model=model,
        max_cost=max_cost,
        max_requests=max_requests,
        replay=replay,
    ) as run:
        return _plan(run) if dry_run else _write(place, run, chosen)


def _refuse(options: Mapping[str, object]) -> None:
    """Rules ask no model, and draft from all that they have not seen."""
    if given := [name for name, value in options.items() if value]:
        raise UsageError(f"{given[0]} is for drafts that a model writes; add --generator llm")


def _by_rule(place: Workspace, engine: Engine) -> int:
    from pedcorpus import flow
    from pedcorpus.cli.reports import tell_curate, tell_generate

    report = flow.generate(place, engine=engine, progress=RichProgress())
    tell_generate(report)
    tell_curate(flow.curate(place, engine=engine, progress=RichProgress()))
    return ExitCode.SOME_FAILED if report.failures else ExitCode.DONE


def _plan(run: flow.WritingRun) -> int:
    from pedcorpus.cli.writing_report import tell_writing_plan

    tell_writing_plan(run.plan, run.door.endpoint)
    return ExitCode.DONE


def _write(place: Workspace, run: flow.WritingRun, engine: Engine) -> int:
    from pedcorpus import flow
    from pedcorpus.cli.reports import tell_curate
    from pedcorpus.cli.writing_report import tell_writing, tell_writing_start

    tell_writing_start(run.plan, run.door.endpoint)
    report = run.write(progress=RichProgress())
    tell_writing(report, run.door)
    tell_curate(flow.curate(place, engine=engine, progress=RichProgress()))
    return ExitCode.SOME_FAILED if report.failures or report.not_cached else ExitCode.DONE
