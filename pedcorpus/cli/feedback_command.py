"""The command that takes what the chat's thumbs left waiting into the corpus."""

from __future__ import annotations

import typer

from pedcorpus.cli.console import RichProgress, WorkspaceOption, talk, workspace_of
from pedcorpus.errors import ExitCode

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command(epilog="Example: pedcorpus feedback")(feedback)


def feedback(context: typer.Context, workspace: WorkspaceOption = None) -> int:
    """Take the chat's rated exchanges that wait into the corpus; a running `serve --feedback` does it by itself."""
    from pedcorpus import flow
    from pedcorpus.cli.reports import tell_failures

    taken = flow.take_feedback(workspace_of(context, workspace), progress=RichProgress())
    unusable = [failure for failure in taken.failures if failure.reason != "thumb_down"]
    tell_failures(unusable)
    talk(
        "took in {} rated exchanges: {} drafts, {} new pairs, {} thumbs down without a correction",
        taken.exchanges,
        len(taken.instructions),
        taken.pairs,
        len(taken.failures) - len(unusable),
    )
    return ExitCode.SOME_FAILED if unusable else ExitCode.DONE
