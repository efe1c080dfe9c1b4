"""Votes as the bars of the paper: for each dimension, which share of pairs was won, tied and lost.

Chinese where a font for it is found and wanted, else English. The same numbers give the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from pedcorpus.chart_fonts import chinese_fonts
from pedcorpus.evaluation.votes import DimensionResult, VotesReport
from pedcorpus.records import Dimension

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["votes_png"]

Language = Literal["zh", "en"]

_OUTCOMES = ("win", "tie", "lose")
_COLOURS = {"win": "#4c78a8", "tie": "#d9d9d9", "lose": "#f58518"}
_HATCHES = {"win": "", "tie": "", "lose": "///"}
_INK = {"win": "white", "tie": "black", "lose": "black"}
_WORDS: Mapping[str, tuple[str, str]] = {
    "professionalism": ("专业性", "professionalism"),
    "factuality": ("真实性", "factuality"),
    "safety": ("安全性", "safety"),
    "overall": ("总体", "over all"),
    "win": ("胜", "win"),
    "tie": ("平", "tie"),
    "lose": ("负", "lose"),
    "share": ("占各对的百分比（黑线：胜率的 95% 区间）", "% of pairs (black line: 95 % interval of the wins)"),
    "title": (
        "{a} 对 {b}：{judged} 对，{doctors} 名医生盲评，多数决",
        "{a} against {b}: {judged} pairs, blind votes of {doctors} doctors, by majority",
    ),
}
_TOO_THIN = 5  # percent of the width in which no number fits


def votes_png(report: VotesReport, *, names: tuple[str, str], language: Language = "zh") -> bytes:
    """The bars; `names` are what the two runs are called."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    chinese = chinese_fonts()[:1]
    spoken: Language = language if chinese else "en"
    with mpl.rc_context({"font.family": [*chinese, "DejaVu Sans"], "hatch.linewidth": 0.4}):
        figure = Figure(figsize=(8, 3.6), layout="constrained")
        _draw(figure.add_subplot(), report, names=_named(names, chinese), language=spoken)
        FigureCanvasAgg(figure)
        buffer = BytesIO()
        figure.savefig(buffer, dpi=120, metadata={"Software": None})
    return buffer.getvalue()


def _named(names: tuple[str, str], fonts: Iterable[str]) -> tuple[str, str]:
    """Names as they can be drawn: without a font for it, what is not Latin is a question mark."""
    if any(fonts):
        return names
    first, second = (name.encode("latin-1", "replace").decode("latin-1") for name in names)
    return first, second


def _draw(axes: Axes, report: VotesReport, *, names: tuple[str, str], language: Language) -> None:
    results = [
        *((dimension.value, report.dimensions[dimension]) for dimension in Dimension),
        ("overall", report.overall),
    ]
    for row, (_, result) in enumerate(results):
        _draw_bar(axes, row, result, language)
    labels = [f"{_word(name, language)} ({result.pairs})" for name, result in results]
    axes.set_yticks(range(len(results)), labels)
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel(_word("share", language))
    doctors = sum(voter.counted for voter in report.voters)
    title = _word("title", language).format(a=names[0], b=names[1], judged=report.judged, doctors=doctors)
    axes.set_title(title.replace("$", r"\$"), fontsize="medium")
    if report.judged:
        handles, _ = axes.get_legend_handles_labels()
        axes.legend(handles[:3], [_word(name, language) for name in _OUTCOMES], loc="upper left", bbox_to_anchor=(1, 1))


def _draw_bar(axes: Axes, row: int, result: DimensionResult, language: Language) -> None:
    left = 0.0
    for name in _OUTCOMES:
        counted = getattr(result, name)
        width = 100 * counted.share.estimate if counted.share else 0.0
        axes.barh(
            row,
            width,
            left=left,
            color=_COLOURS[name],
            hatch=_HATCHES[name],
            edgecolor="white",
            label=_word(name, language),
        )
        if width >= _TOO_THIN:
            axes.text(left + width / 2, row, f"{width:.0f}%", ha="center", va="center", color=_INK[name])
        left += width
    if result.win.share:
        axes.hlines(row + 0.32, 100 * result.win.share.low, 100 * result.win.share.high, color="black", linewidth=1.2)


def _word(key: str, language: Language) -> str:
    return _WORDS[key][language == "en"]
