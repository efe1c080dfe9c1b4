"""The ablation's tables: each stage's figures, and each phase against the stage before it, over all seeds.

A figure is the mean over the seeds. Its interval, and the test of a phase, are of the seeds' mean over questions drawn
anew; how far the seeds lie apart stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from benchmarks.ablation_runs import Subject
from pedcorpus.evaluation import Comparison, Measure, Part, Resampling
from pedcorpus.evaluation.samples import Means

__all__ = ["page"]

_CHANCE = 0.05
_GROUPS = ("paper", "medical")
"""Of measures; the others stand in the report of each seed."""

_HEAD = """# What each phase brings

Printed by `make ablation` (`benchmarks/ablation.py`), as measured. Questions are of the sample shelf's test split, on
diseases that no training row is about; replies are the likeliest ones. A figure is the mean over the seeds times 100,
in brackets its 95 % bootstrap interval over questions, then the lowest and highest seed. The tests compare each stage
with the one before it: paired bootstrap interval, p by approximate randomisation, not corrected for their number, and
how many seeds agree on the sign. Why DFPO costs overlap is told in [evaluate.md](evaluate.md).
"""


def page(measured: Sequence[tuple[Subject, Mapping[int, Comparison]]]) -> str:
    """The whole page as Markdown."""
    parts = [_HEAD]
    for subject, comparisons in measured:
        parts.append(f"## {subject.title}\n\n{_settings(subject, list(comparisons))}")
        parts += _tables(list(comparisons.values()))
    return "\n".join(parts)


def _settings(subject: Subject, seeds: Sequence[int]) -> str:
    changed = ", ".join(f"`{each}`" for each in subject.overrides)
    told = f"Recipes for a CPU, with {changed}." if changed else "Recipes for a CPU, as shipped."
    asked = f"Replies of at most {subject.max_new_tokens} tokens; seeds {', '.join(map(str, seeds))}."
    return f"{told} {asked}\n"


def _tables(seeds: Sequence[Comparison]) -> Iterator[str]:
    first = seeds[0]
    for part in first.parts:
        if part.is_held_out is not None:
            continue
        asked = sum(part.has(question) for question in first.asked.questions)
        for group in _GROUPS:
            measures = [each for each in first.measures if each.group == group and _has(first, part, each)]
            if measures:
                yield f"### {part.task}, {asked} questions: {group}\n\n{_figures(seeds, part, measures)}\n"
                yield f"{_steps(seeds, part, measures)}\n"


def _has(comparison: Comparison, part: Part, measure: Measure) -> bool:
    return any(comparison.cell(part, measure.name, each.name) for each in comparison.contestants)


def _figures(seeds: Sequence[Comparison], part: Part, measures: Sequence[Measure]) -> str:
    head = ["stage", *(measure.title["en"] for measure in measures)]
    rows = [
        [each.name, *(_figure(seeds, part, measure, each.name) for measure in measures)]
        for each in seeds[0].contestants
    ]
    return _table(head, rows)


def _figure(seeds: Sequence[Comparison], part: Part, measure: Measure, stage: str) -> str:
    cells = [cell for seed in seeds if (cell := seed.cell(part, measure.name, stage))]
    if not cells:
        return "–"
    values = [cell.interval.estimate for cell in cells]
    told = f"{_shown(np.mean(values), measure)}"
    if not measure.is_pooled:
        (interval,) = Resampling().intervals([_means(seeds, part, measure, stage)])
        told += f" [{_shown(interval.low, measure)}, {_shown(interval.high, measure)}]"
    return f"{told} {_shown(min(values), measure)}–{_shown(max(values), measure)}"


def _steps(seeds: Sequence[Comparison], part: Part, measures: Sequence[Measure]) -> str:
    """The phases that changed a measure."""
    stages = [each.name for each in seeds[0].contestants]
    rows = [
        row
        for before, after in pairwise(stages)
        for measure in measures
        if not measure.is_pooled and (row := _step(seeds, part, measure, before, after))
    ]
    head = ["phase", "measure", "against the stage before", "p", "seeds"]
    return _table(head, rows) if rows else "No phase differs from the stage before it (p < 0.05) in any of these."


def _step(seeds: Sequence[Comparison], part: Part, measure: Measure, before: str, after: str) -> list[str] | None:
    """One phase against the stage before it; none where the difference may be chance."""
    pair = (_means(seeds, part, measure, before), _means(seeds, part, measure, after))
    (found,) = Resampling().differences([pair])
    if found.p >= _CHANCE:
        return None
    apart = [_mean(seed, part, measure, after) - _mean(seed, part, measure, before) for seed in seeds]
    same = sum(np.sign(each) == np.sign(found.interval.estimate) for each in apart)
    low, high = (_shown(each, measure) for each in (found.interval.low, found.interval.high))
    difference = f"{_shown(found.interval.estimate, measure, signed=True)} [{low}, {high}]"
    return [after, measure.title["en"], difference, f"{found.p:.4f}", f"{same} of {len(seeds)}"]


def _mean(comparison: Comparison, part: Part, measure: Measure, stage: str) -> float:
    return float(_means([comparison], part, measure, stage).values.mean())


def _means(seeds: Sequence[Comparison], part: Part, measure: Measure, stage: str) -> Means:
    """Each question's mean over the seeds, of the questions that the measure applies to in every stage and seed."""
    places = [
        place
        for place, question in enumerate(seeds[0].asked.questions)
        if part.has(question) and all(measure.name in rows[place] for seed in seeds for rows in seed.values.values())
    ]
    columns = [[seed.values[stage][place][measure.name] for place in places] for seed in seeds]
    return Means(np.array(columns, np.float64).mean(axis=0))


def _shown(value: float, measure: Measure, *, signed: bool = False) -> str:
    scaled = value * 100 if measure.is_share else value
    return f"{scaled:+.1f}" if signed else f"{scaled:.1f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
