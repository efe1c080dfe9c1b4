"""Figures of one task as bars, a colour for each model, with intervals. The same numbers give the same picture."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pedcorpus.chart_fonts import chinese_fonts
from pedcorpus.evaluation.comparison import Comparison, Part
from pedcorpus.evaluation.report.section import Language
from pedcorpus.evaluation.report.words import part_title
from pedcorpus.evaluation.scores import Measure

__all__ = ["bars_png"]

_COLOURS = ("#9aa5b1", "#4c78a8", "#f58518", "#54a24b", "#b279a2", "#e45756", "#72b7b2", "#eeca3b")
_HATCHES = ("", "", "///", "", "\\\\\\", "", "xx", "")
_LONGEST = 28
"""Characters of a name: a longer one would leave no room for the bars."""


def bars_png(comparison: Comparison, part: Part, measures: Sequence[Measure], language: Language) -> bytes:
    """Bars of `measures`, all of them shares, times 100."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    chinese = chinese_fonts()[:1]
    spoken: Language = language if chinese else "en"
    with mpl.rc_context({"font.family": [*chinese, "DejaVu Sans"], "hatch.linewidth": 0.4}):
        figure = Figure(figsize=(3.4 + 0.75 * len(measures), 3.6), layout="constrained")
        axes = figure.add_subplot()
        for number, contestant in enumerate(comparison.contestants):
            _draw(axes, comparison, part, measures, number, _drawable(contestant.name, is_chinese=bool(chinese)))
        axes.set_xticks(range(len(measures)), [each.title[spoken] for each in measures], rotation=30, ha="right")
        axes.set_ylabel("× 100")
        axes.set_ylim(0, None)
        axes.set_title(_drawable(part_title(part)[spoken], is_chinese=bool(chinese)), fontsize="medium")
        axes.legend(loc="upper left", bbox_to_anchor=(1, 1), fontsize="small")
        FigureCanvasAgg(figure)
        buffer = BytesIO()
        figure.savefig(buffer, dpi=120, metadata={"Software": None})
    return buffer.getvalue()


def _draw(
    axes: object, comparison: Comparison, part: Part, measures: Sequence[Measure], number: int, label: str
) -> None:
    """One model's bars, side by side with the others'."""
    width = 0.8 / len(comparison.contestants)
    model = comparison.contestants[number].name
    places, heights, below, above = [], [], [], []
    for place, measure in enumerate(measures):
        if (cell := comparison.cell(part, measure.name, model)) is not None:
            found = cell.interval
            places.append(place - 0.4 + width * (number + 0.5))
            heights.append(100 * found.estimate)
            below.append(max(0.0, 100 * (found.estimate - found.low)))
            above.append(max(0.0, 100 * (found.high - found.estimate)))
    axes.bar(  # type: ignore[attr-defined]  # matplotlib's Axes, which is imported late
        places,
        heights,
        width,
        yerr=(below, above),
        label=label,
        color=_COLOURS[number % len(_COLOURS)],
        hatch=_HATCHES[number % len(_HATCHES)],
        edgecolor="white",
        error_kw={"elinewidth": 1, "ecolor": "#333333"},
    )


def _drawable(name: str, *, is_chinese: bool) -> str:
    """A name as it can be drawn, its middle left out where it is long; what no font is there for is a question mark."""
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST // 2 - 1]}…{name[-_LONGEST // 2 :]}"
    drawn = short if is_chinese else short.replace("…", "...").encode("latin-1", "replace").decode("latin-1")
    return drawn.replace("$", r"\$")
