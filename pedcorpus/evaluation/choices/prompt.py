"""How a model is asked a multiple-choice question: once with its options, for a letter; once without, to weigh each."""

from __future__ import annotations

from pedcorpus.evaluation.choices.question import ChoiceQuestion
from pedcorpus.records import Message

__all__ = ["PROMPT_VERSION", "asked_for_letters", "asked_openly"]

PROMPT_VERSION = 1
"""Raised when the words below change: replies to other words are other replies."""

_WANTED = {
    "zh": {
        None: "请选出正确答案，只写选项字母。",
        False: "本题只有一个正确答案，请只写选项字母。",
        True: "本题有多个正确答案，请写出全部正确选项的字母。",
    },
    "en": {
        None: "Choose the right answer; write the letter only.",
        False: "One answer is right; write its letter only.",
        True: "Several answers are right; write the letters of all of them.",
    },
}


def asked_for_letters(question: ChoiceQuestion) -> tuple[Message, ...]:
    """The question with its options, and what is wanted."""
    options = [f"{letter}. {text}" for letter, text in question.options.items()]
    wanted = _WANTED[question.language][question.asks_for_several]
    return (Message(role="user", content="\n".join([question.question, *options, wanted])),)


def asked_openly(question: ChoiceQuestion) -> tuple[Message, ...]:
    """The question alone; how likely each option is as the answer to it is then weighed."""
    return (Message(role="user", content=question.question),)
