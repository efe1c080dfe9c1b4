"""Plain text: paragraphs put together from wrapped lines; the markup of digitised classics as headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pedcorpus.parse.blocks import Block
from pedcorpus.parse.decode import read_text
from pedcorpus.parse.lines import Line, line_blocks, lines_of
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.parse.rows import document_of, require_text
from pedcorpus.parse.structure import structure
from pedcorpus.records import SourceKind

__all__ = ["PARSER", "PlainTextParser", "plain_text_blocks"]

_MARKUP = re.compile(r"\s*<(?P<tag>篇名|目录)>(?P<title>.*)")
_CATALOGUE = re.compile(r"\s*(?:书名|作者|朝代|年份)：")
_ATTRIBUTE = re.compile(r"\s*属性：")
_SIGNATURE = re.compile(r"\\x")
_LOOKS_LIKE = re.compile("<(?:篇名|目录)>")


def plain_text_blocks(text: str) -> list[Block]:
    """Blocks of a plain text in reading order."""
    lines = list(lines_of(text))
    found = _classic_blocks(lines) if _LOOKS_LIKE.search(text[:65536]) else _prose(lines)
    return [cut for block in found if (cut := block.cut(0)).text]


def _prose(lines: Sequence[Line]) -> Iterator[Block]:
    for run in _runs(lines):
        yield from line_blocks(run)


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines between blank lines."""
    run: list[Line] = []
    for line in lines:
        if line.text.strip():
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _classic_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Sections of a classic: `<目录>` names the volume, `<篇名>` the section, the first `<篇名>` the book."""
    section: list[Line] = []
    depth, volume = 1, ""
    for line in lines:
        markup = _MARKUP.match(line.text)
        if markup is None:
            section.append(line)
            continue
        yield from _prose(_body(section))
        section = []
        title = Line(markup["title"], line.offset + markup.start("title"))
        if markup["tag"] == "篇名":
            yield from _headings([title], depth)
            depth = depth if depth > 1 else 2
        elif title.text.strip() != volume:
            volume = title.text.strip()
            parts = list(_parts(title))
            yield from _headings(parts, 2)
            depth = 2 + len(parts)
    yield from _prose(_body(section))


def _parts(title: Line) -> Iterator[Line]:
    offset = title.offset
    for part in title.text.split("\\"):
        if part.strip():
            yield Line(part, offset)
        offset += len(part) + 1


def _headings(titles: Sequence[Line], level: int) -> Iterator[Block]:
    for step, title in enumerate(titles):
        for block in line_blocks([title]):
            yield replace(block, level=level + step)


def _body(section: Sequence[Line]) -> list[Line]:
    """Lines of a section without the catalogue entry and the markup in them."""
    kept = []
    for line in section:
        if _CATALOGUE.match(line.text):
            continue
        if line.text.startswith("\\x"):
            kept.append(Line("", line.offset))
        found = _ATTRIBUTE.match(line.text)
        start = found.end() if found else 0
        kept.append(Line(_SIGNATURE.sub("", line.text[start:]), line.offset + start))
    return kept


class PlainTextParser:
    """Textbooks and guidelines kept as plain text, in any encoding that `decode` knows."""

    name = "plain_text"
    version = 3
    suffixes = frozenset({".txt", ".text"})
    kinds = frozenset({SourceKind.TEXTBOOK, SourceKind.GUIDELINE})

    def recognises(self, original: Original) -> bool:
        head = original.data[:4096]
        return any(f"<{tag}>".encode(encoding) in head for tag in ("篇名", "目录") for encoding in ("utf-8", "gb18030"))

    def parse(self, original: Original) -> Parsed:
        decoded = read_text(original, damaged=True)
        blocks = plain_text_blocks(decoded.text)
        found = structure(blocks, original)
        document = document_of(original, f"{self.name}@{self.version}", encoding=decoded.encoding)
        return require_text(Parsed(document, passages=found.passages, failures=found.failures), blocks)


PARSER = PlainTextParser()
