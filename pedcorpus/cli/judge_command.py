"""The command that has a language model judge the replies of two runs: judge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pedcorpus.cli.console import JsonOption, RichProgress, WorkspaceOption, talk, workspace_of
from pedcorpus.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from pedcorpus.flow import JudgedRuns
    from pedcorpus.settings import Workspace

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command(epilog="Example: pedcorpus judge runs/base.jsonl runs/dfpo.jsonl --export v1 --max-cost 5")(judge)


def judge(
    context: typer.Context,
    run_a: Annotated[Path, typer.Argument(metavar="RUN_A", help="File of replies, JSON Lines or Parquet.")],
    run_b: Annotated[Path, typer.Argument(metavar="RUN_B", help="Another model's to the same questions.")],
    export: Annotated[
        str | None, typer.Option(help="Show the judge the reference answers of this version's test split.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="N pairs, those that doctors are asked about first.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep judgements here; default under evaluations/judgements/.")
    ] = None,
    png: Annotated[Path | None, typer.Option("--png", metavar="FILE", help="Draw it into this file, too.")] = None,
    base_url: Annotated[str, typer.Option(help="Where the judge is served; default by settings.")] = "",
    model: Annotated[str, typer.Option(help="The judge's name there; default by settings.")] = "",
    max_cost: Annotated[float | None, typer.Option(min=0, help="Spend no more than this; default by settings.")] = None,
    max_requests: Annotated[
        int | None, typer.Option(min=1, help="Ask so many times at most; default by settings.")
    ] = None,
    replay: Annotated[bool, typer.Option("--replay", help="Send nothing; count what is kept.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell how much would be asked; send nothing.")] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    """Have a language model judge pairs of replies on usefulness, correctness, consistency and smoothness."""
    from pedcorpus import flow
    from pedcorpus.cli.judge_report import tell_judged
    from pedcorpus.cli.writing_report import tell_cap, tell_spent

    place = workspace_of(context, workspace)
    references = _references(place, export) if export is not None else {}
    with flow.open_judge(
        place, run_a, run_b, references=references, path=out, limit=limit, base_url=base_url, model=model,
        max_cost=max_cost, max_requests=max_requests, replay=replay,
    ) as run:  # fmt: skip
        talk("{} judgements of {} to make, {} at most", run.open, run.door.endpoint.model, f"{run.cost():,.2f}")
        if dry_run:
            return ExitCode.DONE
        found = run.run(progress=RichProgress())
        tell_spent(run.door)
        tell_judged(found, as_json=as_json)
        tell_cap(run.door)
    if png:
        _draw(place, found, png)
    return ExitCode.SOME_FAILED if found.report.missing or found.report.unusable else ExitCode.DONE


def _references(place: Workspace, version: str) -> dict[str, str]:
    from pedcorpus.cli.export_choice import export_folder
    from pedcorpus.evaluation import questions_of_export
    from pedcorpus.export import open_export

    asked = questions_of_export(open_export(export_folder(place, version)))
    return {question.id: question.reference for question in asked.questions}


def _draw(place: Workspace, found: JudgedRuns, path: Path) -> None:
    from pedcorpus.evaluation.judge import judge_png

    try:
        path.write_bytes(judge_png(found.names, found.report, language=place.settings.language))
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; name another file") from error
    talk("drawn into {}", path)
