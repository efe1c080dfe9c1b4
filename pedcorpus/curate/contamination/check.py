"""Check `contamination`: instructions that hold an item of an evaluation set.

Unlike the others it is registered nowhere: it is made of sets that `flow/` has read, and its id carries their hashes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
                self._found(instruction, overlap_of(best, row, task=instruction.task), others, own=best.item.is_own)
                for best, others in _best_of_each_set(matches)
            ]
            yield from said or [passed(self, instruction)]

    def _found(self, instruction: Instruction, overlap: Overlap, others: int, *, own: bool) -> Finding:
        """An error where most of an item stands; of one's own test split a warning, for both rows may be right."""
        more = f" and {others} more" if others else ""
        detail = (
            f"{overlap.set} {overlap.item}{more}: {overlap.score:.0%} of its {overlap.told} stands here, {overlap.run} "
            f"characters on end: 「{overlap.item_text}」; reject it, or take the item out of the evaluation"
        )
        path, span = _place(instruction, overlap.row_text)
        is_error = overlap.score >= self.error_share and not own
        severity = Severity.ERROR if is_error else Severity.WARNING
        return found(self, instruction, "in_evaluation_set", detail, path=path, span=span, severity=severity)


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
