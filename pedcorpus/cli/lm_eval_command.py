"""The command that writes an export's test split as tasks of lm-evaluation-harness: lm-eval."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from pedcorpus.cli.console import WorkspaceOption, data, talk, workspace_of
from pedcorpus.cli.model_options import OverlapOption
from pedcorpus.errors import UsageError

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command("lm-eval", epilog="Example: pedcorpus lm-eval --export v1 --out tasks/")(write)


def write(
    context: typer.Context,
    export: Annotated[str | None, typer.Option(help="Version whose test split is written; default the newest.")] = None,
    questions: Annotated[
        Path | None, typer.Option("--data", metavar="FILE", help="Write the questions of this file instead.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write here; default under evaluations/lm-eval/.")
    ] = None,
    overlap: OverlapOption = 0.5,
    max_new_tokens: Annotated[int, typer.Option(min=1, help="Longest reply, in tokens.")] = 512,
    workspace: WorkspaceOption = None,
) -> None:
    """Write tasks for lm-evaluation-harness that score replies as `evaluate` does; prints how to run them."""
    from pedcorpus.cli.export_choice import export_folder
    from pedcorpus.evaluation import questions_of_export, questions_of_file, without_trained_on
    from pedcorpus.evaluation.harness import write_tasks
    from pedcorpus.export import open_export

    place = workspace_of(context, workspace)
    if questions is not None and export is not None:
        raise UsageError("--export and --data both name the questions; give one of them")
    if questions is not None:
        asked = questions_of_file(questions)
    else:
        opened = open_export(export_folder(place, export))
        asked = without_trained_on(questions_of_export(opened), [opened], share=overlap)
    made = write_tasks(asked, out or place.evaluations / "lm-eval" / asked.name, max_new_tokens=max_new_tokens)
    for reason, count in asked.left_out:
        talk("{} questions left out: {}", count, reason.replace("_", " "))
    for name, count in made.tasks.items():
        talk("{}: {} questions", name, count)
    folder = json.dumps(str(made.folder), ensure_ascii=False)
    data(
        f"lm_eval --model hf --model_args pretrained=MODEL --include_path {folder} --tasks {made.group} "
        "--apply_chat_template"
    )
