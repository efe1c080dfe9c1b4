"""The figures as tables: the paper's layout, and every measure with its interval and its tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pedcorpus.evaluation.comparison import Cell, Comparison, Part, Tested
from pedcorpus.evaluation.report.published import PUBLISHED, PUBLISHED_NAME
from pedcorpus.evaluation.report.section import Said, Table
from pedcorpus.evaluation.report.words import group_title, part_title
from pedcorpus.evaluation.scores import Measure
from pedcorpus.evaluation.statistics import Interval
from pedcorpus.tasks import Label

__all__ = ["comparison_data", "groups_of", "measure_table", "paper_table"]

CERTAIN = 0.05
"""Below this, p after Holm's correction gets its star."""


def groups_of(comparison: Comparison) -> list[str]:
    """Groups of measures in the order in which scores name them, the paper's first."""
    found = dict.fromkeys(measure.group for measure in comparison.measures)
    first = [group for group in ("paper", "medical") if group in found]
    return [*first, *(group for group in found if group not in first)]


def paper_table(comparison: Comparison, part: Part) -> Table:
    """Models by row, the paper's measures by column, times 100; the best of a column stands out."""
    measures = [each for each in comparison.measures if each.group == "paper"]
    names = [each.name for each in comparison.contestants]
    rows: list[Sequence[Said]] = [
        (name, *(_starred(comparison, part, measure, name) for measure in measures)) for name in names
    ]
    if part.task in PUBLISHED:
        figures = PUBLISHED[part.task]
        told = (f"{figures[each.name]:.2f}" if each.name in figures else "–" for each in measures)
        rows.append((PUBLISHED_NAME, *told))
    head: list[Said] = [{"zh": "模型", "en": "model"}, *(each.title for each in measures)]
    return Table(head, rows, part_title(part), _best(comparison, part, measures))


def _best(comparison: Comparison, part: Part, measures: Sequence[Measure]) -> frozenset[tuple[int, int]]:
    places = set()
    for column, measure in enumerate(measures, 1):
        cells = [comparison.cell(part, measure.name, each.name) for each in comparison.contestants]
        figures = [cell.interval.estimate for cell in cells if cell is not None]
        if measure.more_is_better is None or len(set(figures)) < 2:
            continue
        best = max(figures) if measure.more_is_better else min(figures)
        places |= {(row, column) for row, cell in enumerate(cells) if cell and cell.interval.estimate == best}
    return frozenset(places)


def _starred(comparison: Comparison, part: Part, measure: Measure, model: str) -> str:
    cell, test = comparison.cell(part, measure.name, model), comparison.test(part, measure.name, model)
    star = "*" if test is not None and test.p_holm < CERTAIN else ""
    return "–" if cell is None else _figure(measure, cell.interval.estimate) + star


def measure_table(comparison: Comparison, part: Part, group: str) -> Table | None:
    """Measures by row: each model's figure with its interval, then differences from the first model and their tests."""
    measures = [
        each
        for each in comparison.measures
        if each.group == group and comparison.cell(part, each.name, comparison.contestants[0].name)
    ]
    if not measures:
        return None
    first, *others = (each.name for each in comparison.contestants)
    rows = [tuple(_row(comparison, part, measure, first, others)) for measure in measures]
    head: list[Said] = [{"zh": "指标", "en": "measure"}, {"zh": "问题数", "en": "questions"}, first, *others]
    head += [title for name in others for title in _tested_head(name, first)]
    return Table(head, rows, _caption(part, group))


def _caption(part: Part, group: str) -> Label:
    title, of = part_title(part), group_title(group)
    zh, en = (of, of) if isinstance(of, str) else (of["zh"], of["en"])
    return {"zh": f"{title['zh']}：{zh}", "en": f"{title['en']}: {en}"}


def _tested_head(name: str, first: str) -> Iterator[Said]:
    yield {"zh": f"{name} 减 {first}", "en": f"{name} less {first}"}
    yield "p"
    yield {"zh": "p（Holm）", "en": "p, Holm"}


def _row(comparison: Comparison, part: Part, measure: Measure, first: str, others: Sequence[str]) -> Iterator[Said]:
    cells = [comparison.cell(part, measure.name, name) for name in (first, *others)]
    yield measure.title
    yield f"{cells[0].questions:,}" if cells[0] else "–"
    is_one = cells[0] is not None and cells[0].questions == 1  # an interval of which nobody could know
    yield from ("–" if cell is None else _bounded(measure, cell.interval, is_alone=is_one) for cell in cells)
    for name in others:
        test = comparison.test(part, measure.name, name)
        if test is None:
            yield from ("–", "–", "–")
        else:
            yield _bounded(measure, test.difference.interval, sign="+", is_alone=is_one)
            yield _chance(test.difference.p)
            yield _chance(test.p_holm) + ("*" if test.p_holm < CERTAIN else "")


def _bounded(measure: Measure, interval: Interval, *, sign: str = "", is_alone: bool = False) -> str:
    figures = [_figure(measure, value, sign) for value in (interval.estimate, interval.low, interval.high)]
    return figures[0] if is_alone else f"{figures[0]} [{figures[1]}, {figures[2]}]"


def _figure(measure: Measure, value: float, sign: str = "") -> str:
    return f"{100 * value if measure.is_share else value:{sign}.2f}"


def _chance(p: float) -> str:
    return f"{p:.4f}" if p >= 0.0001 else f"{p:.1e}"


def comparison_data(comparison: Comparison) -> dict[str, Any]:  # JSON values
    """Every figure and test as numbers between 0 and 1, not times 100."""
    return {
        "measures": {
            each.name: {"title": dict(each.title), "group": each.group, "more_is_better": each.more_is_better}
            for each in comparison.measures
        },
        "figures": [_cell_data(each) for each in comparison.cells],
        "tests": [_test_data(each) for each in comparison.tested],
        "published": {task: dict(figures) for task, figures in PUBLISHED.items()},
    }


def _place(part: Part, measure: str, model: str) -> dict[str, Any]:
    return {"task": part.task, "topic_held_out": part.is_held_out, "measure": measure, "model": model}


def _cell_data(cell: Cell) -> dict[str, Any]:
    place = _place(cell.part, cell.measure, cell.model)
    return place | {"questions": cell.questions} | vars(cell.interval)


def _test_data(test: Tested) -> dict[str, Any]:
    place = _place(test.part, test.measure, test.model)
    return (
        place
        | {"against": test.against}
        | vars(test.difference.interval)
        | {
            "p": test.difference.p,
            "p_holm": test.p_holm,
        }
    )
