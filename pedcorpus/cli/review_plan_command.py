"""The command that shows the arithmetic of acceptance by sampling, and applies it: review plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pedcorpus.cli.console import JsonOption, WorkspaceOption, data, print_json, talk, workspace_of

if TYPE_CHECKING:
    from pedcorpus.flow import Lot, PlanReport
    from pedcorpus.settings import SamplingSettings

__all__ = ["register"]

_COLUMNS = (
    "source",
    "task",
    "generator",
    "verdict",
    "rows",
    "to review",
    "waiting",
    "reviewed",
    "rejected",
    "edited",
    "upper bound",
    "by plan",
)


def register(review: typer.Typer) -> None:
    """Add this file's command to the group `review`."""
    review.command(epilog="Example: pedcorpus review plan --json")(plan)


def plan(
    context: typer.Context,
    apply: Annotated[
        bool, typer.Option("--apply", help="Accept the rest of strata that passed; take back what no longer does.")
    ] = False,
    reviewer: Annotated[
        str | None, typer.Option(help="Who answers for it; default: settings, else your login.")
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """How many rows of each stratum to review, how many were wrong, and whether its rest may be accepted by plan."""
    from pedcorpus import flow

    place = workspace_of(context, workspace)
    applied = flow.apply_plan(place, reviewer) if apply else None
    report = flow.review_plan(place)
    if as_json:
        print_json(_json(report, place.settings.review.plan))
    else:
        _tell(report, place.settings.review.plan)
    if applied:
        talk("{} rows accepted by plan, {} taken back; each record says so", applied.accepted, applied.taken_back)
    else:
        _tell_next(report)


def _json(report: PlanReport, settings: SamplingSettings) -> dict[str, Any]:  # JSON values
    return {
        "settings": settings.model_dump(mode="json"),
        "strata": [_stratum(lot) for lot in report.lots],
        "one_by_one": report.one_by_one,
    }


def _stratum(lot: Lot) -> dict[str, Any]:  # JSON values
    held = lot.assessment
    return {
        "plan": held.plan.id,
        **held.plan.model_dump(mode="json"),
        "verdict": held.verdict.value,
        "to_review": held.required,
        "still_to_review": len(held.waiting),
        "by_plan": len(lot.accepted),
        "to_accept": len(held.acceptable),
        "to_take_back": len(lot.unsound),
    }


def _tell(report: PlanReport, settings: SamplingSettings) -> None:
    from pedcorpus.cli.reports import table

    title = f"fewer than {settings.limit:.2%} wrong, {settings.confidence:.0%} sure"
    data(table(title, _COLUMNS, [_row(lot) for lot in report.lots], numbers_from=4))


def _row(lot: Lot) -> tuple[object, ...]:
    held, made = lot.assessment, lot.assessment.plan
    return (
        *(made.source, made.task, made.generator, held.verdict, made.rows, held.required, len(held.waiting)),
        *(made.reviewed, made.rejected, made.edited, f"{made.upper_bound:.2%}", len(lot.accepted)),
    )


def _tell_next(report: PlanReport) -> None:
    accept = sum(len(lot.assessment.acceptable) for lot in report.lots)
    back = sum(len(lot.unsound) for lot in report.lots)
    talk("{} rows with a finding or a flag are reviewed one by one", report.one_by_one)
    if accept or back:
        talk("--apply accepts {} rows by plan and takes back {}", accept, back)
