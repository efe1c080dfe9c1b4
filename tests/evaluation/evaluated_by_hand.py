"""Questions, models and a comparison made by hand: no export, no torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pedcorpus.engine import Processes
from pedcorpus.evaluation import (
    Answer,
    Answerer,
    Asked,
    Comparison,
    Contestant,
    Conversation,
    Measure,
    Question,
    Quoted,
    Resampling,
    compare_replies,
    get_replies,
)
from pedcorpus.records import Message

REFERENCE = "先补液，再观察尿量和精神状态。"
FEW = Resampling(resamples=200)


def question(number: int = 0, *, task: str = "medkqa", is_held_out: bool | None = True, text: str = "") -> Question:
    asked = (Message(role="user", content=text or f"第{number}问：腹泻怎么办？"),)
    evidence = (Quoted("guideline", "先补液。", "第一节"),)
    return Question(f"q{number}", asked, REFERENCE, task, "腹泻", evidence=evidence, is_held_out=is_held_out)


def asked(*questions: Question) -> Asked:
    return Asked("v1", "0" * 64, questions or tuple(question(number) for number in range(6)))


def contestant(
    name: str, says: Callable[[str], str | None], *, size: int = 2, told: list[int] | None = None, identity: str = ""
) -> Contestant:
    """Answers what `says` makes of the last turn, in batches; nothing where that is none."""

    def start() -> Answerer:
        def answer(conversations: Sequence[Conversation]) -> Iterator[Mapping[int, str]]:
            for first in range(0, len(conversations), size):
                places = range(first, min(first + size, len(conversations)))
                if told is not None:
                    told.append(len(places))
                replies = {place: says(conversations[place][-1].content) for place in places}
                yield {place: reply for place, reply in replies.items() if reply is not None}

        return answer

    return Contestant(name, identity or name, start, {"max_new_tokens": 8}, {"run": "0001-v1"})


class Silent:
    """Progress that nobody sees."""

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Silent]:  # noqa: ARG002 - the protocol's
        yield self

    def advance(self, done: float = 1) -> None:
        pass


class Halves:
    """A score of two measures: one for every answer, one that does not apply to a question with an even number."""

    name, version = "halves", 1
    measures = (
        Measure("rouge_l", {"zh": "ROUGE-L", "en": "ROUGE-L"}, "paper"),
        Measure("odd", {"zh": "单数题", "en": "odd ones"}, "medical"),
    )

    def values(self, answers: Sequence[Answer]) -> Iterator[Mapping[str, float]]:
        for answer in answers:
            good = float("补液" in answer.reply)
            yield {"rouge_l": good, "odd": good} if int(answer.question.id[1:]) % 2 else {"rouge_l": good}


def compared(folder: Path, *contestants: Contestant, asking: Asked | None = None) -> Comparison:
    what = asking or asked()
    replies = get_replies(contestants, what, folder / "replies", progress=Silent())
    return compare_replies(replies, what, scores=[Halves()], engine=Processes(1), resampling=FEW, progress=Silent())
