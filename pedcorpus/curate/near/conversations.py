"""Conversations as columns: what duplicate search holds of each instruction, which is never its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from pedcorpus.curate.near.folding import bare, without_asking
from pedcorpus.curate.near.grams import GramSets, Places, gram_sets, joined
from pedcorpus.records import Message

__all__ = ["Conversations", "Keys", "all_conversations", "read_conversations"]

Keys: TypeAlias = NDArray[np.uint64]

_QUESTION, _ANSWER = 1, 2


@dataclass(frozen=True, eq=False)
class Conversations:
    """Columns of conversations 0, 1, 2, …"""

    ids: list[str]
    whole: Keys
    """A hash of all turns with their roles, bare: equal for exact duplicates. That of a blank one is its own."""
    asked: Keys
    """A hash of the bare question."""
    answered: Keys
    question: GramSets
    """N-grams of all turns before the answer, system prompts and courtesies left out."""
    answer: GramSets
    question_facts: Keys
    """What a question may not differ in: see `particulars`."""
    answer_facts: Keys
    lengths: Places
    """Bare characters of question and answer, courtesies left out."""

    def __len__(self) -> int:
        return len(self.ids)


def read_conversations(
    conversations: Iterable[tuple[str, Sequence[Message]]], read: Callable[[str], int], *, ngram: int
) -> Conversations:
    """The columns of `(instruction id, messages)`; `read` gives the key of a text's particulars."""
    ids, whole, lengths = [], [], []
    questions: list[str] = []
    answers: list[str] = []
    for identifier, messages in conversations:
        turns = [bare(message.content) for message in messages]
        said = "\0".join(f"{message.role}\0{turn}" for message, turn in zip(messages, turns, strict=True))
        ids.append(identifier)
        whole.append(_hash(said if any(turns) else f"blank {identifier}"))
        before = zip(messages[:-1], turns[:-1], strict=True)
        questions.append("\n".join(without_asking(turn) for message, turn in before if message.role != "system"))
        answers.append(turns[-1] if turns else "")
        lengths.append(len(questions[-1]) + len(answers[-1]))
    return Conversations(
        ids=ids,
        whole=np.array(whole, np.uint64),
        asked=np.array([_hash(text) for text in questions], np.uint64),
        answered=np.array([_hash(text) for text in answers], np.uint64),
        question=gram_sets(questions, ngram, kind=_QUESTION),
        answer=gram_sets(answers, ngram, kind=_ANSWER),
        question_facts=np.array([read(text) for text in questions], np.uint64),
        answer_facts=np.array([read(text) for text in answers], np.uint64),
        lengths=np.array(lengths, np.int64),
    )


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def all_conversations(parts: Iterable[Conversations]) -> Conversations:
    """The columns of all `parts`, one part after the other."""
    kept = list(parts) or [read_conversations((), len, ngram=1)]

    def column(name: str) -> Keys:
        return np.concatenate([getattr(part, name) for part in kept])

    return Conversations(
        ids=[identifier for part in kept for identifier in part.ids],
        whole=column("whole"),
        asked=column("asked"),
        answered=column("answered"),
        question=joined(part.question for part in kept),
        answer=joined(part.answer for part in kept),
        question_facts=column("question_facts"),
        answer_facts=column("answer_facts"),
        lengths=np.concatenate([part.lengths for part in kept]),
    )
