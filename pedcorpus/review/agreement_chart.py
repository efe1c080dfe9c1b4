"""Agreement and reviewers as pictures; the same numbers give the same picture. The words on them are English."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from pedcorpus.chart_fonts import chinese_fonts
from pedcorpus.records import Agreement, AgreementReport
from pedcorpus.review.reviewer_record import ReviewerRecord

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["agreement_png", "reviewers_png"]

_RELIABLE, _TENTATIVE = 0.8, 0.667
_COLOURS = {"accepted": "tab:green", "edited": "tab:orange", "rejected": "tab:red"}


def agreement_png(report: AgreementReport) -> bytes:
    """Krippendorff's alpha by task and by reason with its 95 % bounds, beside those from which he would conclude."""
    figure = _figure(rows=len(report.tasks) + len(report.reasons))
    for place, (title, groups) in enumerate(
        (("by task", report.tasks), ("by reason for rejecting", report.reasons)), 1
    ):
        _draw_alphas(figure, place, title=title, groups=groups)
    return _png(figure)


def reviewers_png(records: Sequence[ReviewerRecord]) -> bytes:
    """What each reviewer decided, and the median time of a decision."""
    figure, names = _figure(rows=2 * len(records)), [record.reviewer for record in records]
    axes = figure.add_subplot(2, 1, 1, title="decisions")
    left = [0] * len(records)
    for verdict, colour in _COLOURS.items():
        counts = [getattr(record, verdict) for record in records]
        axes.barh(names, counts, left=left, label=verdict, color=colour)
        left = [before + count for before, count in zip(left, counts, strict=True)]
    axes.invert_yaxis()
    if records:
        axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
    axes = figure.add_subplot(2, 1, 2, title="median seconds of a decision")
    axes.barh(names, [record.median_seconds or 0 for record in records])
    axes.invert_yaxis()
    return _png(figure)


def _figure(*, rows: int) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(7, 3 + 0.3 * rows), layout="constrained")


def _draw_alphas(figure: Figure, place: int, *, title: str, groups: Mapping[str, Agreement]) -> None:
    axes = figure.add_subplot(2, 1, place, title=title, xlim=(-1, 1.02), xlabel="Krippendorff's alpha")
    names = [f"{name} ({each.instructions})" for name, each in groups.items()]
    axes.barh(names, [0 if each.alpha is None else each.alpha for each in groups.values()], color="lightsteelblue")
    for row, each in enumerate(groups.values()):
        axes.text(0.02, row, "all alike" if each.alpha is None else f"{each.alpha:.2f}", va="center")
        if each.interval:
            axes.plot(each.interval, (row, row), color="dimgrey", marker="|")
    axes.axvline(_TENTATIVE, color="tab:orange", linestyle="--", label=f"tentative {_TENTATIVE}")
    axes.axvline(_RELIABLE, color="tab:green", linestyle="--", label=f"reliable {_RELIABLE}")
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
    axes.invert_yaxis()


def _png(figure: Figure) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    buffer = BytesIO()
    fonts = ["DejaVu Sans", *chinese_fonts()]  # names of reviewers may need them
    for text in figure.findobj(Text):
        if isinstance(text, Text):
            text.set_fontfamily(fonts)
    FigureCanvasAgg(figure)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # no font for a name: the bar is drawn all the same
        figure.savefig(buffer, dpi=120, metadata={"Software": None})
    return buffer.getvalue()
