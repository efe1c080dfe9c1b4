"""Votes as the bars of the paper: for each dimension, which share of pairs was won, tied and lost.

Chinese where a font for it is found and wanted, else English. The same numbers give the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Literal, Protocol

from pedcorpus.chart_fonts import chinese_fonts
from pedcorpus.evaluation.votes import Counted, VotesReport
from pedcorpus.records import Dimension

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Split", "split_png", "votes_png"]

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


class Split(Protocol):
    """How pairs came out in one respect."""

    @property
    def pairs(self) -> int: ...
    @property
    def win(self) -> Counted: ...
    @property
    def tie(self) -> Counted: ...
    @property
    def lose(self) -> Counted: ...


def votes_png(report: VotesReport, *, names: tuple[str, str], language: Language = "zh") -> bytes:
    """The bars; `names` are what the two runs are called."""
    doctors = sum(voter.counted for voter in report.voters)
    rows = [(_WORDS[name.value], report.dimensions[name]) for name in Dimension]
    return split_png(
        [*rows, (_WORDS["overall"], report.overall)],
        title=_WORDS["title"],
        told={"a": names[0], "b": names[1], "judged": report.judged, "doctors": doctors},
        language=language,
    )


def split_png(
    rows: Sequence[tuple[tuple[str, str], Split]],
    *,
    title: tuple[str, str],
    told: Mapping[str, str | int],
    language: Language,
) -> bytes:
    """A bar for each row, whose name comes in Chinese and English; `told` fills the title."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    chinese = chinese_fonts()[:1]
    spoken: Language = language if chinese else "en"
    drawable = {name: _drawable(value, chinese) if isinstance(value, str) else value for name, value in told.items()}
    with mpl.rc_context({"font.family": [*chinese, "DejaVu Sans"], "hatch.linewidth": 0.4}):
        figure = Figure(figsize=(8, 1.2 + 0.6 * len(rows)), layout="constrained")
        _draw(figure.add_subplot(), rows, title=title[spoken == "en"].format(**drawable), language=spoken)
        FigureCanvasAgg(figure)
        buffer = BytesIO()
        figure.savefig(buffer, dpi=120, metadata={"Software": None})
    return buffer.getvalue()


def _drawable(name: str, fonts: Sequence[str]) -> str:
    """A name as it can be drawn: without a font for it, what is not Latin is a question mark."""
    return name if fonts else name.encode("latin-1", "replace").decode("latin-1")


def _draw(axes: Axes, rows: Sequence[tuple[tuple[str, str], Split]], *, title: str, language: Language) -> None:
    for row, (_, split) in enumerate(rows):
        _draw_bar(axes, row, split, language)
    axes.set_yticks(range(len(rows)), [f"{name[language == 'en']} ({split.pairs})" for name, split in rows])
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel(_word("share", language))
    axes.set_title(title.replace("$", r"\$"), fontsize="medium")
    if any(split.pairs for _, split in rows):
        handles, _ = axes.get_legend_handles_labels()
        axes.legend(handles[:3], [_word(name, language) for name in _OUTCOMES], loc="upper left", bbox_to_anchor=(1, 1))


def _draw_bar(axes: Axes, row: int, result: Split, language: Language) -> None:
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
