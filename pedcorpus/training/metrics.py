"""What a phase logged: one JSON line per logging step, and the losses as a picture."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Curves", "MetricsFile", "curves_of", "keep_steps", "losses", "plot_losses", "plot_run"]

Curves = Mapping[str, Sequence[tuple[int, float]]]
"""Steps and losses, by what is drawn beside them."""
_CURVES = {
    "training": "loss",
    "validation": "eval_loss",
    "validation, text": "eval_text_loss",
    "validation, instructions": "eval_instruction_loss",
}

# How long something took is no property of the model; the run record has the phase's seconds.
_TIMES = ("runtime", "per_second", "flos")


def keep_steps(path: Path, *, until: int) -> None:
    """Of a file of JSON lines, each with its `step`, keep whole lines of the first `until` steps; it is there then."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if until and path.exists() else []
    kept = [line for line in lines if line.endswith("\n") and json.loads(line)["step"] <= until]
    path.write_text("".join(kept), encoding="utf-8")


class MetricsFile:
    """`metrics.jsonl`: written line by line, so that an interrupted phase leaves what it had."""

    def __init__(self, path: Path, *, until: int = 0) -> None:
        """What stands there of the first `until` steps is kept, what was logged later is not."""
        self._path = path
        keep_steps(path, until=until)

    def add(self, step: int, logged: Mapping[str, Any]) -> None:
        values = {key: _number(value) for key, value in logged.items() if not any(part in key for part in _TIMES)}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"step": step, **values}) + "\n")


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None  # JSON has no NaN


def losses(path: Path, key: str = "loss") -> list[tuple[int, float]]:
    """Step and value of each line of a metrics file that has `key`."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [(row["step"], row[key]) for row in rows if row.get(key) is not None]


def curves_of(path: Path) -> Curves:
    """Every loss that a metrics file tells of."""
    return {label: losses(path, key) for label, key in _CURVES.items()}


def plot_run(path: Path, curves: Sequence[tuple[str, Path]]) -> None:
    """Draws the losses of several phases side by side as a PNG: each a title and its metrics file."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.5 * len(curves), 3.5), layout="constrained")
    FigureCanvasAgg(figure)
    for axes, (title, metrics) in zip(figure.subplots(1, len(curves), squeeze=False)[0], curves, strict=True):
        _draw(axes, title, curves_of(metrics))
    figure.savefig(path, dpi=120, metadata={"Software": None})


def plot_losses(path: Path, *, title: str, curves: Curves) -> None:
    """Draws the loss curve as a PNG; words are English, because common fonts lack Chinese."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4), layout="constrained")
    FigureCanvasAgg(figure)
    _draw(figure.add_subplot(), title, curves)
    figure.savefig(path, dpi=120, metadata={"Software": None})


def _draw(axes: Axes, title: str, curves: Curves) -> None:
    axes.set(title=title, xlabel="step", ylabel="loss")
    for label, points in curves.items():
        if points:
            axes.plot(*zip(*points, strict=True), marker=".", label=label)
    axes.grid(alpha=0.3)
    if any(curves.values()):
        axes.legend()
