"""A report as Markdown, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pedcorpus.evaluation.report.section import (
    Block,
    Case,
    Language,
    Lines,
    Paragraph,
    Picture,
    Said,
    Section,
    Table,
    said,
)
from pedcorpus.tasks import Label

__all__ = ["markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#$~])")


def markdown(title: Label, sections: Sequence[Section], language: Language) -> str:
    """The whole report; pictures are linked by their file names."""
    parts = [f"# {_escaped(title[language])}"]
    for section in sections:
        parts.append(f"## {_escaped(section.title[language])}")
        parts += [text for block in section.blocks for text in _block(block, language)]
    return "\n\n".join(parts) + "\n"


def _block(block: Block, language: Language) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield _escaped(said(text, language))
        case Table():
            if block.caption:
                yield f"**{_escaped(said(block.caption, language))}**"
            yield _table(block, language)
        case Picture(file, _, alt):
            yield f"![{_escaped(said(alt, language))}]({file})"
        case Lines(lines):
            yield _lines(lines, language)
        case Case(title, lines):
            yield f"### {_escaped(said(title, language))}"
            yield _lines(lines.lines, language)


def _table(table: Table, language: Language) -> str:
    head = [_cell(each, language) for each in table.head]
    rows = [
        [
            f"**{_cell(each, language)}**" if (row, column) in table.strong else _cell(each, language)
            for column, each in enumerate(cells)
        ]
        for row, cells in enumerate(table.rows)
    ]
    ruler = ["---", *("---:" for _ in table.head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ruler, *rows))


def _cell(text: Said, language: Language) -> str:
    return _escaped(" ".join(said(text, language).split()))


def _lines(lines: Sequence[tuple[Said, Said]], language: Language) -> str:
    """Each text as a quotation under its name: what a model wrote stays text, whatever it looks like."""
    return "\n\n".join(
        f"**{_escaped(said(name, language))}**\n\n"
        + "\n".join(f"> {_escaped(line)}" for line in said(text, language).split("\n"))
        for name, text in lines
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
