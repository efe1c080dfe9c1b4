"""The command that tells how varied the rows are: diversity."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from pedcorpus.cli.console import JsonOption, RichProgress, WorkspaceOption, data, print_json, talk, workspace_of

if TYPE_CHECKING:
    from pedcorpus import flow

__all__ = ["register", "tell_semantic"]

_NO_MODEL = (
    "words alone were measured: no embedding model is named; set curate.embeddings.model in pedcorpus.toml to the "
    "folder of a sentence-transformers model, or to a model's name at curate.embeddings.base_url"
)
_WORDING = ("wording", "rows", "distinct-1", "distinct-2", "self-BLEU", "same opening", "repeated")
_COVERAGE = ("coverage", "topics", "largest topic", "aspects", "topic × aspect")


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command(epilog="Example: pedcorpus diversity --json")(diversity)


def diversity(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """Tell how varied the rows are, by task: wording, topics, and, with an embedding model, meaning."""
    from pedcorpus import flow

    report = flow.diversity(workspace_of(context, workspace), progress=RichProgress())
    if as_json:
        print_json(asdict(report))
    else:
        _tell(report)
    if not report.model:
        talk(_NO_MODEL)
    elif report.left_out:
        talk("{} rows have no vector: the model refused them, or max_cost was reached", report.left_out)


def tell_semantic(report: flow.SemanticReport) -> None:
    """One line: what says the same, and under which check its warnings are."""
    talk(
        "{}: {} of {} rows say what another says, in {} clusters; {} new vectors, {} verdicts new or changed",
        report.check,
        report.alike,
        report.rows,
        report.clusters,
        report.computed,
        report.stored,
    )
    if report.left_out:
        talk("{} rows have no vector and no verdict: the model refused them, or max_cost was reached", report.left_out)


def _tell(report: flow.DiversityReport) -> None:
    from pedcorpus.cli.reports import table

    parts = {**report.tasks, "all": report.whole}
    data(table("", _WORDING, [_wording(name, part) for name, part in parts.items()]))
    data("")
    data(table("", _COVERAGE, [_coverage(name, part) for name, part in parts.items()]))
    if report.model:
        data("")
        _tell_meaning(report.model, parts)


def _wording(name: str, part: flow.Diversity) -> tuple[object, ...]:
    said = part.wording
    shares = (said.distinct_1, said.distinct_2, said.self_bleu, said.same_opening, said.repeated)
    return (name, said.rows, *(f"{share:.3f}" for share in shares))


def _coverage(name: str, part: flow.Diversity) -> tuple[object, ...]:
    return (name, part.topics, f"{part.largest_topic:.3f}", len(part.aspects), _or_dash(part.covered))


def _tell_meaning(model: str, parts: dict[str, flow.Diversity]) -> None:
    from pedcorpus.cli.reports import table
    from pedcorpus.curate.semantic import EDGES

    columns = ("meaning", "sample", "mean cosine", "Vendi score", "in clusters")
    rows = [
        (name, part.spread.sample, part.spread.mean_cosine, part.spread.vendi, _or_dash(part.in_clusters))
        for name, part in parts.items()
        if part.spread
    ]
    data(table(model, columns, rows))
    data("")
    labels = (f"< {EDGES[0]}", *(f"≥ {edge}" for edge in EDGES))
    data(table("", ("nearest other", *labels), [(n, *p.spread.nearest) for n, p in parts.items() if p.spread]))


def _or_dash(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
