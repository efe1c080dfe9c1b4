"""How much of what is held out can be read in training, in numbers: shared 13-character shingles.

Texts are compared folded (`normalise.fold`), so that width and punctuation hide nothing. The index holds the
shingles of the held-out answers only; training texts are streamed past it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pedcorpus.export.read import Split
from pedcorpus.export.release import Selection
from pedcorpus.normalise import fold
from pedcorpus.records import Instruction, ReleaseRow
from pedcorpus.tasks import task_of

__all__ = ["SHINGLE_CHARS", "ShingleIndex", "leakage_report", "shingles"]

SHINGLE_CHARS = 13

_HELD_OUT: tuple[Split, ...] = ("validation", "test")


def shingles(text: str) -> set[str]:
    """Every run of 13 characters of the folded text; the whole text where it is shorter, nothing where it is empty."""
    folded = fold(text)
    if len(folded) <= SHINGLE_CHARS:
        return {folded} if folded else set()
    return {folded[start : start + SHINGLE_CHARS] for start in range(len(folded) - SHINGLE_CHARS + 1)}


class ShingleIndex:
    """Held-out texts, and which of their shingles have been seen elsewhere."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._shingles = {part for text in texts for part in shingles(text)}

    def overlaps(self, texts: Iterable[str]) -> Iterator[tuple[int, int]]:
        """For each held-out text how many of its shingles stand in any of `texts`, and how many it has."""
        seen: set[str] = set()
        for text in texts:
            seen |= self._shingles & shingles(text)
        for text in self._texts:
            parts = shingles(text)
            yield len(parts & seen), len(parts)


def leakage_report(selection: Selection, cpt_train: Sequence[str]) -> dict[str, Any]:
    """`reports/leakage.json`: overlap of the held-out splits with training; `cpt_train` is all pre-training text."""
    train = selection.of("train")
    report: dict[str, Any] = {"shingle_chars": SHINGLE_CHARS}
    for split in _HELD_OUT:
        held_out = selection.of(split)
        report[split] = {
            "rows": len(held_out),
            "answers_in_train_answers": _overlap(map(answer, held_out), map(answer, train)),
            "answers_in_pretraining_text": _overlap(map(answer, held_out), cpt_train),
            "questions_in_train_questions": _overlap(map(question, held_out), map(question, train)),
            "shared": _shared_keys(held_out, train),
        }
    return report


def question(row: ReleaseRow) -> str:
    """What the user says."""
    return row.instruction.user_text()


def answer(row: ReleaseRow) -> str:
    """What the assistant says, without the task's fixed safety line, which all answers may share."""
    text = row.instruction.answer_text()
    line = _safety_line(row.instruction)
    return text.replace(line, "") if line else text


def _safety_line(instruction: Instruction) -> str:
    return task_of(instruction.task).safety_lines.get(instruction.language, "")


def _overlap(held_out: Iterable[str], train: Iterable[str]) -> dict[str, float | int]:
    pairs = list(ShingleIndex(list(held_out)).overlaps(train))
    shared, total = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return {
        "shingles": total,
        "shared_shingles": shared,
        "share": round(shared / total, 4) if total else 0.0,
        "rows_with_any": sum(part > 0 for part, _ in pairs),
        "rows_half_or_more": sum(2 * part >= whole > 0 for part, whole in pairs),
        "rows_whole": sum(part == whole > 0 for part, whole in pairs),
    }


def _shared_keys(held_out: Sequence[ReleaseRow], train: Sequence[ReleaseRow]) -> Mapping[str, int]:
    """How many sections, clusters and topics stand on both sides; the first two are 0 by construction."""
    return {
        "groups": len({row.group for row in held_out} & {row.group for row in train}),
        "clusters": len({row.cluster for row in held_out} & {row.cluster for row in train}),
        "topics": len({row.instruction.topic for row in held_out} & {row.instruction.topic for row in train}),
    }
