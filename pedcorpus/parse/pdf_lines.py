"""What is printed on a PDF page: lines of text with place, size and weight, as pymupdf's `dict` gives them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pymupdf

from pedcorpus.parse.joins import columns, glue

__all__ = ["PrintedLine", "body_size", "merge_fragments", "read_fragments"]

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP
"""No images; ligatures spelt out; a glyph without a character becomes U+FFFD, which is reported, not guessed."""
_SUPERSCRIPT, _BOLD = 1, 16
_LABEL = re.compile(r"\[\d{1,3}\]|[（(]?\d{1,3}[.．、)）]|[•●○◆■▪·*–-]|[（(]?[一二三四五六七八九十]{1,3}[、)）]|[①-⑳]")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_HEAVY_FONTS = ("bold", "heavy", "black", "hei", "demi")


@dataclass(frozen=True)
class PrintedLine:
    """One line of one column, or a fragment of it; coordinates are points from the page's top left."""

    text: str
    page: int
    """Counted from 1."""
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    """Font size of most of its characters."""
    bold: bool
    column: tuple[float, float] = (0.0, 0.0)
    """Left and right edge of the column it stands in."""
    table: tuple[PrintedLine, ...] = ()
    """Rows, when this stands for a whole table."""
    confidence: float | None = None
    """How sure the OCR was; none for text that the file itself holds."""

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        """Of its box, at least one point."""
        return max(self.y1 - self.y0, 1.0)


def read_fragments(page: Any) -> list[PrintedLine]:  # pymupdf is untyped
    """Horizontal lines of `page` as the file holds them: one printed line may come in several."""
    fragments = []
    for block in page.get_text("dict", flags=_FLAGS)["blocks"]:
        for line in block.get("lines", ()):
            if abs(line["dir"][1]) < 0.05 and line["dir"][0] > 0:
                fragment = _fragment(line, page.number + 1)
                if fragment.text.strip():
                    fragments.append(fragment)
    return fragments


def _fragment(line: Any, page: int) -> PrintedLine:
    spans = [span for span in line["spans"] if span["text"]]
    text = "".join(_span_text(span) for span in spans)
    visible = [span for span in spans if span["text"].strip()] or spans
    x0 = min((span["bbox"][0] for span in visible), default=line["bbox"][0])
    x1 = max((span["bbox"][2] for span in visible), default=line["bbox"][2])
    weight = Counter[float]()
    for span in visible:
        weight[round(span["size"] * 2) / 2] += len(span["text"].strip())
    heavy = sum(len(span["text"].strip()) for span in visible if _is_bold(span))
    total = sum(weight.values())
    return PrintedLine(
        text=" ".join(text.split(" ")).strip() if text.isascii() else text.strip(),
        page=page,
        x0=x0,
        y0=_top(line, visible),
        x1=x1,
        y1=_bottom(line, visible),
        size=weight.most_common(1)[0][0] if weight else 0.0,
        bold=total > 0 and heavy > 0.6 * total,
    )


def _span_text(span: Any) -> str:
    """Text of a span; raised digits become superscript characters, so that 10⁹/L does not become 109/L."""
    text: str = span["text"].replace("\xa0", " ").replace("\xad", "-")
    if span["flags"] & _SUPERSCRIPT and text.strip() and not text.strip().strip("0123456789+-−"):
        return text.translate(_RAISED)
    return text


def _is_bold(span: Any) -> bool:
    return bool(span["flags"] & _BOLD) or any(word in span["font"].lower() for word in _HEAVY_FONTS)


def _top(line: Any, spans: Sequence[Any]) -> float:
    """Top of the line's type: the box that the font declares may be several lines high."""
    return float(max(line["bbox"][1], min((span["origin"][1] - span["size"] for span in spans), default=0.0)))


def _bottom(line: Any, spans: Sequence[Any]) -> float:
    lowest = max((span["origin"][1] + 0.35 * span["size"] for span in spans), default=line["bbox"][3])
    return float(min(line["bbox"][3], lowest))


def merge_fragments(fragments: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Fragments on one baseline, less than a character apart, as one line; a gutter is wider than that."""
    merged: list[PrintedLine] = []
    for row in _rows(fragments):
        line, *others = sorted(row, key=lambda one: one.x0)
        for fragment in others:
            if -0.5 * fragment.size <= fragment.x0 - line.x1 <= _reach(line) * max(line.size, fragment.size):
                line = _merged(line, fragment)
            else:
                merged.append(line)
                line = fragment
        merged.append(line)
    return merged


def _reach(line: PrintedLine) -> float:
    """How many characters' widths away the same line may go on: further behind a number or bullet alone."""
    return 3.0 if _LABEL.fullmatch(line.text) else 1.05


def _rows(fragments: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Fragments side by side on one baseline."""
    rows: list[list[PrintedLine]] = []
    for fragment in sorted(fragments, key=lambda one: one.middle):
        if rows and _is_level(rows[-1][-1], fragment):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return rows


def _is_level(one: PrintedLine, other: PrintedLine) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap > 0.6 * min(one.height, other.height)


def _merged(before: PrintedLine, after: PrintedLine) -> PrintedLine:
    longer = before if len(before.text) >= len(after.text) else after
    gap = " " if after.x0 - before.x1 > 0.4 * longer.size else glue(before.text, after.text)
    return replace(
        longer,
        text=before.text.rstrip() + gap + after.text.lstrip(),
        x0=before.x0,
        y0=min(before.y0, after.y0),
        x1=max(before.x1, after.x1),
        y1=max(before.y1, after.y1),
        confidence=min((one.confidence for one in (before, after) if one.confidence is not None), default=None),
    )


def body_size(pages: Sequence[Sequence[PrintedLine]]) -> float:
    """The size in which most pages are set: pages of references in small print do not outvote the text."""
    votes = Counter(size for page in pages if (size := _page_size(page)))
    return max(votes, key=lambda size: (votes[size], size), default=10.0)


def _page_size(lines: Sequence[PrintedLine]) -> float | None:
    weight = Counter[float]()
    for line in lines:
        weight[line.size] += columns(line.text)
    return max(weight, key=lambda size: (weight[size], size), default=None)
