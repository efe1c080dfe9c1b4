"""The command that tells what the checks say: findings."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from pedcorpus.cli.console import JsonOption, WorkspaceOption, data, print_json, talk, workspace_of
from pedcorpus.errors import ExitCode
from pedcorpus.records import FindingGroup

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command(epilog="Example: pedcorpus findings --by source --check dose")(findings)


def findings(
    context: typer.Context,
    by: Annotated[
        list[FindingGroup] | None, typer.Option("--by", help="Count each source, or task, apart; repeat for both.")
    ] = None,
    check: Annotated[str, typer.Option(help="Only what this check says, as dose.")] = "",
    reason: Annotated[str, typer.Option(help="Only this reason, as over_ceiling.")] = "",
    source: Annotated[str, typer.Option(help="Only instructions from this work.")] = "",
    task: Annotated[str, typer.Option(help="Only instructions of this task.")] = "",
    examples: Annotated[
        int, typer.Option("-n", "--examples", min=0, help="List so many findings one by one, errors first.")
    ] = 0,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    """Tabulate what the checks say of the corpus, by check, source and task."""
    from pedcorpus import flow
    from pedcorpus.cli.reports import findings_table, table

    place, asked = workspace_of(context, workspace), flow.Asked(check, reason, source, task)
    groups = tuple(by or ())
    counts = flow.findings(place, asked, groups=groups)
    behind = flow.findings_behind(place, asked, limit=examples) if examples else []
    if as_json:
        print_json({"counts": [asdict(row) for row in counts], "findings": [asdict(row) for row in behind]})
        return ExitCode.DONE
    if not counts:
        talk("nothing has been checked; run: pedcorpus curate")
        return ExitCode.DONE
    data(findings_table(counts, groups=groups))
    if behind:
        found = [
            (row.instruction[:8], row.task, row.topic, row.check, row.severity, row.reason, row.detail)
            for row in behind
        ]
        data("")
        data(table("", ("id", "task", "topic", "check", "severity", "reason", "what"), found))
    if any(row.instructions for row in counts):
        talk("next: {}", "pedcorpus show ID" if behind else "pedcorpus findings --examples 20")
    return ExitCode.DONE
