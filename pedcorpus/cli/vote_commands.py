"""Commands for doctors' blind votes: vote, with vote prepare and vote report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from pedcorpus.cli.console import JsonOption, WorkspaceOption, print_json, talk, workspace_of
from pedcorpus.cli.vote_report import draw_votes, tell_votes, votes_json
from pedcorpus.cli.web_serving import (
    BehindProxyOption,
    HostOption,
    PortOption,
    WebOption,
    refuse_without_web,
    serve_screen,
)
from pedcorpus.errors import UsageError

if TYPE_CHECKING:
    from pedcorpus.flow import PreparedVote

__all__ = ["register"]

_CAST = "cast"
_HELP = ("-h", "--help")
RunArgument = Annotated[Path, typer.Argument(metavar="RUN", help="File of replies, JSON Lines or Parquet.")]
PairingOption = Annotated[str, typer.Option("--pairing", help="Begin of a pairing's id, as `vote prepare` prints it.")]


class _VoteGroup(TyperGroup):
    """`vote A B` and `vote --reviewer wang` cast votes, whatever the two files are called; `vote report` reports."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # typer's own context
        if not args or (args[0] not in self.commands and args[0] not in _HELP):
            args = [_CAST, *args]
        return list(super().parse_args(ctx, args))


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    votes = typer.Typer(cls=_VoteGroup, help="Doctors judge pairs of replies without knowing whose they are.")
    votes.command(_CAST, epilog="Example: pedcorpus vote runs/base.jsonl runs/dfpo.jsonl --reviewer wang")(cast)
    votes.command(epilog="Example: pedcorpus vote prepare runs/base.jsonl runs/dfpo.jsonl")(prepare)
    votes.command(epilog="Example: pedcorpus vote report --png votes.png")(report)
    app.add_typer(votes, name="vote")


def cast(
    context: typer.Context,
    runs: Annotated[
        list[Path] | None,
        typer.Argument(metavar="RUN_A RUN_B", help="Two files of replies; none takes what was prepared."),
    ] = None,
    reviewer: Annotated[
        str | None, typer.Option(help="Name under which votes are stored; default: settings, else your login.")
    ] = None,
    pairing: PairingOption = "",
    web: WebOption = False,
    host: HostOption = None,
    port: PortOption = None,
    behind_proxy: BehindProxyOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Judge pairs on professionalism, factuality and safety, blind; `vote RUN_A RUN_B` is short for it."""
    from pedcorpus import flow

    place = workspace_of(context, workspace)
    if runs:
        first, second = _two(runs)
        prepared = flow.prepare_vote(place, first, second)
        _tell_prepared(prepared)
        pairing = prepared.pairing
    ballot = flow.open_ballot(place, reviewer, pairing=pairing)
    if web:
        arguments = ["vote", "--pairing", ballot.pairing]
        serve_screen(place, arguments, reviewer=reviewer, host=host, port=port, behind_proxy=behind_proxy)
        return
    refuse_without_web(host=host, port=port, behind_proxy=behind_proxy)
    from pedcorpus.screens import run_vote

    code = run_vote(ballot, language=place.settings.language)
    if ballot.handed_in:
        talk("votes of {} are handed in; next: pedcorpus vote report", ballot.voter)
    raise typer.Exit(code)


def prepare(context: typer.Context, run_a: RunArgument, run_b: RunArgument, workspace: WorkspaceOption = None) -> None:
    """Keep two runs for voting, so that doctors need not see what the files are called."""
    from pedcorpus import flow

    prepared = flow.prepare_vote(workspace_of(context, workspace), run_a, run_b)
    _tell_prepared(prepared)
    talk("{} pairs wait for votes in pairing {}", prepared.pairs, prepared.pairing)
    talk("next, for each doctor: pedcorpus vote --reviewer NAME --pairing {}", prepared.pairing[:8])


def report(
    context: typer.Context,
    runs: Annotated[
        list[Path] | None, typer.Argument(metavar="RUN_A RUN_B", help="Two files; none takes every pairing.")
    ] = None,
    pairing: PairingOption = "",
    everybody: Annotated[bool, typer.Option("--all", help="Count sessions that are not handed in, too.")] = False,
    png: Annotated[Path | None, typer.Option("--png", metavar="FILE", help="Draw it into this file, too.")] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Wins, ties and losses of the first run by majority of the doctors, and how far to trust them."""
    from pedcorpus import flow

    place = workspace_of(context, workspace)
    found = flow.votes_of(place, _two(runs) if runs else (), pairing=pairing, everybody=everybody)
    if as_json:
        print_json([votes_json(each) for each in found])
    else:
        for each in found:
            tell_votes(each)
    if png:
        draw_votes(found, png, language=place.settings.language)


def _two(runs: list[Path]) -> tuple[Path, Path]:
    if len(runs) != 2:
        raise UsageError(f"found {len(runs)} file, expected two runs: pedcorpus vote RUN_A RUN_B")
    return runs[0], runs[1]


def _tell_prepared(prepared: PreparedVote) -> None:
    for line in prepared.left_out:
        talk("{}", line)
    for each in prepared.earlier:
        talk(
            "replies have changed since {} pairs were judged; those votes stay with pairing {}, this is {}",
            each.judged,
            each.id,
            prepared.pairing,
        )
