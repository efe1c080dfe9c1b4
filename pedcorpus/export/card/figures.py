"""The card's figures: shares of tasks and works, and how long the texts are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pedcorpus.export.card.chart import Bar, Spread, bars_png, spreads_png
from pedcorpus.export.card.lengths import Lengths
from pedcorpus.export.contents import Contents
from pedcorpus.export.read import SPLITS

__all__ = ["card_figures", "figure_line"]

_MOST = 20
"""Bars in one figure."""


def card_figures(contents: Contents, lengths: Sequence[Lengths]) -> Mapping[str, bytes]:
    """PNG by file name in `figures/`."""
    return {
        "tasks.png": bars_png("Rows by task and split", _task_bars(contents), parts=SPLITS),
        "sources.png": bars_png("Rows that rest on each work", _source_bars(contents)),
        "lengths.png": spreads_png("Lengths in characters, class of the median marked", _spreads(lengths)),
    }


def figure_line(name: str, words: str) -> str:
    """A figure in the card."""
    return f"![{words}](figures/{name})"


def _task_bars(contents: Contents) -> list[Bar]:
    counts = contents.counts["tasks"]
    tasks = sorted((name for name in counts if "/" not in name), key=lambda name: (-counts[name], name))
    return [
        Bar(
            label=_latin(task, number),
            parts=[counts.get(f"{task}/{split}", 0) for split in SPLITS],
            note=f"{counts[task]:,}",
        )
        for number, task in enumerate(tasks, 1)
    ]


def _source_bars(contents: Contents) -> list[Bar]:
    """Works with the most rows, called by their ids, or by their number in the card's table where these are Chinese."""
    numbered = list(enumerate(contents.licences["sources"], 1))
    used = sorted((pair for pair in numbered if pair[1]["rows"]), key=lambda pair: (-pair[1]["rows"], pair[0]))
    bars = [
        Bar(_latin(work["id"], number), [work["rows"]], f"{work['rows']:,} ({work['rows_share']:.1%})")
        for number, work in used[:_MOST]
    ]
    rest = [work["rows"] for _, work in used[_MOST:]]
    return [*bars, *([Bar(f"{len(rest)} others", [sum(rest)], f"{sum(rest):,}")] if rest else [])]


def _spreads(lengths: Sequence[Lengths]) -> list[Spread]:
    return [
        Spread(_latin(f"{each.what}, {each.of}", number), each.counts, each.quantile(50), f"{each.texts:,}")
        for number, each in enumerate(lengths, 1)
    ]


def _latin(label: str, number: int) -> str:
    """The label, or its number where the font has not got its letters."""
    return label if label.isascii() else f"no. {number}"
