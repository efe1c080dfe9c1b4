"""Clusters of instructions that ask the same, and the contradictions between their works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pedcorpus.curate.contradictions.compare import Clash, clashes
from pedcorpus.normalise import fold
from pedcorpus.records import Instruction

__all__ = ["Cluster", "Contradiction", "contradictions_in"]

_MOST = 24
"""Answers of one cluster that are compared, all with all: the first of each work, by id, then the next of each."""


@dataclass(frozen=True)
class Cluster:
    """Instructions that ask the same, by id."""

    question: str
    """What is asked, in the words of the first."""
    is_same_question: bool
    """Whether all ask in the same words; else they share topic and aspect."""
    members: Sequence[Instruction]


@dataclass(frozen=True)
class Contradiction:
    """Two answers of different works that clash."""

    first: Instruction
    second: Instruction
    clashes: tuple[Clash, ...]


def contradictions_in(cluster: Cluster) -> Iterator[Contradiction]:
    """Every pair of members from different works whose answers clash, by id. The order of members does not matter."""
    for first, second in combinations(_compared(cluster.members), 2):
        if _source(first) == _source(second) or _is_told_apart(first, second):
            continue
        if found := clashes(first.answer_text(), second.answer_text(), is_same_question=cluster.is_same_question):
            yield Contradiction(first, second, found)


def _compared(members: Sequence[Instruction]) -> list[Instruction]:
    by_source: dict[str, list[Instruction]] = {}
    seen: set[tuple[str, str]] = set()
    for member in sorted(members, key=lambda member: member.id):
        answer = (_source(member), fold(member.answer_text()))
        if answer not in seen:
            seen.add(answer)
            by_source.setdefault(_source(member), []).append(member)
    ranked = [(place, member.id, member) for kept in by_source.values() for place, member in enumerate(kept)]
    chosen = sorted(ranked, key=lambda item: item[:2])[:_MOST]
    return sorted((member for _, _, member in chosen), key=lambda member: member.id)


def _source(instruction: Instruction) -> str:
    return instruction.evidence[0].source


def _is_told_apart(first: Instruction, second: Instruction) -> bool:
    """Two knowledge questions in the same words may still be about two topics, which their sections name."""
    return first.task == second.task and first.trains_experts and fold(first.topic) != fold(second.topic)
