"""The grades as measures of an evaluation: registered as any score is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pedcorpus.evaluation.medical.grader import MEDICAL_GRADES, MedicalGrader
from pedcorpus.evaluation.questions import Answer
from pedcorpus.evaluation.scores import Measure, Score, Value
from pedcorpus.settings import CurateSettings

__all__ = ["SCORE", "MedicalScore"]


class MedicalScore:
    """Grades of replies to questions that have their record; those of a file have none, and no grade."""

    name = "medical"
    version = 1
    measures = tuple(Measure(name, title) for name, title in MEDICAL_GRADES.items())

    def __init__(self, settings: CurateSettings | None = None) -> None:
        self._settings = settings or CurateSettings()

    def with_settings(self, settings: CurateSettings) -> Score:
        """By the tables of a workspace."""
        return MedicalScore(settings)

    def values(self, answers: Sequence[Answer]) -> Iterator[Mapping[str, Value]]:
        grader = _grader(self._settings.model_dump_json())
        for answer in answers:
            record = answer.question.record
            grades = grader.grades(record, answer.reply) if record is not None else {}
            yield {name: grade.value for name, grade in grades.items()}


@cache
def _grader(settings: str) -> MedicalGrader:
    """One for each process: tables are read once, and not sent to others."""
    return MedicalGrader(CurateSettings.model_validate_json(settings))


SCORE = MedicalScore()
