"""How far a figure is to be trusted, and whether a difference is chance: by drawing the questions anew, with a seed.

Questions are taken for independent of one another. The same seed and the same number of questions draw the same
resamples, for every measure and model: figures of one table are paired.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pedcorpus.evaluation.samples import Floats, Means, Sample, joined
from pedcorpus.evaluation.statistics import Interval, exact_interval

__all__ = ["Difference", "Resampling"]

_PART = 200
"""Resamples that are held at a time."""
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Difference:
    """A second model's figure less the first's on the same questions."""

    interval: Interval
    p: float
    """Chance of a difference as large as this either way, if the models' replies could as well be exchanged."""


@dataclass(frozen=True)
class Resampling:
    """How often, from which seed, how sure."""

    resamples: int = 2000
    seed: int = 0
    confidence: float = 0.95

    def intervals(self, samples: Sequence[Sample]) -> list[Interval]:
        """The figure of each sample with its percentile bootstrap interval over questions.

        B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13. A pooled measure is drawn the
        same way and then moved by a constant, so that the mean of what was drawn is the figure itself: replies that are
        drawn twice bring no new n-grams, and each resample would else be poorer than the whole. Where every question
        has 0, or every one 1, all resamples are the same: the interval is then the exact one of such a share.
        """
        drawn = self._drawn([(sample,) for sample in samples])
        return [self._interval(sample, found) for sample, found in zip(samples, drawn, strict=True)]

    def _interval(self, sample: Sample, drawn: Floats) -> Interval:
        found = self._around(_figure(sample), drawn, is_moved=sample.is_pooled)
        if isinstance(sample, Means) and sample.is_all_or_nothing:
            return exact_interval(int(sample.values.sum()), sample.size, confidence=self.confidence) or found
        if not sample.is_pooled:
            return found
        return Interval(found.estimate, max(found.low, 0.0), min(found.high, 1.0))

    def differences(self, pairs: Sequence[tuple[Sample, Sample]]) -> list[Difference]:
        """Of each pair of samples of the same questions the second less the first.

        The interval is the paired bootstrap's (P. Koehn, Statistical significance tests for machine translation
        evaluation, EMNLP 2004). p is of approximate randomisation (E. W. Noreen, Computer-Intensive Methods for Testing
        Hypotheses, 1989; S. Riezler and J. T. Maxwell, On some pitfalls in automatic evaluation and significance
        testing for MT, 2005): in each of R trials, the two replies to a question change places or not, as a coin falls;
        p = (1 + trials with a difference at least as large) / (1 + R).
        """
        found = []
        for pair, drawn in zip(pairs, self._drawn(pairs), strict=True):
            figure = _figure(pair[1]) - _figure(pair[0])
            interval = self._around(figure, drawn, is_moved=pair[0].is_pooled)
            found.append(Difference(interval, self._chance(pair, abs(figure))))
        return found

    def _drawn(self, groups: Sequence[tuple[Sample, ...]]) -> list[Floats]:
        """The statistic of each sample, or the last less the first of a pair, on every resample."""
        drawn: list[list[Floats]] = [[] for _ in groups]
        for size in {group[0].size for group in groups}:
            for weights in self._bootstrap(size):
                for place, group in enumerate(groups):
                    if group[0].size == size:
                        drawn[place].append(_last_less_first([each.statistic(weights) for each in group]))
        return [np.concatenate(each) for each in drawn]

    def _chance(self, pair: tuple[Sample, Sample], found: float) -> float:
        both = joined(*pair)
        exchanged = (_exchanged(both, kept) for kept in self._coins(pair[0].size))
        beyond = sum(int(np.count_nonzero(np.abs(each) >= found - _ROUNDING)) for each in exchanged)
        return (1 + beyond) / (1 + self.resamples)

    def _around(self, figure: float, drawn: Floats, *, is_moved: bool) -> Interval:
        tail = (1 - self.confidence) / 2
        low, high = np.quantile(drawn + (figure - drawn.mean() if is_moved else 0.0), [tail, 1 - tail])
        return Interval(figure, float(low), float(high))

    def _bootstrap(self, size: int) -> Iterator[Floats]:
        """Weights (R, N) of draws with replacement."""
        draw = np.random.default_rng([self.seed, size, 0])
        for count in self._parts():
            places = draw.integers(size, size=(count, size)) + np.arange(count)[:, None] * size
            yield np.bincount(places.ravel(), minlength=count * size).reshape(count, size).astype(np.float64)

    def _coins(self, size: int) -> Iterator[Floats]:
        """1 where the replies to a question stay, 0 where they change places (R, N)."""
        draw = np.random.default_rng([self.seed, size, 1])
        for count in self._parts():
            yield draw.integers(2, size=(count, size)).astype(np.float64)

    def _parts(self) -> Iterator[int]:
        for first in range(0, self.resamples, _PART):
            yield min(_PART, self.resamples - first)


def _figure(sample: Sample) -> float:
    return float(sample.statistic(np.ones((1, sample.size)))[0])


def _last_less_first(statistics: Sequence[Floats]) -> Floats:
    return statistics[-1] - statistics[0] if len(statistics) > 1 else statistics[0]


def _exchanged(both: Sample, kept_R_N: Floats) -> Floats:
    """The difference in each trial; `both` is first and second, one after the other."""
    second = both.statistic(np.concatenate([1 - kept_R_N, kept_R_N], axis=1))
    first = both.statistic(np.concatenate([kept_R_N, 1 - kept_R_N], axis=1))
    return second - first
