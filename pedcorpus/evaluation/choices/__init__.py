"""Multiple-choice exams: their questions, how they are asked, what a reply chooses, and how often that is right."""

from pedcorpus.evaluation.choices.accuracy import (
    WAYS,
    Accuracy,
    ExamResult,
    Way,
    by_letters,
    by_likelihood,
    exam_result,
)
from pedcorpus.evaluation.choices.letters import chosen_letters
from pedcorpus.evaluation.choices.prompt import PROMPT_VERSION, asked_for_letters, asked_openly
from pedcorpus.evaluation.choices.question import ChoiceQuestion, Exam
from pedcorpus.evaluation.choices.rows import exam_of_rows
from pedcorpus.evaluation.choices.sitting import Sitting, asked_of_exam, sat, sittings, without_asked
from pedcorpus.evaluation.choices.told import WAY_TITLES, exam_section

__all__ = [
    "PROMPT_VERSION",
    "WAYS",
    "WAY_TITLES",
    "Accuracy",
    "ChoiceQuestion",
    "Exam",
    "ExamResult",
    "Sitting",
    "Way",
    "asked_for_letters",
    "asked_of_exam",
    "asked_openly",
    "by_letters",
    "by_likelihood",
    "chosen_letters",
    "exam_of_rows",
    "exam_result",
    "exam_section",
    "sat",
    "sittings",
    "without_asked",
]
