"""What a score is: numbers for each answer, with the measures that they are.

A score plugs in as one file and one entry point of the group `pedcorpus.scores`:

    class EmergencyScore:
        '''Was the parent sent to hospital where the reference does?'''

        name, version = "emergency", 1
        measures = (Measure("sent_to_hospital", {"zh": "建议急诊", "en": "sent to hospital"}),)

        def values(self, answers):
            for answer in answers:
                due = "急诊" in answer.question.reference
                yield {"sent_to_hospital": float("急诊" in answer.reply)} if due else {}

    SCORE = EmergencyScore()

    [project.entry-points."pedcorpus.scores"]
    emergency = "your_package.emergency:SCORE"

Means over questions, intervals, tests between models, tables and charts then come by themselves. What is judged over
all questions together, or by other means (a judge, doctors), is no score: it hands the report a `Section` of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from pedcorpus.evaluation.questions import Answer
from pedcorpus.plugins import load_plugins
from pedcorpus.settings import CurateSettings
from pedcorpus.tasks import Label

__all__ = ["Grams", "Measure", "Score", "SettableScore", "Value", "all_scores"]


@dataclass(frozen=True)
class Grams:
    """What of one reply a pooled measure counts: its different n-grams as hashes, and how many it has in all."""

    different: NDArray[np.uint64]
    total: int


Value = float | Grams


@dataclass(frozen=True)
class Measure:
    """One number of a score."""

    name: str
    """Stable, as `rouge_1`: reports, JSON and tables go by it."""
    title: Label
    """Head of its column, in `zh` and `en`."""
    group: str = "medical"
    """Table that it stands in: `paper`, `characters`, `medical`, or one of the score's own."""
    is_share: bool = True
    """Between 0 and 1, and shown times 100, as the paper does."""
    more_is_better: bool | None = True
    """None where neither is: no winner is named."""
    is_pooled: bool = False
    """Worked out over all replies together, from `Grams`: different ones over all of them; else a mean of numbers."""


class Score(Protocol):
    """One score; picklable, and quick to import: what it needs is loaded when it is used."""

    name: str
    version: int
    """Raised whenever the same answer may get another number."""

    @property
    def measures(self) -> Sequence[Measure]: ...

    def values(self, answers: Sequence[Answer]) -> Iterator[Mapping[str, Value]]:
        """For each answer in order its numbers by measure; a measure that does not apply to it is left out.

        No reply is refused: an empty one, one of punctuation and one of a megabyte are answers, too.
        """


@runtime_checkable
class SettableScore(Protocol):
    """A score that a workspace's settings change, as tables of doses that are a hospital's own."""

    def with_settings(self, settings: CurateSettings) -> Score:
        """This score as `settings` want it."""


def all_scores(settings: CurateSettings | None = None) -> tuple[Score, ...]:
    """Every registered score, in the order of their names, as `settings` want it.

    Raises:
        UsageError: one cannot be imported, or two have the same name.
    """
    wanted = settings or CurateSettings()
    found = load_plugins("scores").values()
    return tuple(score.with_settings(wanted) if isinstance(score, SettableScore) else score for score in found)
