"""EPUB books: the files of the spine in reading order, each walked as HTML.

An address names the file of the spine as `entity`, and its spans count in that file's decoded source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pedcorpus.errors import InputError
from pedcorpus.normalise import fold
from pedcorpus.parse.archive import Archive, has_member
from pedcorpus.parse.blocks import Block
from pedcorpus.parse.decode import decode
from pedcorpus.parse.epub_package import Chapter, chapters_of
from pedcorpus.parse.html import charset_of
from pedcorpus.parse.html_blocks import html_blocks
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.parse.rows import document_of, failure_of, require_text
from pedcorpus.parse.structure import structure
from pedcorpus.records import Failure, Passage, SourceKind

__all__ = ["PARSER", "EpubParser"]

_MIMETYPE = b"mimetypeapplication/epub+zip"


_BY_CHAPTER = frozenset({"empty", "binary", "unknown_encoding", "damaged_text", "damaged_archive"})
"""What may be wrong with one chapter while the others are read."""


@dataclass(frozen=True)
class _Read:
    """A chapter, its blocks, and where its source begins when all sources are put one behind the other."""

    name: str
    blocks: Sequence[Block]
    base: int


def _source(archive: Archive, chapter: Chapter) -> str:
    data = archive.read_xml(chapter.name)
    return decode(data, where=chapter.name, damaged=True, charset=charset_of(data)).text


def _titled(blocks: list[Block], title: str) -> list[Block]:
    """`blocks` under their title of the table of contents, where no heading of their own says it."""
    if not blocks or not title or any(block.level is not None for block in blocks):
        return blocks
    if fold(blocks[0].text) == fold(title):
        return [replace(blocks[0], level=1), *blocks[1:]]
    return [Block(title, (blocks[0].origin[0],) * len(title), level=1), *blocks]


def _read(original: Original) -> tuple[list[_Read], list[Failure]]:
    archive = Archive(original.data, where=original.path, limits=original.limits)
    chapters: list[_Read] = []
    failures: list[Failure] = []
    base = 0
    for chapter in chapters_of(archive, where=original.path):
        try:
            source = _source(archive, chapter)
        except InputError as error:
            if error.reason not in _BY_CHAPTER:
                raise
            if error.reason != "empty":
                failures.append(failure_of(original, chapter.name, error.reason, error.detail))
            continue
        blocks = [trimmed for block in html_blocks(source) if (trimmed := block.cut(0)).text]
        shifted = [
            replace(block, origin=[base + at for at in block.origin]) for block in _titled(blocks, chapter.title)
        ]
        chapters.append(_Read(chapter.name, shifted, base))
        base += len(source) + 1
    return chapters, failures


def _addressed(passages: Sequence[Passage], chapters: Sequence[_Read]) -> tuple[Passage, ...]:
    """`passages` with the file that each stands in, and spans that count in it."""
    bases = [chapter.base for chapter in chapters]
    placed = []
    for passage in passages:
        start, end = passage.address.start or 0, passage.address.end or 0
        chapter = chapters[bisect_right(bases, start) - 1]
        own = {"entity": chapter.name, "start": start - chapter.base, "end": end - chapter.base}
        placed.append(passage.model_copy(update={"address": passage.address.model_copy(update=own)}))
    return tuple(placed)


class EpubParser:
    """Books in EPUB 2 or 3 without copy protection."""

    name = "epub"
    version = 2
    suffixes = frozenset({".epub"})
    kinds = frozenset({SourceKind.TEXTBOOK, SourceKind.GUIDELINE})

    def recognises(self, original: Original) -> bool:
        if original.path.lower().endswith(".epub"):
            return original.data.startswith(b"PK")
        return _MIMETYPE in original.data[:200] or has_member(original.data, "META-INF/container.xml")

    def parse(self, original: Original) -> Parsed:
        chapters, failures = _read(original)
        blocks = [block for chapter in chapters for block in chapter.blocks]
        found = structure(blocks, original)
        return require_text(
            Parsed(
                document_of(original, f"{self.name}@{self.version}"),
                _addressed(found.passages, chapters),
                failures=(*failures, *found.failures),
            ),
            blocks,
        )


PARSER = EpubParser()
