"""Where the program starts: the commands in the order of the work, and errors as one line and an exit code."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from pedcorpus.cli import (
    adapter_commands,
    agreement_commands,
    calibration_commands,
    contamination_commands,
    contradiction_commands,
    convert_command,
    corpus_commands,
    decision_commands,
    diversity_commands,
    evaluate_command,
    exam_command,
    export_commands,
    feedback_command,
    finding_commands,
    generate_commands,
    import_command,
    judge_command,
    llm_commands,
    lm_eval_command,
    model_commands,
    pairs_commands,
    prompt_commands,
    rebuild_command,
    review_commands,
    run_commands,
    serve_command,
    train_command,
    vote_commands,
)
from pedcorpus.cli.console import talk
from pedcorpus.errors import ExitCode, PedcorpusError

__all__ = ["app", "main"]

app = typer.Typer(
    name="pedcorpus",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn textbooks, guidelines, graphs and consultations into paediatric instructions that are sourced, "
    "checked and reviewed; export them; train an assistant from exactly that. No medical advice.",
    epilog="Start with: pedcorpus demo, or pedcorpus ingest FOLDER",
)
for module in (
    corpus_commands,
    contradiction_commands,
    contamination_commands,
    finding_commands,
    diversity_commands,
    generate_commands,
    llm_commands,
    prompt_commands,
    review_commands,
    export_commands,
    rebuild_command,
    convert_command,
    import_command,
    agreement_commands,
    calibration_commands,
    decision_commands,
    vote_commands,
    pairs_commands,
    train_command,
    model_commands,
    serve_command,
    feedback_command,
    adapter_commands,
    run_commands,
    evaluate_command,
    exam_command,
    judge_command,
    lm_eval_command,
):
    module.register(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pedcorpus {version('pedcorpus')}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    workspace: Annotated[
        Path | None,
        typer.Option("-w", "--workspace", help="Folder of the workspace; default PEDCORPUS_WORKSPACE, else here."),
    ] = None,
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options before the command name."""
    del show_version  # handled by its callback
    context.obj = workspace


def main() -> None:
    """Run the program and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line; its exit code."""
    try:
        outcome = app(args=arguments, standalone_mode=False)
    except PedcorpusError as error:
        talk("[bold red]error[/] {}", error)
        return error.exit_code
    except TyperException as error:
        if message := error.format_message():  # empty when the help was shown instead
            talk("[bold red]error[/] {}; see pedcorpus --help", message.rstrip("."))
        return ExitCode.WRONG_USAGE
    except typer.Exit as error:
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except BrokenPipeError:
        sys.stderr.close()
        return ExitCode.DONE
    if outcome == ExitCode.INTERRUPTED:  # what typer makes of Ctrl-C
        return _interrupted()
    return outcome if isinstance(outcome, int) else ExitCode.DONE


def _interrupted() -> int:
    talk("interrupted; what was finished is kept, the same command goes on from there")
    return ExitCode.INTERRUPTED
