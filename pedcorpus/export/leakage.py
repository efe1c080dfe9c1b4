"""How much of what is held out can be read in training, in numbers: shared 13-character shingles.

Texts are compared folded (`normalise.fold`), so that width and punctuation hide nothing. The index holds the
shingles of the held-out answers only; training texts are streamed past it once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pedcorpus.export.instructions import task_id
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

    def __init__(self, texts: Iterable[str]) -> None:
        self._holders: dict[str, list[int]] = defaultdict(list)
        self.sizes: list[int] = []
        """Shingles of each text."""
        for position, text in enumerate(texts):
            parts = shingles(text)
            self.sizes.append(len(parts))
            for part in parts:
                self._holders[part].append(position)

    def shares_seen(self, texts: Iterable[str]) -> list[float]:
        """For each held-out text the share of its shingles, 0 to 1, that stand in any of `texts`."""
        seen: set[str] = set()
        for text in texts:
            seen |= self._holders.keys() & shingles(text)
        hits = [0] * len(self.sizes)
        for part in seen:
            for position in self._holders[part]:
                hits[position] += 1
        return [hit / size if size else 0.0 for hit, size in zip(hits, self.sizes, strict=True)]


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
    return task_of(task_id(instruction)).safety_lines.get(instruction.language, "")


def _overlap(held_out: Iterable[str], train: Iterable[str]) -> dict[str, float | int]:
    index = ShingleIndex(held_out)
    shares = index.shares_seen(train)
    total = sum(index.sizes)
    shared = sum(share * size for share, size in zip(shares, index.sizes, strict=True))
    return {
        "shingles": total,
        "shared_shingles": round(shared),
        "share": round(shared / total, 4) if total else 0.0,
        "rows_with_any": sum(share > 0 for share in shares),
        "rows_half_or_more": sum(share >= 0.5 for share in shares),
        "rows_whole": sum(share == 1 for share in shares),
    }


def _shared_keys(held_out: Sequence[ReleaseRow], train: Sequence[ReleaseRow]) -> Mapping[str, int]:
    """How many sections, clusters and topics stand on both sides; the first two are 0 by construction."""
    return {
        "groups": len({row.group for row in held_out} & {row.group for row in train}),
        "clusters": len({row.cluster for row in held_out} & {row.cluster for row in train}),
        "topics": len({row.instruction.topic for row in held_out} & {row.instruction.topic for row in train}),
    }
