"""The command that has models sit a multiple-choice exam: exam."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pedcorpus.cli.console import JsonOption, RichProgress, WorkspaceOption, data, print_json, talk, workspace_of
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
    from collections.abc import Sequence

    from pedcorpus.evaluation.choices import Accuracy, Exam, Sitting, Way

__all__ = ["register"]

_WAYS: dict[str, tuple[Way, ...]] = {"letter": ("letter",), "likelihood": ("likelihood", "likelihood_per_token")}


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command(epilog="Example: pedcorpus exam CMB-test.json base 0001-v1 --limit 200")(exam)


def exam(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CMB, CMExam, MedQA-zh or the like; JSON, CSV or Parquet.")
    ],
    models: ModelArguments = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WAY",
            help="letter (what is written), likelihood (of the options), or both; default what is possible.",
        ),
    ] = None,
    subject: Annotated[str, typer.Option(metavar="COLUMN", help="Tell subjects apart by this column.")] = "",
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="N questions, spread over the file.")] = None,
    served: ServedOption = "",
    served_model: ServedModelOption = "",
    template: TemplateOption = None,
    max_new_tokens: Annotated[int, typer.Option(min=1, help="Longest reply, in tokens.")] = 64,
    batch_size: BatchSizeOption = 16,
    overlap: OverlapOption = 0.5,
    name: Annotated[
        str, typer.Option(help="Folder under evaluations/; default the file's name.", show_default=False)
    ] = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Ask models the questions of a medical exam; accuracy with intervals, over all and by subject."""
    from pedcorpus import flow
    from pedcorpus.cli.evaluated_models import Asking, contestants_of, exports_of
    from pedcorpus.evaluation import without_trained_on
    from pedcorpus.evaluation.choices import asked_of_exam, exam_section, sat, sittings, without_asked
    from pedcorpus.evaluation.report import write_sections
    from pedcorpus.inference import Generation

    place = workspace_of(context, workspace)
    asking = Asking(Generation(max_new_tokens=max_new_tokens), batch_size, template)
    read = flow.read_exam(file, subject=subject, limit=limit)
    contestants = contestants_of(models or [], place, asking, served=served, served_name=served_model)
    asked = without_trained_on(asked_of_exam(read), exports_of(models or [], place), share=overlap)
    kept = without_asked(read, asked)
    if not kept.questions:
        raise UsageError(f"{file}: models may have read every question in training; raise --overlap to ask them anyway")
    folder = place.evaluations / (name or f"exam-{kept.name}")
    chosen = {}
    for contestant in contestants:
        ways = _ways(by or [], can_weigh=contestant.start_weighing is not None)
        total = len(kept.questions) * (("letter" in ways) + ("likelihood" in ways))
        with RichProgress().stage(contestant.name, total) as bar:
            chosen[contestant.name], _ = sat(contestant, kept, folder, by=ways, on_reply=bar.advance)
    shared, found = sittings(kept, chosen)
    section = exam_section(shared, found)
    names = " · ".join(each.model for each in found)
    title = {"zh": f"考试：{names}（{shared.name}）", "en": f"Exam: {names} on {shared.name}"}
    written = write_sections(title, [section], folder, place.settings.language)
    print_json(dict(section.data)) if as_json else _tell(shared, found)
    talk("report: {}", written[0])
    if any(each.unanswered for each in found):
        raise typer.Exit(ExitCode.SOME_FAILED)


def _ways(wanted: Sequence[str], *, can_weigh: bool) -> tuple[Way, ...]:
    if unknown := [name for name in wanted if name not in _WAYS]:
        raise UsageError(f"--by {unknown[0]}: expected letter or likelihood")
    names = wanted or (list(_WAYS) if can_weigh else ["letter"])
    return tuple(way for name in dict.fromkeys(names) for way in _WAYS[name])


def _tell(exam: Exam, found: Sequence[Sitting]) -> None:
    """Each model by each way, and each subject beside it."""
    from pedcorpus.cli.reports import table

    rows = [
        (each.model, way.replace("_", " "), label, f"{held.right}/{held.of}", *_share(held), f"{100 * held.chance:.1f}")
        for each in found
        for way, result in each.results.items()
        for label, held in (("all", result.overall), *result.subjects.items())
    ]
    columns = ("model", "way", "subject", "right", "accuracy %", "95 %", "chance %")
    data(table(exam.name, columns, rows, numbers_from=3))
    for reason, count in exam.left_out:
        talk("{} questions left out: {}", count, reason.replace("_", " "))


def _share(held: Accuracy) -> tuple[str, str]:
    if held.share is None:
        return "–", "–"
    return f"{100 * held.share.estimate:.1f}", f"{100 * held.share.low:.1f} to {100 * held.share.high:.1f}"
