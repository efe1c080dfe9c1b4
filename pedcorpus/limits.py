"""How much one file may cost, so that a hostile one costs a failure row and not the machine: `[ingest.limits]`.

The numbers alone: who reads files keeps to them. All lie far above what real books and graphs hold.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Limits"]

_OF_PARTS = (
    "page_glyphs", "picture_pixels", "drawn_pixels", "table_span", "table_characters", "formula_characters",
    "cell_chars", "record_lines", "name_chars", "row_failures", "statement_chars",
)  # fmt: skip
"""Limits that leave out or alter a part of a file, which is read all the same; past the others a file is not read."""

Count = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(gt=0)]


class Limits(BaseModel):
    """What one file may cost; past a limit the file is a failure, except where a limit says otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    file_mb: Count = 512
    """Size of one file."""
    file_seconds: Seconds = 900
    """Time that reading one file may take; of a PDF, time until the next page is read."""

    pages: Count = 20_000
    """Pages of a PDF."""
    page_glyphs: Count = 200_000
    """Characters on one PDF page; a newspaper's has 20,000. A page with more is a failure, the others are read."""
    seconds: Seconds = 3600.0
    """Processor time for one PDF, looked at between its pages."""
    picture_pixels: Count = 400_000_000
    """Of the pictures on one scanned page: an A2 page at 1,200 dpi. A page with more is a failure."""
    drawn_pixels: Count = 40_000_000
    """Of the picture that a page is drawn to for OCR: an A3 page at 400 dpi. Larger pages are drawn coarser."""

    archive_members: Count = 20_000
    """Files in a DOCX or EPUB; an EPUB of a whole encyclopaedia has some thousands."""
    archive_bytes: Count = 2 << 30
    """Uncompressed bytes that all members together claim; pictures count."""
    archive_ratio: Count = 500
    """Uncompressed over compressed bytes of a member above `archive_small_bytes`; Word's most repetitive tables reach a
    hundred, bombs a thousand."""
    archive_small_bytes: Count = 1 << 20
    """Members up to this size may have any ratio."""
    part_bytes: Count = 64 << 20
    """One text member as it is read; a book of 1,000 pages is about 30 MB of Word's XML."""
    docx_bytes: Count = 64 << 20
    """All XML parts of a DOCX together."""
    docx_nodes: Count = 2_000_000
    """Elements and attributes of all XML parts of a DOCX, 1 kB of memory each; a book of 3,000 pages has 600,000."""
    xml_depth: Count = 200
    """Elements inside one another in a part of a DOCX, which is walked recursively; Word itself stays below 100."""

    table_span: Count = 200
    """Rows and columns that one table cell may be spread over; larger spans are cut to it."""
    table_characters: Count = 2_000_000
    """Characters that spread cells may add to one table; past it, spread places stay empty."""
    formula_characters: Count = 2_000
    """A stretch between two `$` that is longer is no formula."""

    cell_chars: Count = 1_000_000
    """One cell of a graph's table, which costs its row, or one text of its XML; a whole article has some 100,000."""
    record_lines: Count = 2_000
    """Physical lines of one quoted record; beyond them a quotation mark was left open, which costs the first line."""
    name_chars: Count = 300
    """One name; the longest of chemistry and taxonomy stay below. A longer one is a failure, the others are read."""
    row_failures: Count = 1_000
    """Failures of one graph that are told one by one; the rest is told as a number."""
    depth: Count = 100
    """Elements or brackets of a graph's file inside one another."""
    xml_entities: Count = 200
    """Entities that a graph's XML file may declare: ontologies abbreviate their namespaces so."""
    xml_entity_chars: Count = 300
    """What one such entity may stand for: an address, not a text."""
    rdf_bytes: Count = 96 << 20
    """RDF and OWL are held whole, at some twelve bytes of memory for each of the file's; OBO and obographs are not."""
    statement_chars: Count = 4_000_000
    """One statement of a Cypher script; an UNWIND of 20,000 rows has some two million. A longer one costs itself."""

    def changed_parts(self) -> dict[str, int]:
        """Limits that decide what is read of a file that is read, where they are not the defaults."""
        values = {name: int(getattr(self, name)) for name in _OF_PARTS}
        return {name: value for name, value in values.items() if value != type(self).model_fields[name].default}
