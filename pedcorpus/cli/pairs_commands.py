"""The command that makes preference pairs with models: pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pedcorpus.cli.console import RichProgress, WorkspaceOption, talk, workspace_of
from pedcorpus.errors import ExitCode

if TYPE_CHECKING:
    from pedcorpus import flow

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command(epilog="Example: pedcorpus pairs --weak-model qwen2.5:0.5b --limit 20 --dry-run")(pairs)


def pairs(
    context: typer.Context,
    task: Annotated[list[str] | None, typer.Option("-t", "--task", help="Only this task; repeatable.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Take so many answers at most.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print requests and cost; send nothing.")] = False,
    max_cost: Annotated[
        float | None, typer.Option(min=0, help="Stop before both models cost more; default by settings.")
    ] = None,
    max_requests: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many requests; default by settings.")
    ] = None,
    replay: Annotated[
        bool, typer.Option("--replay", help="Make pairs of replies paid for before; the network stays off.")
    ] = False,
    base_url: Annotated[str, typer.Option(help="Where the strong model is; default by settings.")] = "",
    model: Annotated[str, typer.Option(help="Its name there; default by settings.")] = "",
    weak_base_url: Annotated[str, typer.Option(help="Where the weak model is; default by settings.")] = "",
    weak_model: Annotated[str, typer.Option(help="Its name there; default by settings.")] = "",
    workspace: WorkspaceOption = None,
) -> int:
    """Pair accepted answers, in humane words, with a weak model's; `export` adds reviewers' edits and rules' pairs."""
    from pedcorpus import flow

    with flow.open_pairs(
        workspace_of(context, workspace),
        tasks=task or (),
        limit=limit,
        base_url=base_url,
        model=model,
        weak_base_url=weak_base_url,
        weak_model=weak_model,
        max_cost=max_cost,
        max_requests=max_requests,
        replay=replay,
    ) as run:
        plan = run.plan()
        _tell_plan(plan, run)
        if dry_run:
            talk("nothing was sent")
            return ExitCode.DONE
        return _tell(run.make(progress=RichProgress(), total=plan.answers), run)


def _tell_plan(plan: flow.PairsPlan, run: flow.PairsRun) -> None:
    strong, weak = run.strong.endpoint, run.weak.endpoint
    talk(
        "{} answers: {} puts them into humane words, {} answers the same prompts; {} of {} requests paid for before",
        f"{plan.answers:,}",
        strong.model,
        weak.model,
        f"{plan.cached:,}",
        f"{2 * plan.answers:,}",
    )
    if strong.input_price or strong.output_price or weak.input_price or weak.output_price:
        talk("the rest costs {} and {} at most", f"{plan.humane_cost:,.2f}", f"{plan.weak_cost:,.2f}")
    else:
        talk("what the rest costs is not known: no prices in [llm] and [llm.weak]")


def _tell(report: flow.PairsReport, run: flow.PairsRun) -> int:
    from pedcorpus.cli.reports import tell_failures
    from pedcorpus.cli.writing_report import tell_cap, tell_spent

    tell_failures(report.failures)
    tell_spent(run.strong)
    if report.not_cached:
        talk("{} requests have no kept reply; run without --replay to ask them", f"{report.not_cached:,}")
    talk("made {} new pairs of {} answers", f"{report.pairs:,}", f"{report.answers:,}")
    tell_cap(run.strong)
    return ExitCode.SOME_FAILED if report.failures or report.not_cached else ExitCode.DONE
