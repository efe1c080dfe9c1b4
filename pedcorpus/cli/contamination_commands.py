"""The command that holds the corpus against evaluation sets: contamination."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from pedcorpus.cli.console import JsonOption, RichProgress, WorkspaceOption, data, print_json, talk, workspace_of
from pedcorpus.errors import UsageError
from pedcorpus.settings import EvaluationSetSettings

__all__ = ["register"]

_SHOWN = 40
"""Characters of a matched text in the table."""
_TABLE = "[[curate.contamination.sets]]"


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command(epilog="Example: pedcorpus contamination CMExam-test.csv --json")(contamination)


def contamination(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH…]", help="Sets as JSON, JSON Lines, CSV, TSV or Parquet; default by settings."),
    ] = None,
    question: Annotated[str, typer.Option(metavar="COLUMN", help="Column of the question; default: recognised.")] = "",
    options: Annotated[
        list[str] | None, typer.Option(metavar="COLUMN", help="Column of the options, or of one; repeatable.")
    ] = None,
    answer: Annotated[str, typer.Option(metavar="COLUMN", help="Column of the answer; default: recognised.")] = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Which instructions hold an item of an evaluation set, both sides named; findings are stored for declared sets."""
    from pedcorpus import flow

    if (question or options or answer) and not paths:
        raise UsageError("--question, --options and --answer are for a PATH; declared sets name theirs themselves")
    columns = {"question": question, "options": tuple(options or ()), "answer": answer}
    sets = [EvaluationSetSettings(name=name, path=str(path), **columns) for name, path in _named(paths or [])]
    report = flow.contamination(workspace_of(context, workspace), sets, progress=RichProgress())
    if as_json:
        print_json(report)
    else:
        _tell(report, stored=not sets)


def _named(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """What sets are called that are named by their files alone; a number keeps two files of one name apart."""
    stems = [re.sub(r"[^\w.-]+", "_", path.stem)[:70].lstrip(".-") or "set" for path in paths]
    for number, (stem, path) in enumerate(zip(stems, paths, strict=True), 1):
        yield (stem if stems.count(stem) == 1 else f"{number}-{stem}"), path


def _tell(report: dict[str, Any], *, stored: bool) -> None:
    from pedcorpus.cli.reports import table

    if report["overlaps"]:
        rows = [
            (
                *(each[name] for name in ("set", "item", "row", "task", "told")),
                _short(each["item_text"]),
                _short(each["row_text"]),
                f"{each['score']:.0%}",
                each["run"],
            )
            for each in report["overlaps"]
        ]
        head = ("set", "item", "instruction", "task", "found", "in the item", "in the row", "share", "run")
        data(table("", head, rows, numbers_from=7))
    for each in report["sets"]:
        talk(
            "{}: {} items of {}, {} too short to compare; {} found",
            each["name"],
            f"{each['items']:,}",
            each["file"],
            f"{each['not_comparable']:,}",
            f"{report['by_set'][each['name']]['items']:,}",
        )
    talk("{} of {} instructions hold an item", f"{report['matched']['rows']:,}", f"{report['checked']['rows']:,}")
    if not stored:
        talk("nothing was stored; declare a set under {} to have it in curate and exports", _TABLE)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
