"""Check `contamination`: instructions that hold an item of an evaluation set.

Unlike the others it is registered nowhere: it is made of sets that `flow/` has read, and its id carries their hashes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.codes import folded_text
from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.contamination.index import ItemIndex, Match
from pedcorpus.curate.contamination.items import row_of
from pedcorpus.curate.contamination.overlap import overlap_of
from pedcorpus.records import Finding, Instruction, Overlap, Severity

__all__ = ["ContaminationCheck"]


@dataclass(frozen=True)
class ContaminationCheck:
    """One finding for each set that an instruction holds an item of: the item that it holds most of."""

    index: ItemIndex
    setting: str
    """Hash of the sets and of what they are compared by."""
    error_share: float = 0.8
    """From this share of an item on a finding is an error."""

    name = "contamination"
    version = 1

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        instructions = {subject.instruction.id: subject.instruction for subject in subjects}
        for row, matches in self.index.search(map(row_of, instructions.values())):
            instruction = instructions[row.id]
            said = [
                self._found(instruction, best, overlap_of(best, row, task=instruction.task), others)
                for best, others in _best_of_each_set(matches)
            ]
            yield from said or [passed(self, instruction)]

    def _found(self, instruction: Instruction, best: Match, overlap: Overlap, others: int) -> Finding:
        more = f" and {others} more" if others else ""
        detail = (
            f"{overlap.set} {overlap.item}{more}: {overlap.score:.0%} of its {overlap.told} stands here, {overlap.run} "
            f"characters on end: 「{overlap.item_text}」; reject it, or take the item out of the evaluation"
        )
        path, span = _place(instruction, overlap.row_text)
        severity = Severity.ERROR if self._is_error(best) else Severity.WARNING
        return found(self, instruction, "in_evaluation_set", detail, path=path, span=span, severity=severity)

    def _is_error(self, match: Match) -> bool:
        """Does most of the item stand here? Of one's own test split both rows may be right; a question of one line is
        another with another name in it.
        """
        like, length = match.likeness, len(folded_text(match.item.question))
        if match.item.is_own or like.score < self.error_share:
            return False
        is_line = like.told == "question" and length < 2 * self.index.thresholds.ngram
        return not is_line or round((1 - like.score) * length) <= 1


def _best_of_each_set(matches: Sequence[Match]) -> Iterator[tuple[Match, int]]:
    """The first match of each set, and how many more there are of it."""
    counts: dict[str, list[Match]] = {}
    for match in matches:
        counts.setdefault(match.item.set, []).append(match)
    return ((each[0], len(each) - 1) for _, each in sorted(counts.items()))


def _place(instruction: Instruction, words: str) -> tuple[str, tuple[int | None, int | None]]:
    """The field that has these words, where one does."""
    fields = vars(instruction)
    for path in ("question", "answer"):
        text = fields.get(path)
        if isinstance(text, str) and (start := text.find(words)) >= 0:
            return path, (start, start + len(words))
    return "", (None, None)
