"""The content list that MinerU writes beside its Markdown: blocks with their page and box.

Spans count in the extracted text, which is all passages, a line feed between each two. A box is given in the units
of the list, thousandths of the page's width and height in MinerU 2, and covers the whole passage.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pedcorpus.errors import InputError
from pedcorpus.parse.blocks import Block, PrintedBox
from pedcorpus.parse.decode import read_text
from pedcorpus.parse.html_blocks import html_blocks
from pedcorpus.parse.latex import plain_formulas
from pedcorpus.parse.markdown import markdown_blocks
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.parse.rows import document_of, failure_of, require_text
from pedcorpus.parse.spans import numbered
from pedcorpus.parse.structure import structure
from pedcorpus.records import Failure, PassageKind, SourceKind

__all__ = ["PARSER", "MineruJsonParser"]

_LOOKS_LIKE = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{(?=[^\[\]{}]{0,4000}?\"type\"\s*:)")
_PAGE = re.compile(rb"\"page_idx\"\s*:")
_WIDE = re.compile(rb"\A(?:\xff\xfe|\xfe\xff)|\x00")
"""What UTF-16 puts before and between the characters of JSON's marks and keys."""
_HEAD = 65_536
_SURROGATES = re.compile("[\ud800-\udfff]")
_DISCARDED = frozenset({"discarded", "header", "footer", "page_number", "aside_text"})
"""What MinerU takes for running heads, feet and page numbers."""
_FAR = 1e6
_Item = Mapping[str, Any]  # any JSON object


def _items(original: Original, text: str) -> list[Any]:  # any JSON values
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        detail = f"{error}, expected the JSON array that MinerU writes; fetch it again, or run MinerU anew"
        raise InputError(original.path, "invalid_json", " ".join(detail.split())) from error
    if not isinstance(found, list):
        detail = f"found a {type(found).__name__}, expected the array of blocks that MinerU calls a content list"
        raise InputError(original.path, "invalid_json", detail)
    return found


def _blocks(items: Sequence[Any], original: Original) -> Iterator[Block | Failure]:
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict) or not isinstance(item.get("type"), str):
            detail = "found no block with a `type`, expected an object as MinerU writes it; correct or delete it"
            yield failure_of(original, f"item {number}", "bad_row", detail, raw=str(item)[:500])
            continue
        page, box = _page(item), _box(item)
        for block in _content(item):
            trimmed = block.cut(0)
            if trimmed.text:
                yield _placed(trimmed, page, box)


def _content(item: _Item) -> Iterator[Block]:
    kind = item["type"]
    if kind in _DISCARDED:
        return
    if kind in ("text", "title", "equation", "list", "page_footnote", "ref_text", "phonetic"):
        yield from _text(item)
        return
    for key in (f"{kind}_caption", "img_caption", "image_caption"):
        yield from _lines(item, key, PassageKind.CAPTION)
    yield from html_blocks(_string(item.get("table_body")), finish=plain_formulas)
    yield from _lines(item, "code_body", PassageKind.PARAGRAPH)
    for key in (f"{kind}_footnote", "img_footnote", "image_footnote"):
        yield from _lines(item, key, PassageKind.FOOTNOTE)


def _text(item: _Item) -> Iterator[Block]:
    level, text = item.get("text_level"), _string(item.get("text"))
    if isinstance(level, int) and 0 < level < 10:
        for block in markdown_blocks("# " + " ".join(text.split())):
            yield replace(block, level=level) if block.level is not None else block
        return
    kind = PassageKind.FOOTNOTE if item["type"] == "page_footnote" else None
    for block in markdown_blocks(text):
        yield replace(block, kind=kind) if kind else block
    yield from _lines(item, "list_items", PassageKind.LIST_ITEM)


def _lines(item: _Item, key: str, kind: PassageKind) -> Iterator[Block]:
    found = item.get(key)
    for line in found if isinstance(found, list) else [found]:
        yield from (replace(block, kind=kind, level=None) for block in markdown_blocks(_string(line)))


def _string(value: object) -> str:
    """A JSON string; lone halves of characters are damage, as U+FFFD is."""
    return _SURROGATES.sub("\ufffd", value).replace("\x00", "") if isinstance(value, str) else ""


def _page(item: _Item) -> int | None:
    page = item.get("page_idx")
    return page + 1 if isinstance(page, int) and not isinstance(page, bool) and 0 <= page < 10**6 else None


def _box(item: _Item) -> tuple[float, float, float, float] | None:
    box = item.get("bbox")
    if not isinstance(box, list) or len(box) != 4 or not all(map(_is_measure, box)):
        return None
    x0, y0, x1, y1 = (round(float(one), 2) for one in box)
    return x0, y0, x1, y1


def _is_measure(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) < _FAR


def _placed(block: Block, page: int | None, box: tuple[float, float, float, float] | None) -> Block:
    if page is None or box is None:
        return replace(block, page=page)
    x0, y0, x1, y1 = box
    whole = PrintedBox(page=page, x0=x0, y0=y0, x1=x1, y1=y1, start=0, end=len(block.text))
    return replace(block, page=page, boxes=(whole,))


class MineruJsonParser:
    """`*_content_list.json` of MinerU, whatever it was renamed to."""

    name = "mineru_json"
    version = 2
    suffixes: frozenset[str] = frozenset()
    """None of its own: JSON is read as this only where it looks like it."""
    kinds = frozenset({SourceKind.TEXTBOOK, SourceKind.GUIDELINE})

    def recognises(self, original: Original) -> bool:
        head = _WIDE.sub(b"", original.data[:_HEAD])
        return _LOOKS_LIKE.match(head) is not None and _PAGE.search(head) is not None

    def parse(self, original: Original) -> Parsed:
        decoded = read_text(original, damaged=True)
        found = list(_blocks(_items(original, decoded.text), original))
        blocks = [one for one in found if isinstance(one, Block)]
        structured = structure(blocks, original)
        pages = max((block.page or 0 for block in blocks), default=0)
        document = document_of(original, f"{self.name}@{self.version}", pages=pages or None, encoding=decoded.encoding)
        bad = tuple(one for one in found if isinstance(one, Failure))
        return require_text(
            Parsed(document, numbered(structured.passages), failures=(*bad, *structured.failures)), blocks
        )


PARSER = MineruJsonParser()
