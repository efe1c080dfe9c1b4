"""Commands that fill the corpus and tell what is in it: init, ingest, curate, status, show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pedcorpus.cli.console import JsonOption, RichProgress, WorkspaceOption, data, print_json, talk, workspace_of
from pedcorpus.cli.engine_options import EngineOption, RayAddressOption, chosen_engine
from pedcorpus.errors import ExitCode, UsageError
from pedcorpus.records import SourceKind

if TYPE_CHECKING:
    from pedcorpus.settings import Workspace

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    for command in (init, ingest, curate, status, sources, passages, show):
        app.command(epilog=_EXAMPLES[command.__name__])(command)


_EXAMPLES = {
    "init": "Example: pedcorpus init -w ward-7",
    "ingest": "Example: pedcorpus ingest textbooks/ guidelines/",
    "curate": "Example: pedcorpus curate --json",
    "status": "Example: pedcorpus status --json",
    "sources": "Example: pedcorpus sources --json",
    "passages": "Example: pedcorpus passages my-textbook",
    "show": "Example: pedcorpus show 4f1c --page-image page.png",
}


def init(context: typer.Context, workspace: WorkspaceOption = None) -> None:
    """Make a workspace: commented settings, an empty corpus, a sample declaration."""
    from pedcorpus.flow import init_workspace

    place = workspace_of(context, workspace)
    made = init_workspace(place)
    for path in made:
        talk("made {}", path)
    if not made:
        talk("{} is a workspace already; nothing was changed", place.root)
    talk("next: put texts beside the declaration, then: pedcorpus ingest FOLDER")


def ingest(
    context: typer.Context,
    places: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help="Folders or files to read.")],
    kind: Annotated[
        SourceKind | None, typer.Option(help="Kind of the works that have no declaration; default by folder name.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", min=1, help="Processes that read side by side; default by settings.")
    ] = None,
    only_read: Annotated[
        bool, typer.Option("--only-read", help="Stop after reading: draft and check nothing.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would happen to each file, and why; write nothing.")
    ] = False,
    engine: EngineOption = None,
    ray_address: RayAddressOption = None,
    workspace: WorkspaceOption = None,
) -> int:
    """Read texts into the corpus, draft instructions from them by rule, and check the drafts."""
    from pedcorpus import flow
    from pedcorpus.cli.reports import tell_build, tell_ingest, tell_plan

    place = workspace_of(context, workspace)
    if dry_run:
        return tell_plan(flow.plan_ingest(place, places, kind=kind, progress=RichProgress()))
    chosen = chosen_engine(place, engine, ray_address, jobs=jobs)
    if only_read:
        report = flow.ingest(place, places, kind=kind, engine=chosen, progress=RichProgress())
        tell_ingest(report)
        return ExitCode.SOME_FAILED if report.failures else ExitCode.DONE
    built = flow.build(place, places, kind=kind, engine=chosen, progress=RichProgress())
    tell_build(built)
    return ExitCode.SOME_FAILED if built.failures else ExitCode.DONE


def curate(
    context: typer.Context,
    second_opinion: Annotated[
        bool, typer.Option("--second-opinion", help="Ask a model, too, whether each claim follows from its quotes.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Second opinions on so many at most.")] = None,
    semantic: Annotated[
        bool,
        typer.Option("--semantic", help="Also warn of what says the same in other words; needs an embedding model."),
    ] = False,
    as_json: JsonOption = False,
    engine: EngineOption = None,
    ray_address: RayAddressOption = None,
    workspace: WorkspaceOption = None,
) -> int:
    """Run every check on what it has not judged, then look for duplicates."""
    from pedcorpus import flow
    from pedcorpus.cli.reports import findings_table, tell_curate

    if limit and not second_opinion:
        raise UsageError("--limit is for second opinions; add --second-opinion")

    place = workspace_of(context, workspace)
    report = flow.curate(place, engine=chosen_engine(place, engine, ray_address), progress=RichProgress())
    if as_json:
        rows = [
            {"check": c, "severity": s, "reason": r, "count": n} for (c, s, r), n in sorted(report.findings.items())
        ]
        print_json({"judged": report.judged, "duplicates": report.duplicates, "findings": rows})
    else:
        tell_curate(report)
        data(findings_table(flow.findings(place, flow.Asked())))
    if semantic:
        _semantic(place)
    return _second_opinion(place, limit) if second_opinion else ExitCode.DONE


def _semantic(place: Workspace) -> None:
    from pedcorpus import flow
    from pedcorpus.cli.diversity_commands import tell_semantic

    tell_semantic(flow.semantic_duplicates(place, progress=RichProgress()))


def _second_opinion(place: Workspace, limit: int | None) -> int:
    from pedcorpus import flow
    from pedcorpus.cli.writing_report import tell_opinion

    with flow.open_opinion(place, limit=limit) as run:
        talk("{} second opinions of {}, {} at most", len(run.ids), run.door.endpoint.model, f"{run.cost():,.2f}")
        report = run.run(progress=RichProgress())
        tell_opinion(report, run.door)
    return ExitCode.SOME_FAILED if report.faults else ExitCode.DONE


def status(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """What is in the corpus, by source, task and status."""
    from pedcorpus import flow
    from pedcorpus.cli.reports import tell_status

    place = workspace_of(context, workspace)
    found = flow.corpus_status(place)
    if as_json:
        print_json(found.as_json())
    else:
        tell_status(found, trained=found.next_step == flow.LAST_STEP and _newest_export_is_trained(place))


def _newest_export_is_trained(place: Workspace) -> bool:
    from pedcorpus.export import newest_export
    from pedcorpus.training import newest_run

    export, run = newest_export(place.exports), newest_run(place.runs)
    return export is not None and run is not None and run.record.export_version == export.name


def show(
    context: typer.Context,
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="Id of an instruction, a passage or a statement, or its beginning.")
    ],
    page_image: Annotated[
        Path | None, typer.Option("--page-image", metavar="PNG", help="Draw the page with its boxes into this file.")
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """One instruction with its page, quotes, findings and decisions; or one passage or statement with its address."""
    from pedcorpus import flow
    from pedcorpus.cli.item_report import shown_json, tell_shown

    place = workspace_of(context, workspace)
    shown = flow.show(place, identifier)
    if page_image is not None:
        page_image.write_bytes(flow.page_image(place, shown))
        talk("made {}", page_image)
    if as_json:
        print_json(shown_json(shown))
    else:
        tell_shown(shown)


def sources(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """The works of the corpus with their licences, tiers and what was read from them."""
    from pedcorpus import flow
    from pedcorpus.cli.shelf_report import source_json, sources_table

    place = workspace_of(context, workspace)
    found, withdrawn = flow.list_sources(place), flow.withdrawals(place)
    if as_json:
        print_json([source_json(source, counts, withdrawn.get(source.id)) for source, counts in found])
    else:
        data(sources_table(found, withdrawn))


def passages(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Id of a work, as `pedcorpus sources` lists it.")],
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """The passages of a work in reading order, each with its address."""
    from pedcorpus import flow
    from pedcorpus.cli.shelf_report import passage_json, passages_table

    found = flow.list_passages(workspace_of(context, workspace), source)
    if as_json:
        print_json([passage_json(each) for each in found])
    else:
        data(passages_table(found))
