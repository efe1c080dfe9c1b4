"""The sections that every comparison has: what was asked of whom, the tables, the tests, the examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pedcorpus.evaluation.comparison import Comparison
from pedcorpus.evaluation.report.section import Language, Paragraph, Section, Table
from pedcorpus.tasks import Label

__all__ = ["comparison_sections", "title_of"]


def title_of(comparison: Comparison) -> Label:
    """Heading of the report."""
    names, asked = " · ".join(each.name for each in comparison.contestants), comparison.asked.name
    return {"zh": f"评测：{names}（{asked}）", "en": f"Evaluation: {names} on {asked}"}


def comparison_sections(comparison: Comparison, more: Sequence[Section], language: Language) -> list[Section]:
    """All sections in their order."""
    del language
    return [_figures(comparison), *more]


def _figures(comparison: Comparison) -> Section:
    rows = [(c.part.task, c.model, c.measure, f"{c.interval.estimate:.4f}") for c in comparison.cells]
    data: dict[str, Any] = {"cells": [list(row) for row in rows]}
    blocks = (Paragraph({"zh": "结果", "en": "Figures"}), Table(("task", "model", "measure", "value"), rows))
    return Section("figures", {"zh": "结果", "en": "Figures"}, blocks, data)
