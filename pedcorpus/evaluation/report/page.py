"""A report as one HTML page that needs no network: both languages, pictures inside, readable on a phone.

It has no script; everything that comes from a model, a source or a file is escaped. The reader's language is chosen
with two radio buttons and CSS.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

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

__all__ = ["page"]

_HEAD = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<input type="radio" name="language" id="zh"{zh}><label for="zh">中文</label>
<input type="radio" name="language" id="en"{en}><label for="en">English</label>
<main>
<h1>{heading}</h1>
"""
_FOOT = "</main>\n</body>\n</html>\n"


def page(title: Label, sections: Sequence[Section], language: Language) -> str:
    """The page, opened in `language`."""
    style = files("pedcorpus.evaluation.report").joinpath("page.css").read_text("utf-8")
    head = _HEAD.format(
        lang="zh-CN" if language == "zh" else "en",
        title=escape(title[language]),
        style=style,
        zh=" checked" if language == "zh" else "",
        en=" checked" if language == "en" else "",
        heading=_both(title),
    )
    body = "".join(text for section in sections for text in _section(section))
    return head + body + _FOOT


def _section(section: Section) -> Iterator[str]:
    yield f'<section id="{escape(section.key)}">\n<h2>{_both(section.title)}</h2>\n'
    for block in section.blocks:
        yield from _block(block)
    yield "</section>\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield f"<p>{_both(text)}</p>\n"
        case Table():
            yield from _table(block)
        case Picture(_, png, alt):
            source = b64encode(png).decode("ascii")
            yield f'<figure><img alt="{escape(_plain(alt))}" src="data:image/png;base64,{source}">'
            yield f"<figcaption>{_both(alt)}</figcaption></figure>\n"
        case Lines(lines):
            yield _lines(lines)
        case Case(title, lines):
            yield f"<details><summary>{_both(title)}</summary>\n{_lines(lines.lines)}</details>\n"


def _table(table: Table) -> Iterator[str]:
    caption = f"<caption>{_both(table.caption)}</caption>" if table.caption else ""
    yield f'<div class="wide"><table>{caption}<thead><tr>'
    yield "".join(f'<th scope="col">{_both(each)}</th>' for each in table.head)
    yield "</tr></thead><tbody>\n"
    for row, cells in enumerate(table.rows):
        first, *rest = cells
        marked = (
            f"<td>{'<strong>' if (row, column) in table.strong else ''}{_both(each)}"
            f"{'</strong>' if (row, column) in table.strong else ''}</td>"
            for column, each in enumerate(rest, 1)
        )
        yield f'<tr><th scope="row">{_both(first)}</th>{"".join(marked)}</tr>\n'
    yield "</tbody></table></div>\n"


def _lines(lines: Sequence[tuple[Said, Said]]) -> str:
    told = "".join(f"<dt>{_both(name)}</dt><dd>{_both(text)}</dd>\n" for name, text in lines)
    return f"<dl>{told}</dl>\n"


def _both(text: Said) -> str:
    """In both languages, of which the page shows one; what is the same in both stands once."""
    zh, en = said(text, "zh"), said(text, "en")
    if zh == en:
        return escape(zh)
    return f'<span class="zh" lang="zh-CN">{escape(zh)}</span><span class="en" lang="en">{escape(en)}</span>'


def _plain(text: Said) -> str:
    zh, en = said(text, "zh"), said(text, "en")
    return zh if zh == en else f"{zh} / {en}"
