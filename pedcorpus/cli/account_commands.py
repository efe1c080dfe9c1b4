"""Commands of who may log in: reviewers add, token, role, remove, list."""

from __future__ import annotations

from typing import Annotated

import typer

from pedcorpus.cli.console import JsonOption, WorkspaceOption, data, print_json, talk, workspace_of
from pedcorpus.records import Role

__all__ = ["register"]

NameArgument = Annotated[str, typer.Argument(help="Name under which this person's decisions are stored.")]
RoleOption = Annotated[
    Role,
    typer.Option(help="An adjudicator also decides where reviewers disagree; a steward also sees who said what."),
]


def register(reviewers: typer.Typer) -> None:
    """Add this file's commands to the group `reviewers`."""
    reviewers.command(epilog="Example: pedcorpus reviewers add wang --role adjudicator")(add)
    reviewers.command(epilog="Example: pedcorpus reviewers token wang")(token)
    reviewers.command(epilog="Example: pedcorpus reviewers role wang steward")(role)
    reviewers.command(epilog="Example: pedcorpus reviewers remove wang")(remove)
    reviewers.command("list", epilog="Example: pedcorpus reviewers list --json")(list_)


def add(
    context: typer.Context, name: NameArgument, role: RoleOption = Role.REVIEWER, workspace: WorkspaceOption = None
) -> None:
    """Let somebody log in with a token, which is printed this once; from the first account on, everybody has to."""
    from pedcorpus import flow

    _tell_token(flow.add_account(workspace_of(context, workspace), name, role), name)


def token(context: typer.Context, name: NameArgument, workspace: WorkspaceOption = None) -> None:
    """Print a new token for somebody; the old one, and whoever is logged in with it, is out."""
    from pedcorpus import flow

    _tell_token(flow.renew_token(workspace_of(context, workspace), name), name)


def role(
    context: typer.Context,
    name: NameArgument,
    role: Annotated[Role, typer.Argument(help="What this person may do from now on.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Change what somebody may do; the token stays."""
    from pedcorpus import flow

    flow.change_role(workspace_of(context, workspace), name, role)
    talk("{} is {} from now on", name, role)


def remove(context: typer.Context, name: NameArgument, workspace: WorkspaceOption = None) -> None:
    """Let somebody log in no more; what was decided stays."""
    from pedcorpus import flow

    place = workspace_of(context, workspace)
    flow.remove_account(place, name)
    talk("{} logs in no more; the decisions stay", name)
    if not flow.accounts(place):
        talk("no account is left: whoever can read this workspace may do everything")


def list_(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """Who may log in, as what, and since when with the present token."""
    from pedcorpus import flow
    from pedcorpus.cli.reports import table

    rows = [
        {"name": account.name, "role": account.role, "issued": account.issued.isoformat()}
        for account in flow.accounts(workspace_of(context, workspace))
    ]
    if as_json:
        print_json(rows)
    elif rows:
        data(table("", ("name", "role", "token issued"), [tuple(row.values()) for row in rows]))
    else:
        talk(
            "no accounts: whoever can read this workspace may do everything; add one with: pedcorpus reviewers add NAME"
        )


def _tell_token(token: str, name: str) -> None:
    typer.echo(token)
    talk("{}'s token, shown this once: only its hash is kept. Hand it over in person or by a password manager.", name)
