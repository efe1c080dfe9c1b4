"""HTML pages: headings, paragraphs, lists and tables of the page's own text; menus and notices of its site left out.

Spans count in the decoded source of the page, tags included.
"""

from __future__ import annotations

import re

from pedcorpus.parse.blocks import Block
from pedcorpus.parse.decode import read_text
from pedcorpus.parse.html_blocks import html_blocks
from pedcorpus.parse.html_shape import is_boilerplate, main_regions
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.parse.rows import document_of, require_text
from pedcorpus.parse.signatures import is_html
from pedcorpus.parse.structure import structure
from pedcorpus.records import SourceKind

__all__ = ["PARSER", "HtmlParser", "charset_of", "page_blocks"]

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})|"
    rb"<\?xml[^>]{0,100}encoding=[\"']([A-Za-z0-9_-]{2,20})",
    re.IGNORECASE,
)
_HEAD = 4096


def charset_of(data: bytes) -> str | None:
    """The encoding that a page names in its head, none where it names none."""
    found = _CHARSET.search(data[:_HEAD])
    return (found[1] or found[2]).decode("ascii") if found else None


def page_blocks(source: str) -> list[Block]:
    """Blocks of a page in reading order; offsets count in `source`."""
    found = [
        block
        for start, end in main_regions(source)
        for block in html_blocks(source, start=start, end=end, drop=is_boilerplate)
    ]
    return found or html_blocks(source)


class HtmlParser:
    """Pages saved from a site, or chapters kept as HTML."""

    name = "html"
    version = 2
    suffixes = frozenset({".html", ".htm", ".xhtml", ".shtml"})
    kinds = frozenset({SourceKind.TEXTBOOK, SourceKind.GUIDELINE})

    def recognises(self, original: Original) -> bool:
        return is_html(original.data)

    def parse(self, original: Original) -> Parsed:
        decoded = read_text(original, damaged=True, charset=charset_of(original.data))
        blocks = page_blocks(decoded.text)
        found = structure(blocks, original)
        document = document_of(original, f"{self.name}@{self.version}", encoding=decoded.encoding)
        return require_text(Parsed(document, passages=found.passages, failures=found.failures), blocks)


PARSER = HtmlParser()
