"""A comparison told: sections of tables, charts and examples, as Markdown, an HTML page and JSON."""

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
from pedcorpus.evaluation.report.write import write_report, write_sections

__all__ = [
    "Block",
    "Case",
    "Language",
    "Lines",
    "Paragraph",
    "Picture",
    "Said",
    "Section",
    "Table",
    "said",
    "write_report",
    "write_sections",
]
