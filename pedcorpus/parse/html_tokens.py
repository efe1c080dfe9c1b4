"""HTML cut into tags and text, each with its place in the source.

The tree builders that are kept for Python say which element a text is in, but not where in the file it stood, and a
span is what a quote is shown by. This is the tokenising half of the HTML standard, without scripts; each character of
the source is looked at a bounded number of times, whatever the markup. What tags mean is left to `html_blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

__all__ = ["HtmlToken", "attributes_of", "resolve_entities", "tokens_of"]

_TAG_OPEN = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)(?=[\s/>])")
_TAG_REST = re.compile(r"""(?:[^<>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+'|)|["']|<(?![A-Za-z/!]))*+>""")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>]+)))?"""
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")
}
"""Elements whose content is no markup, and how they end."""


class HtmlToken(NamedTuple):
    """A tag or a stretch of text: `source[start:end]`."""

    name: str
    """Element in lower case, without a namespace's prefix; empty for text."""
    is_close: bool
    start: int
    end: int
    is_empty: bool = False
    """Written `<x/>`; only elements without content, and those of XHTML, are closed by it."""


def tokens_of(source: str, start: int = 0, end: int | None = None) -> Iterator[HtmlToken]:
    """Tags and text of `source[start:end]` in order; comments, doctypes and processing instructions are skipped."""
    stop = len(source) if end is None else end
    last = {mark: source.rfind(mark, start, stop) for mark in (">", "-->", "]]>")}
    never_closed: set[str] = set()
    position = text_from = start
    while 0 <= (found := source.find("<", position, stop)) < last[">"]:
        after, token = _markup(source, found, stop, last)
        if after is None:
            position = found + 1
            continue
        if found > text_from:
            yield HtmlToken("", False, text_from, found)
        if token is not None:
            yield token
        position = text_from = after
        if token is not None and token.name in _RAW and not (token.is_close or token.is_empty):
            closing = None if token.name in never_closed else _RAW[token.name].search(source, after, stop)
            if closing is None:
                never_closed.add(token.name)
            else:
                position = closing.start()
    if stop > text_from:
        yield HtmlToken("", False, text_from, stop)


def attributes_of(source: str, token: HtmlToken) -> dict[str, str]:
    """Attributes of a tag, names in lower case; of two with one name the first counts."""
    found: dict[str, str] = {}
    opened = _TAG_OPEN.match(source, token.start)
    for one in _ATTRIBUTE.finditer(source, opened.end() if opened else token.start, token.end - 1):
        value = one["double"] or one["single"] or one["bare"] or ""
        found.setdefault(one["name"].lower(), unescape(value) if "&" in value else value)
    return found


def resolve_entities(text: str, origin: Sequence[int]) -> tuple[str, Sequence[int]]:
    """`text` with `&lt;` and `&#x4E2D;` as the characters meant, which take the place of their `&`."""
    if "&" not in text:
        return text, origin
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for found in _ENTITY.finditer(text):
        meant = _meant(found[0])
        pieces += [text[last : found.start()], meant]
        places += [*origin[last : found.start()], *[origin[found.start()]] * len(meant)]
        last = found.end()
    return "".join([*pieces, text[last:]]), [*places, *origin[last:]]


def _meant(entity: str) -> str:
    if entity.strip("&#;xX").strip("0") == "":
        return ""
    return unescape(entity)


def _markup(source: str, at: int, stop: int, last: Mapping[str, int]) -> tuple[int | None, HtmlToken | None]:
    """Where the markup at `at` ends, and its token; no end where it is text, no token where it is to be skipped.

    `last` says where each closing mark stands last. A comment that is never closed ends with the next tag: the
    standard would leave out the rest of the page.
    """
    if source.startswith("<!--", at) and at < last["-->"]:
        return source.index("-->", at + 2) + 3, None
    if source.startswith("<![CDATA[", at) and at < last["]]>"]:
        after = source.index("]]>", at + 9) + 3
        return after, HtmlToken("", False, at + 9, after - 3)
    if source.startswith(("<!", "<?"), at):
        return source.index(">", at) + 1, None
    opened = _TAG_OPEN.match(source, at, stop)
    rest = _TAG_REST.match(source, opened.end(), stop) if opened else None
    if opened is None or rest is None:
        return None, None
    name = opened["name"].lower().rpartition(":")[2]
    is_empty = source[rest.end() - 2] == "/"
    return rest.end(), HtmlToken(name, bool(opened["close"]), at, rest.end(), is_empty)
