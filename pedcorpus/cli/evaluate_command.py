"""The command that holds models against the answers of an export's test split, or of a file: evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pedcorpus.cli.console import JsonOption, RichProgress, WorkspaceOption, workspace_of
from pedcorpus.cli.engine_options import EngineOption, RayAddressOption, chosen_engine
from pedcorpus.cli.model_options import (
    BatchSizeOption,
    ModelArguments,
    OverlapOption,
    ServedModelOption,
    ServedOption,
    TemplateOption,
)
from pedcorpus.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from pedcorpus.evaluation import Asked
    from pedcorpus.export import Export
    from pedcorpus.settings import Workspace

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command(epilog="Example: pedcorpus evaluate base 0001-v1/sft 0001-v1 --limit 50")(evaluate)


def evaluate(
    context: typer.Context,
    models: ModelArguments = None,
    export: Annotated[
        str | None, typer.Option(help="Version whose test split is asked; default the run's own.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Ask the questions of this file instead, JSON Lines or Parquet.")
    ] = None,
    task: Annotated[list[str] | None, typer.Option(help="Only this task; may be given several times.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="N questions of each task, the same for every model.")
    ] = None,
    served: ServedOption = "",
    served_model: ServedModelOption = "",
    template: TemplateOption = None,
    max_new_tokens: Annotated[int, typer.Option(min=1, help="Longest reply, in tokens.")] = 512,
    batch_size: BatchSizeOption = 16,
    overlap: OverlapOption = 0.5,
    resamples: Annotated[int, typer.Option(min=100, help="Resamples behind intervals and tests.")] = 2000,
    seed: Annotated[int, typer.Option(help="Of the resamples.")] = 0,
    judge: Annotated[
        bool, typer.Option("--judge", help="Have a language model judge each model's replies against the first one's.")
    ] = False,
    judge_model: Annotated[str, typer.Option(metavar="NAME", help="The judge; default by settings.")] = "",
    judge_limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Judge N pairs at most.")] = None,
    name: Annotated[
        str, typer.Option(help="Folder under evaluations/; default the name of what is asked.", show_default=False)
    ] = "",
    engine: EngineOption = None,
    ray_address: RayAddressOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Ask models what they were not trained on, score their replies, and write a report."""
    from pedcorpus.cli.evaluate_report import tell_comparison
    from pedcorpus.cli.evaluated_models import Asking, contestants_of
    from pedcorpus.cli.evaluated_sections import further_sections
    from pedcorpus.evaluation import (
        Resampling,
        all_scores,
        chosen,
        compare_replies,
        get_replies,
        without_trained_on,
        write_report,
    )
    from pedcorpus.inference import Generation

    place = workspace_of(context, workspace)
    asking = Asking(Generation(max_new_tokens=max_new_tokens), batch_size, template)
    contestants = contestants_of(models or [], place, asking, served=served, served_name=served_model)
    asked, exports = _asked(place, models or [], export, data)
    asked = chosen(without_trained_on(asked, exports, share=overlap), tasks=task or (), limit=limit)
    folder = place.evaluations / (name or asked.name)
    progress = RichProgress()
    replies = get_replies(contestants, asked, folder / "replies", progress=progress)
    comparison = compare_replies(
        replies,
        asked,
        scores=all_scores(place.settings.curate),
        engine=chosen_engine(place, engine, ray_address),
        resampling=Resampling(resamples, seed),
        progress=progress,
    )
    told_judge = judge_model if judge or judge_model else None
    more = further_sections(place, comparison, replies, judge=told_judge, limit=judge_limit, is_quiet=as_json)
    written = write_report(comparison, folder, more=more, language=place.settings.language)
    tell_comparison(comparison, replies, written, as_json=as_json)
    judged = sum(section.key.startswith("judge-") for section in more)
    if any(comparison.unanswered.values()) or (told_judge is not None and judged < len(replies) - 1):
        raise typer.Exit(ExitCode.SOME_FAILED)


def _asked(place: Workspace, models: list[str], version: str | None, data: Path | None) -> tuple[Asked, list[Export]]:
    """The questions, and the exports that the models were trained from."""
    from pedcorpus.cli.evaluated_models import exports_of
    from pedcorpus.cli.export_choice import export_folder
    from pedcorpus.evaluation import questions_of_export, questions_of_file
    from pedcorpus.export import open_export

    trained = exports_of(models, place)
    if data is not None:
        if version is not None:
            raise UsageError("--export and --data both name the questions; give one of them")
        return questions_of_file(data), trained
    opened = trained[0] if version is None and trained else open_export(export_folder(place, version))
    return questions_of_export(opened), [opened, *(each for each in trained if each.sha256 != opened.sha256)]
