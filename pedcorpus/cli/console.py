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
from rich.progress import BarColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
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
    group = context.parent  # as in `reviewers -w FOLDER list`
    return Workspace.at(given or (group and group.params.get("workspace")) or context.find_root().obj)


def talk(template: str, *values: object) -> None:
    """One line for a person, on stderr; `{}` in the template takes values, shown as they are."""
    ERR.print(template.format(*(escape(str(value)) for value in values)))


def data(renderable: Any) -> None:  # whatever rich can draw
    """A result, on stdout."""
    _OUT.print(renderable)


def print_json(value: Any) -> None:  # any JSON value
    """A result as JSON, on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


class _Done(ProgressColumn):
    """What has been done and how fast: the stage's own parts, or what it counts on its way."""

    def render(self, task: Task) -> Text:
        counts: dict[str, int] = task.fields["counts"]
        if not counts:
            speed = task.finished_speed or task.speed
            rate = f"  {speed:.1f}/s" if speed else ""
            return Text(f"{task.completed:.0f}/{task.total or 0:.0f}{rate}")
        shown = [f"{number:,} {what}" for what, number in counts.items()]
        what, number = list(counts.items())[-1]
        if task.elapsed:
            shown.append(f"{number / task.elapsed:.1f} {what}/s")
        return Text(" · ".join(shown))


class _Bar:
    def __init__(self, bars: Bars, name: str, total: float) -> None:
        self._bars = bars
        self._counts: dict[str, int] = {}
        self._task = bars.add_task(name, total=total, counts=self._counts, said="")

    def advance(self, done: float = 1) -> None:
        self._bars.advance(self._task, done)

    def count(self, what: str, done: int = 1) -> None:
        self._counts[what] = self._counts.get(what, 0) + done

    def say(self, words: str) -> None:
        self._bars.update(self._task, said=words)


class RichProgress:
    """Implements `flow.Progress`: one line a stage, on stderr; plain silence when that is no terminal."""

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[_Bar]:
        columns = (
            TextColumn("{task.description:<10}"),
            BarColumn(bar_width=30),
            _Done(),
            TimeRemainingColumn(elapsed_when_finished=True),
            TextColumn("{task.fields[said]}"),
        )
        with Bars(*columns, console=ERR, disable=not ERR.is_terminal or total == 0) as bars:
            yield _Bar(bars, name, total)
