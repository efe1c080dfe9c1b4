"""What a report is made of: sections of blocks, in Chinese and English, that know nothing of Markdown, HTML or JSON.

A judge's verdicts, doctors' votes or whatever else belongs into a report comes as a `Section` of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pedcorpus.tasks import Label

__all__ = ["Block", "Case", "Language", "Lines", "Paragraph", "Picture", "Said", "Section", "Table", "said"]

Language = Literal["zh", "en"]
Said = str | Label
"""A name or a number, which is the same in every language; or words in `zh` and `en`."""


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: Said


@dataclass(frozen=True)
class Table:
    """Rows under heads; the first column names the row."""

    head: Sequence[Said]
    rows: Sequence[Sequence[Said]]
    caption: Said = ""
    strong: frozenset[tuple[int, int]] = frozenset()
    """Row and column of cells that stand out, as the best of their column."""


@dataclass(frozen=True)
class Picture:
    """A chart; its file stands beside the report, and in the HTML page itself."""

    file: str
    """As `scores-medkqa.png`."""
    png: bytes
    alt: Said


@dataclass(frozen=True)
class Lines:
    """Texts of models and sources under their names, shown as they are."""

    lines: Sequence[tuple[Said, Said]]


@dataclass(frozen=True)
class Case:
    """One question with what was answered: a heading, then its lines; folded away in the page."""

    title: Said
    lines: Lines


Block = Paragraph | Table | Picture | Lines | Case


@dataclass(frozen=True)
class Section:
    """One part of a report under its heading."""

    key: str
    """Stable; names it in the JSON."""
    title: Label
    blocks: Sequence[Block]
    data: Mapping[str, Any] = field(default_factory=dict)
    """The same as JSON values, for scripts: numbers as they are, not as they are shown."""


def said(text: Said, language: Language) -> str:
    """`text` in a language."""
    return text if isinstance(text, str) else text[language]
