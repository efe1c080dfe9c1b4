"""The command that tells on which questions works disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from pedcorpus.cli.console import JsonOption, WorkspaceOption, data, print_json, talk, workspace_of

if TYPE_CHECKING:
    from pedcorpus.flow import ContradictionCluster
    from pedcorpus.records import Instruction

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command(epilog="Example: pedcorpus contradictions --json")(contradictions)


def contradictions(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """Questions that works answer in opposite ways, with both sides."""
    from pedcorpus import flow
    from pedcorpus.cli.reports import table

    found = flow.contradictions(workspace_of(context, workspace))
    if as_json:
        print_json([_cluster(one) for one in found])
        return
    rows = [row for cluster in found for row in _rows(cluster)]
    if rows:
        data(table("", ("question", "work", "says", "instruction"), rows, numbers_from=4))
    talk("{} questions on which works disagree", len(found))


def _cluster(cluster: ContradictionCluster) -> dict[str, Any]:  # JSON values
    return {
        "question": cluster.question,
        "sources": cluster.sources,
        "pairs": [
            {"over": clash.over, "sides": [_side(pair.first, clash.first), _side(pair.second, clash.second)]}
            for pair in cluster.pairs
            for clash in pair.clashes
        ],
    }


def _side(record: Instruction, span: tuple[int, int]) -> dict[str, Any]:  # JSON values
    start, end = span
    answer = record.answer_text()
    source = record.evidence[0].source
    return {
        "instruction": record.id,
        "source": source,
        "question": record.user_text(),
        "answer": answer,
        "says": answer[start:end],
        "start": start,
        "end": end,
    }


def _rows(cluster: ContradictionCluster) -> list[tuple[str, str, str, str]]:
    sides = [
        (record, span)
        for pair in cluster.pairs
        for clash in pair.clashes
        for record, span in ((pair.first, clash.first), (pair.second, clash.second))
    ]
    return [
        (record.question, record.evidence[0].source, record.answer_text()[slice(*span)].strip(), record.id[:12])
        for record, span in sides
    ]
