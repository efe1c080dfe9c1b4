"""What a training run would read, take and need, on the terminal: a table, what is missing, and the recipes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import typer

from pedcorpus.cli.console import data, print_json, talk
from pedcorpus.cli.reports import table
from pedcorpus.training import Forecast, recipe_text

__all__ = ["tell_forecast"]

_COLUMNS = ("phase", "rows", "tokens", "steps", "parameters", "trained", "memory", "of that")


def tell_forecast(phases: Sequence[Forecast], *, as_json: bool) -> None:
    """Rows, tokens, steps and memory of each phase, then its recipe; `~` stands before what is estimated."""
    if as_json:
        print_json([phase.to_json() for phase in phases])
        return
    data(table("", _COLUMNS, [_row(phase) for phase in phases]))
    talk("~ is an estimate: tokens from characters, steps from tokens, memory of each device from the model's shape")
    for phase in phases:
        for line in phase.missing:
            talk("[yellow]missing[/] {}", line)
    for phase in phases:
        typer.echo(f"# {phase.planned.phase.id}.yaml\n{recipe_text(phase.planned.recipe)}")


def _row(phase: Forecast) -> tuple[str, ...]:
    extent = phase.extent
    return (
        phase.planned.phase.id,
        f"{phase.planned.rows:,}",
        f"{'' if extent.tokens_counted else '~'}{extent.tokens:,}",
        f"{'' if extent.steps_exact else '~'}{extent.steps:,}",
        "?" if phase.parameters is None else f"{phase.parameters:,}",
        "?" if phase.trained is None else f"{phase.trained:,}",
        "?" if phase.memory is None else f"~{_size(phase.memory.total)}",
        "" if phase.memory is None else ", ".join(f"{n} {_size(b)}" for n, b in asdict(phase.memory).items() if b),
    )


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 else f"{count / 2**20:.1f} MiB"
