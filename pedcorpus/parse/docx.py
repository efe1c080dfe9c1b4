"""Word files: mammoth makes HTML of them, the walk of `html_blocks` makes blocks of that.

Spans count in the extracted text, which is all passages, a line feed between each two: a DOCX has no pages and no
text of its own to count in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

import mammoth

from pedcorpus.errors import InputError
from pedcorpus.parse.archive import Archive, has_member
from pedcorpus.parse.docx_numbers import with_numbers
from pedcorpus.parse.docx_styles import heading_style_map
from pedcorpus.parse.html_blocks import html_blocks
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.parse.rows import document_of, failure_of, require_text
from pedcorpus.parse.spans import numbered
from pedcorpus.parse.structure import structure
from pedcorpus.parse.xml_size import measure_xml
from pedcorpus.records import Failure, SourceKind

__all__ = ["PARSER", "DocxParser"]

_PARTS = re.compile(r".*\.(?:xml|rels)", re.IGNORECASE)
_MEDIA = re.compile(r"(?:word/(?:media|embeddings|fonts|theme|activeX|vbaProject)|docProps|customXml)/", re.IGNORECASE)
_BODY = "word/document.xml"
_FORMULA = re.compile(rb"<m:oMath[\s>]")


def _text_parts(original: Original) -> dict[str, bytes]:
    """The XML parts that hold text, styles and relationships, unpacked within limits."""
    archive = Archive(original.data, where=original.path, limits=original.limits)
    parts: dict[str, bytes] = {}
    bytes_left, nodes_left = original.limits.docx_bytes, original.limits.docx_nodes
    for name in archive.names:
        if _PARTS.fullmatch(name) and not _MEDIA.match(name):
            parts[name] = archive.read_xml(name, limit=bytes_left)
            bytes_left -= len(parts[name])
            nodes_left -= _checked_nodes(original, name, parts[name], nodes_left)
    return parts


def _checked_nodes(original: Original, name: str, data: bytes, limit: int) -> int:
    """Nodes of a part, which is sound XML within limits."""
    try:
        size = measure_xml(data, depth_limit=original.limits.xml_depth, node_limit=limit)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        detail = f"{name} inside is no sound XML ({error}), expected a whole file; open it in Word and save it anew"
        raise InputError(original.path, "damaged_archive", detail) from error
    if size.depth > original.limits.xml_depth or size.nodes > limit:
        allowed = f"{original.limits.xml_depth} and, in all parts, {original.limits.docx_nodes}"
        found = f"{name} inside nests {size.depth} elements and holds {size.nodes}"
        detail = f"{found}, allowed are {allowed}; split the file, or save it anew in Word"
        raise InputError(original.path, "archive_bomb", detail)
    return size.nodes


def _repacked(parts: Mapping[str, bytes]) -> BytesIO:
    """An archive of these parts alone, not packed: whoever reads it cannot be made to unpack anything."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    packed.seek(0)
    return packed


def _no_picture(_: Any) -> list[Any]:  # mammoth is untyped
    return []


def _html(original: Original, parts: Mapping[str, bytes]) -> str:
    try:
        result = mammoth.convert_to_html(
            _repacked(parts),
            style_map=heading_style_map(parts.get("word/styles.xml", b"")),
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=_no_picture,
            id_prefix="",
        )
    except (BadZipFile, ValueError, KeyError, AttributeError, TypeError, IndexError, OSError, RecursionError) as error:
        detail = (
            f"mammoth cannot read it ({type(error).__name__}: {error}), expected a sound DOCX; save it anew in Word"
        )
        raise InputError(original.path, "unreadable", " ".join(detail.split())) from error
    return str(result.value)


def _left_out(original: Original, parts: dict[str, bytes]) -> tuple[Failure, ...]:
    formulas = len(_FORMULA.findall(parts.get(_BODY, b"")))
    if not formulas:
        return ()
    detail = f"found {formulas} formulas of Word's editor, which are left out; write them as text where they hold doses"
    return (failure_of(original, "formulas", "formula_left_out", detail),)


class DocxParser:
    """Textbooks and guidelines kept as Word files."""

    name = "docx"
    version = 2
    suffixes = frozenset({".docx", ".docm"})
    kinds = frozenset({SourceKind.TEXTBOOK, SourceKind.GUIDELINE})

    def recognises(self, original: Original) -> bool:
        named = original.path.lower().endswith(tuple(self.suffixes)) and original.data.startswith(b"PK")
        return named or has_member(original.data, _BODY)

    def parse(self, original: Original) -> Parsed:
        parts = _text_parts(original)
        blocks = html_blocks(_html(original, with_numbers(parts)))
        found = structure(blocks, original)
        document = document_of(original, f"{self.name}@{self.version}")
        failures = (*_left_out(original, parts), *found.failures)
        return require_text(Parsed(document, numbered(found.passages), failures=failures), blocks)


PARSER = DocxParser()
