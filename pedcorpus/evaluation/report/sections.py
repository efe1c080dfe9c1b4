"""The sections of a report in their order; what the reader wants first comes first."""

from __future__ import annotations

from collections.abc import Sequence

from pedcorpus.evaluation.comparison import Comparison, Part
from pedcorpus.evaluation.report.chart import bars_png
from pedcorpus.evaluation.report.examples import examples_section
from pedcorpus.evaluation.report.overview import asked_section, models_section
from pedcorpus.evaluation.report.section import Block, Language, Paragraph, Picture, Section
from pedcorpus.evaluation.report.tables import comparison_data, groups_of, measure_table, paper_table
from pedcorpus.evaluation.report.words import group_title, part_name, part_title

__all__ = ["comparison_sections"]

_STAR = {
    "zh": "数值 × 100。粗体为该列最好；* 表示与第一个模型的差异在 Holm 校正后 p < 0.05。",
    "en": "Figures times 100. Bold: the best of its column; *: differs from the first model, p < 0.05 after Holm.",
}
_DETAIL = {
    "zh": "数值 × 100，方括号内为区间；问题数为该指标适用的问题。",
    "en": "Figures times 100 with their intervals in brackets; questions are those to which a measure applies.",
}


def comparison_sections(comparison: Comparison, more: Sequence[Section], language: Language) -> list[Section]:
    """All sections; `more` stand after the figures. Charts are labelled in `language`."""
    return [
        asked_section(comparison),
        _figures(comparison, language),
        *(_details(comparison, group, language) for group in groups_of(comparison)),
        *more,
        examples_section(comparison),
        models_section(comparison),
    ]


def _figures(comparison: Comparison, language: Language) -> Section:
    """The paper's table and a chart for each task."""
    measures = [each for each in comparison.measures if each.group == "paper" and not each.is_pooled]
    blocks: list[Block] = [Paragraph(_STAR)]
    for part in comparison.parts if measures else ():
        blocks.append(paper_table(comparison, part))
        blocks.append(_picture(comparison, part, "paper", language))
    return Section("figures", {"zh": "结果", "en": "Figures"}, blocks, comparison_data(comparison))


def _details(comparison: Comparison, group: str, language: Language) -> Section:
    """Every measure of a group with intervals and tests, for each part."""
    title = group_title(group)
    blocks: list[Block] = [Paragraph(_DETAIL)]
    for part in comparison.parts:
        if (table := measure_table(comparison, part, group)) is not None:
            blocks.append(table)
            if group not in ("paper", "characters") and _charted(comparison, part, group):
                blocks.append(_picture(comparison, part, group, language))
    return Section(f"group-{group}", {"zh": title, "en": title} if isinstance(title, str) else title, blocks)


def _charted(comparison: Comparison, part: Part, group: str) -> bool:
    return any(
        each.group == group and each.is_share and comparison.cell(part, each.name, comparison.contestants[0].name)
        for each in comparison.measures
    )


def _picture(comparison: Comparison, part: Part, group: str, language: Language) -> Picture:
    names = comparison.contestants[0].name
    measures = [
        each
        for each in comparison.measures
        if each.group == group and each.is_share and not each.is_pooled and comparison.cell(part, each.name, names)
    ]
    title = part_title(part)
    alt = {"zh": f"{title['zh']}：各模型得分与区间", "en": f"{title['en']}: each model's figures with intervals"}
    return Picture(f"{group}-{part_name(part)}.png", bars_png(comparison, part, measures, language), alt)
