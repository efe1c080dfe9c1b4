"""The report's files in a folder: report.md, report.html, report.json, and the pictures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.evaluation.comparison import Comparison
from pedcorpus.evaluation.report.markdown import markdown
from pedcorpus.evaluation.report.overview import title_of
from pedcorpus.evaluation.report.page import page
from pedcorpus.evaluation.report.section import Language, Picture, Section
from pedcorpus.evaluation.report.sections import comparison_sections
from pedcorpus.tasks import Label

__all__ = ["write_report", "write_sections"]


def write_report(
    comparison: Comparison, folder: Path, *, more: Sequence[Section] = (), language: Language = "zh"
) -> list[Path]:
    """Writes the report on `comparison`, with `more` sections before its examples; the paths, the page first.

    The same comparison gives the same bytes; an earlier report of the folder is replaced.

    Raises:
        UsageError: the folder cannot be written to.
    """
    return write_sections(title_of(comparison), comparison_sections(comparison, more, language), folder, language)


def write_sections(title: Label, sections: Sequence[Section], folder: Path, language: Language) -> list[Path]:
    """Writes a report of these sections; the paths, the page first.

    Raises:
        UsageError: the folder cannot be written to.
    """
    pictures = [block for section in sections for block in section.blocks if isinstance(block, Picture)]
    told = {"title": dict(title)} | {section.key: dict(section.data) for section in sections if section.data}
    contents = {
        "report.html": page(title, sections, language).encode(),
        "report.md": markdown(title, sections, language).encode(),
        "report.json": (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode(),
        **{picture.file: picture.png for picture in pictures},
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(folder / name, data) for name, data in contents.items()]
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror or error}") from error


def _write(path: Path, data: bytes) -> Path:
    """Whole or not at all: a reader never sees half a report."""
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(data)
    draft.replace(path)
    return path
