"""Commands of items whose verdict is known: calibration add, list, remove."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pedcorpus.cli.console import JsonOption, WorkspaceOption, data, print_json, talk, workspace_of
from pedcorpus.errors import UsageError

__all__ = ["register"]

_COLUMNS = ("item", "task", "topic", "verdict", "reason", "from", "stands", "answered", "right")
ReviewerOption = Annotated[
    str | None, typer.Option(help="Who says so; default: settings, else your login. Not for plain reviewers.")
]


class Known(StrEnum):
    """Answers that can be known."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    calibration = typer.Typer(
        no_args_is_help=True,
        help="Items with a known answer, mixed in with what reviewers read, to see how they decide.",
    )
    calibration.command(epilog="Example: pedcorpus calibration add --from-adjudicated 30")(add)
    calibration.command("list", epilog="Example: pedcorpus calibration list --json")(list_)
    calibration.command(epilog="Example: pedcorpus calibration remove 0a8f8c11")(remove)
    app.add_typer(calibration, name="calibration")


def add(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(help="How ids of decided instructions begin.")] = None,
    verdict: Annotated[Known | None, typer.Option(help="The right answer; default: what was decided.")] = None,
    reason: Annotated[str, typer.Option(help="Why it is to be rejected: a code of its task.")] = "",
    from_adjudicated: Annotated[
        int, typer.Option(metavar="N", min=0, help="Up to N that an adjudicator or all their readers settled.")
    ] = 0,
    reviewer: ReviewerOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Keep decided instructions as items whose answer is known; [review.calibration] share mixes them in."""
    from pedcorpus import flow
    from pedcorpus.records import Verdict

    if bool(ids) == bool(from_adjudicated):
        raise UsageError("name ids, or --from-adjudicated N, and not both")
    place = workspace_of(context, workspace)
    if ids:
        known = Verdict(verdict) if verdict else None
        items = flow.add_known(place, ids, verdict=known, reason=reason, reviewer=reviewer)
    else:
        items = flow.add_settled(place, from_adjudicated, reviewer=reviewer)
    for item in items:
        talk("{} {} {}", item.instruction, item.verdict, item.reason)
    talk("{} items added", len(items))
    if not place.settings.review.calibration.share:
        talk("next: set share under {} in pedcorpus.toml, or nobody is offered one", "[review.calibration]")


def list_(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """Every item with its known answer and how it was answered; reviewers cannot tell them from others."""
    from pedcorpus import flow
    from pedcorpus.cli.reports import table

    known = flow.known_items(workspace_of(context, workspace))
    if as_json:
        print_json(
            [
                {**each.item.model_dump(mode="json"), "task": each.task, "topic": each.topic, "status": each.status,
                 "answered": each.answered, "right": each.right}
                for each in known
            ]
        )  # fmt: skip
        return
    rows = [
        (item.instruction, each.task, each.topic, item.verdict, item.reason, item.origin, each.status, each.answered,
         each.right)
        for each in known
        for item in (each.item,)
    ]  # fmt: skip
    data(table("", _COLUMNS, rows, numbers_from=7))


def remove(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(help="How ids of items begin.")],
    reviewer: ReviewerOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Offer items no more; their answers count no more."""
    from pedcorpus import flow

    talk("{} items removed", flow.remove_known(workspace_of(context, workspace), ids, reviewer=reviewer))
