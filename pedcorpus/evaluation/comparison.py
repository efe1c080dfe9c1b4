"""Models on the same questions: each measure by task with its interval, and whether the differences are chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pedcorpus.evaluation.answering import Contestant
from pedcorpus.evaluation.questions import Asked, Question
from pedcorpus.evaluation.resampling import Difference, Resampling
from pedcorpus.evaluation.samples import Sample, sample_of
from pedcorpus.evaluation.scores import Measure
from pedcorpus.evaluation.scoring import Values
from pedcorpus.evaluation.statistics import Interval

__all__ = ["Cell", "Comparison", "Part", "Tested", "compare"]


@dataclass(frozen=True)
class Part:
    """Questions that are told of together."""

    task: str
    is_held_out: bool | None = None
    """Only those on topics that were trained on, or only those on others; none takes all of the task."""

    def has(self, question: Question) -> bool:
        """Is it one of these?"""
        return question.task == self.task and self.is_held_out in (None, question.is_held_out)


@dataclass(frozen=True)
class Cell:
    """One model's figure in one measure on one part."""

    part: Part
    measure: str
    model: str
    interval: Interval
    questions: int
    """That the measure applies to."""


@dataclass(frozen=True)
class Tested:
    """A model's figure less the first model's."""

    part: Part
    measure: str
    model: str
    against: str
    difference: Difference
    p_holm: float
    """p after S. Holm, A simple sequentially rejective multiple test procedure, 1979, over all tests of the comparison
    in this part and group of measures."""


@dataclass(frozen=True)
class Comparison:
    """Everything that the numbers say."""

    asked: Asked
    """Questions that every model answered."""
    contestants: Sequence[Contestant]
    replies: Mapping[str, Sequence[str]]
    """By model, in the order of the questions."""
    values: Mapping[str, Sequence[Values]]
    """As above."""
    measures: Sequence[Measure]
    """Those that apply to any answer."""
    resampling: Resampling
    unanswered: Mapping[str, int]
    """By model: questions left out of the comparison because this model did not answer."""
    cells: Sequence[Cell]
    tested: Sequence[Tested]

    @property
    def parts(self) -> list[Part]:
        """Parts in the order of the tasks."""
        return list(dict.fromkeys(cell.part for cell in self.cells))

    def cell(self, part: Part, measure: str, model: str) -> Cell | None:
        """One figure; none where the measure does not apply there."""
        return self._by_place.get((part, measure, model))

    def test(self, part: Part, measure: str, model: str) -> Tested | None:
        """A model's difference from the first one; none of the first itself."""
        return self._tests.get((part, measure, model))

    @cached_property
    def _tests(self) -> dict[tuple[Part, str, str], Tested]:
        return {(each.part, each.measure, each.model): each for each in self.tested}

    @cached_property
    def _by_place(self) -> dict[tuple[Part, str, str], Cell]:
        return {(cell.part, cell.measure, cell.model): cell for cell in self.cells}


def compare(
    asked: Asked,
    contestants: Sequence[Contestant],
    replies: Mapping[str, Sequence[str]],
    values: Mapping[str, Sequence[Values]],
    *,
    measures: Sequence[Measure],
    resampling: Resampling,
    unanswered: Mapping[str, int],
) -> Comparison:
    """All figures, and the tests of every model against the first one."""
    telling = [measure for measure in measures if any(measure.name in row for rows in values.values() for row in rows)]
    names = [contestant.name for contestant in contestants]
    samples = {
        (part, measure.name): found
        for part in _parts(asked)
        for measure in telling
        if (found := _samples(asked.questions, values, part, measure.name))
    }
    cells = list(_cells(samples, resampling))
    tested = [each for part in _parts(asked) for each in _tested(samples, part, telling, names, resampling)]
    return Comparison(asked, contestants, replies, values, telling, resampling, unanswered, cells, tested)


def _parts(asked: Asked) -> list[Part]:
    """Every task; and where some of its topics were trained on and others not, both of these, too."""
    parts: list[Part] = []
    for task in asked.tasks:
        kinds = {question.is_held_out for question in asked.questions if question.task == task}
        parts.append(Part(task))
        parts += [Part(task, is_held_out=kind) for kind in (True, False) if kinds >= {True, False}]
    return parts


def _samples(
    questions: Sequence[Question], values: Mapping[str, Sequence[Values]], part: Part, measure: str
) -> dict[str, Sample]:
    """By model, over the questions of the part to which the measure applies in every model's answer."""
    places = [
        place
        for place, question in enumerate(questions)
        if part.has(question) and all(measure in rows[place] for rows in values.values())
    ]
    return {model: sample_of([rows[place][measure] for place in places]) for model, rows in values.items() if places}


def _cells(samples: Mapping[tuple[Part, str], Mapping[str, Sample]], resampling: Resampling) -> Iterator[Cell]:
    places = [(part, measure, model) for (part, measure), by_model in samples.items() for model in by_model]
    flat = [samples[part, measure][model] for part, measure, model in places]
    for place, sample, interval in zip(places, flat, resampling.intervals(flat), strict=True):
        yield Cell(*place, interval, sample.size)


def _tested(
    samples: Mapping[tuple[Part, str], Mapping[str, Sample]],
    part: Part,
    measures: Sequence[Measure],
    models: Sequence[str],
    resampling: Resampling,
) -> Iterator[Tested]:
    for group in dict.fromkeys(measure.group for measure in measures):
        names = [measure.name for measure in measures if measure.group == group and (part, measure.name) in samples]
        places = [(name, model) for model in models[1:] for name in names]
        pairs = [(samples[part, name][models[0]], samples[part, name][model]) for name, model in places]
        found = resampling.differences(pairs)
        held = _holm([each.p for each in found])
        for (name, model), difference, p_holm in zip(places, found, held, strict=True):
            yield Tested(part, name, model, models[0], difference, p_holm)


def _holm(chances: Sequence[float]) -> list[float]:
    adjusted, largest = [0.0] * len(chances), 0.0
    for rank, place in enumerate(sorted(range(len(chances)), key=lambda place: chances[place])):
        largest = max(largest, min(1.0, (len(chances) - rank) * chances[place]))
        adjusted[place] = largest
    return adjusted
