"""What models are asked: an export's test split or a file, by task, without what a model may have read in training."""

from pedcorpus.evaluation.questions.choice import chosen
from pedcorpus.evaluation.questions.of_export import questions_of_export
from pedcorpus.evaluation.questions.of_file import questions_of_file
from pedcorpus.evaluation.questions.question import Answer, Asked, Question, Quoted
from pedcorpus.evaluation.questions.trained_on import without_trained_on

__all__ = [
    "Answer",
    "Asked",
    "Question",
    "Quoted",
    "chosen",
    "questions_of_export",
    "questions_of_file",
    "without_trained_on",
]
