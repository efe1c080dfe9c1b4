"""Commands that decide and release: review with review plan, export."""

from __future__ import annotations

from typing import Annotated

import typer

from pedcorpus.cli import review_plan_command
from pedcorpus.cli.console import RichProgress, WorkspaceOption, talk, workspace_of
from pedcorpus.cli.convert_command import FormatsOption, convert_each, known_formats
from pedcorpus.cli.web_serving import (
    BehindProxyOption,
    HostOption,
    PortOption,
    WebOption,
    refuse_without_web,
    serve_screen,
)
from pedcorpus.errors import UsageError
from pedcorpus.records import Status, Tier

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    desk = typer.Typer()
    desk.callback(invoke_without_command=True, epilog="Example: pedcorpus review --reviewer wang")(review)
    review_plan_command.register(desk)
    app.add_typer(desk, name="review")
    app.command(epilog="Example: pedcorpus export --version v1")(export)


def review(
    context: typer.Context,
    reviewer: Annotated[
        str | None, typer.Option(help="Name under which decisions are stored; default: settings, else your login.")
    ] = None,
    accept_all: Annotated[
        bool, typer.Option("--accept-all", help="For demos: accept every candidate, recorded as such in each record.")
    ] = False,
    adjudicate: Annotated[
        bool, typer.Option("--adjudicate", help="Settle what readers disagree on; for adjudicators and stewards.")
    ] = False,
    web: WebOption = False,
    host: HostOption = None,
    port: PortOption = None,
    behind_proxy: BehindProxyOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Read, accept, reject and edit what waits, beside its source."""
    if context.invoked_subcommand:
        return
    from pedcorpus import flow

    place = workspace_of(context, workspace)
    if accept_all and (web or adjudicate):
        raise UsageError("--accept-all opens no screen; leave --web and --adjudicate out")
    if accept_all:
        accepted = flow.accept_all(place, reviewer)
        talk("{} candidates accepted in bulk; every record says so", accepted)
        talk("next: pedcorpus export --version v1")
        return
    if web:
        ruling = ["review", "--adjudicate"]
        command, disputes = (ruling, []) if adjudicate else (["review"], ruling)
        serve_screen(
            place, command, reviewer=reviewer, host=host, port=port, behind_proxy=behind_proxy, disputes=disputes
        )
        return
    refuse_without_web(host=host, port=port, behind_proxy=behind_proxy)
    from pedcorpus.screens import run_review

    desk = flow.open_desk(place, reviewer, adjudicates=adjudicate)
    raise typer.Exit(run_review(desk, language=place.settings.language))


def export(
    context: typer.Context,
    version: Annotated[str, typer.Option(help="Name of the new version, as v1; a finished version never changes.")],
    tier: Annotated[Tier, typer.Option(help="Strictest tier that may go in.")] = Tier.INTERNAL,
    status: Annotated[
        Status, typer.Option(help="`candidate` adds what nobody has accepted yet; the card says so.")
    ] = Status.ACCEPTED,
    form: FormatsOption = None,
    allow_low_agreement: Annotated[
        str,
        typer.Option(metavar="REASON", help="A steward's, to export though readers agree too little; it is stated."),
    ] = "",
    follows: Annotated[
        str, typer.Option("--from", metavar="VERSION", help="Version that it says it follows; default the latest.")
    ] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Write accepted instructions as an immutable, described version with four training views."""
    from pedcorpus import flow
    from pedcorpus.cli.reports import tell_export

    place, forms = workspace_of(context, workspace), known_formats(form)
    made = flow.export(
        place,
        version,
        tier=tier,
        status=status,
        allow_low_agreement=allow_low_agreement,
        follows=follows,
        progress=RichProgress(),
    )
    tell_export(made)
    if allow_low_agreement and not made.manifest.low_agreement:
        talk("readers agree as the settings ask: --allow-low-agreement was not needed, and is not stated")
    convert_each(place, version, forms)
