"""What an HTML page looks like before it is read: which tables only lay out, and where its own text stands.

Pages of a site carry menus, side bars and notices; a book's chapter does not, and is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pedcorpus.parse.html_tokens import HtmlToken, attributes_of, tokens_of

__all__ = ["HEADINGS", "UNREAD", "is_boilerplate", "layout_tables", "main_regions"]

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNREAD_NAMES = (
    "script style noscript template head title svg canvas iframe object video audio select option datalist textarea "
    "button rp rt annotation annotation-xml del s strike"
)
UNREAD = frozenset(_UNREAD_NAMES.split())
"""Elements whose text is none of the page's: code, controls, sounds of characters, text that was struck out."""
_LANDMARKS = frozenset({"nav", "aside", "footer", "menu", "dialog"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog"})
_CONTAINERS = frozenset({"div", "section", "ul", "ol", "table", "header"})
_BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|crumbs?|side-?bar|footer|copyright|pagination|pager|toolbar|"
    r"share|social|advert(?:isement)?s?|ads?|cookies?|login|related|comments?|toc)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAIN_SHARE = 0.3
"""A `<main>` or `<article>` with less of the page's text than this is a teaser."""


def is_boilerplate(source: str, token: HtmlToken) -> bool:
    """Does this tag open a part of the page that is not its text: a menu, a side bar, a foot?"""
    if token.name in _LANDMARKS:
        return True
    if token.name not in _CONTAINERS:
        return False
    attributes = attributes_of(source, token)
    if attributes.get("role", "").lower() in _ROLES or "hidden" in attributes:
        return True
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return _BOILERPLATE.search(named) is not None


@dataclass
class _Table:
    start: int
    cells: int = 0
    holds_blocks: bool = False


def layout_tables(tokens: Iterable[HtmlToken]) -> frozenset[int]:
    """Offsets of `<table>` tags that hold headings, other tables, or one cell alone: these only place text."""
    layout: set[int] = set()
    open_tables: list[_Table] = []
    for token in tokens:
        if token.name == "table" and not token.is_close:
            if open_tables:
                open_tables[-1].holds_blocks = True
            open_tables.append(_Table(token.start))
        elif token.name == "table" and open_tables:
            _judge(open_tables.pop(), layout)
        elif open_tables and not token.is_close:
            open_tables[-1].cells += token.name in ("td", "th")
            open_tables[-1].holds_blocks |= token.name in HEADINGS
    for table in open_tables:
        _judge(table, layout)
    return frozenset(layout)


def _judge(table: _Table, layout: set[int]) -> None:
    if table.holds_blocks or table.cells <= 1:
        layout.add(table.start)


def main_regions(source: str) -> list[tuple[int, int]]:
    """Spans of the source that hold the page's own text: its `<main>`, else its articles, else all of it."""
    for name in ("main", "article"):
        spans, share = _regions(source, name) if re.search(f"<{name}[\\s>]", source, re.IGNORECASE) else ([], 0.0)
        if spans and share >= _MAIN_SHARE:
            return spans
    return [(0, len(source))]


def _regions(source: str, name: str) -> tuple[list[tuple[int, int]], float]:
    """Where elements called `name` are, and their share of all text."""
    spans: list[tuple[int, int]] = []
    depth = start = inside = whole = 0
    before = ""
    for token in tokens_of(source):
        if not token.name and before not in UNREAD:
            characters = len(source[token.start : token.end].strip())
            whole += characters
            inside += characters if depth else 0
        elif token.name == name and not token.is_empty:
            start = token.end if depth == 0 else start
            depth = max(0, depth + (-1 if token.is_close else 1))
            if depth == 0:
                spans.append((start, token.start))
        before = "" if token.is_close else token.name
    if depth:
        spans.append((start, len(source)))
    return spans, inside / max(whole, 1)
