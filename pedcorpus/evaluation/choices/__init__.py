"""Multiple-choice exams: their questions, how they are asked, what a reply chooses, and how often that is right."""

from pedcorpus.evaluation.choices.accuracy import (
    WAYS,
    Accuracy,
    ExamResult,
    Likelihood,
    Way,
    by_letters,
    by_likelihood,
    exam_result,
)
from pedcorpus.evaluation.choices.letters import chosen_letters
from pedcorpus.evaluation.choices.prompt import PROMPT_VERSION, asked_for_letters, asked_openly
from pedcorpus.evaluation.choices.question import ChoiceQuestion, Exam
from pedcorpus.evaluation.choices.rows import exam_of_rows

__all__ = [
    "PROMPT_VERSION",
    "WAYS",
    "Accuracy",
    "ChoiceQuestion",
    "Exam",
    "ExamResult",
    "Likelihood",
    "Way",
    "asked_for_letters",
    "asked_openly",
    "by_letters",
    "by_likelihood",
    "chosen_letters",
    "exam_of_rows",
    "exam_result",
]
