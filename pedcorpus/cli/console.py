"""What the commands print: data to stdout, talk and progress to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

from pedcorpus.settings import Workspace

__all__ = ["ERR", "JsonOption", "RichProgress", "WorkspaceOption", "data", "print_json", "talk", "workspace_of"]

_WIDE = 200  # columns of what is written to a file or a pipe: nothing is cut or wrapped for a screen
_OUT = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _WIDE)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("-w", "--workspace", help="Folder of the workspace; default PEDCORPUS_WORKSPACE, else here."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def workspace_of(context: typer.Context, given: Path | None) -> Workspace:
    """The workspace named after the command, else before it, else by the environment, else here."""
    return Workspace.at(given or context.find_root().obj)


def talk(template: str, *values: object) -> None:
    """One line for a person, on stderr; `{}` in the template takes values, shown as they are."""
    ERR.print(template.format(*(escape(str(value)) for value in values)))


def data(renderable: Any) -> None:  # whatever rich can draw
    """A result, on stdout."""
    _OUT.print(renderable)


def print_json(value: Any) -> None:  # any JSON value
    """A result as JSON, on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


class _Rate(ProgressColumn):
    """Parts per second, once there is something to go by."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "")


class _Bar:
    def __init__(self, bars: Bars, name: str, total: int) -> None:
        self._bars = bars
        self._task = bars.add_task(name, total=total)

    def advance(self, done: int = 1) -> None:
        self._bars.advance(self._task, done)


class RichProgress:
    """Implements `flow.Progress`: one line a stage, on stderr; plain silence when that is no terminal."""

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[_Bar]:
        columns = (
            TextColumn("{task.description:<10}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(elapsed_when_finished=True),
        )
        with Bars(*columns, console=ERR, disable=not ERR.is_terminal or total == 0) as bars:
            yield _Bar(bars, name, total)
