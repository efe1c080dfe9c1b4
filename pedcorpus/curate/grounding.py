"""Check `grounding`: everything an answer asserts stands in the evidence that it cites.

A quoted claim must occur, folded, in a quote it cites (or any, if it cites none) or, being a name, in
a heading above it. A safety claim must be the task's fixed line. Computed claims have a check of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.normalise import fold
from pedcorpus.records import Basis, Claim, Finding, Instruction
from pedcorpus.tasks import task_of

__all__ = ["CHECK", "GroundingCheck"]

_LONGEST_NAME = 30  # characters; a longer text is a statement and must be quoted, not borrowed from a heading


class GroundingCheck:
    """Says of each claim whether its evidence says it."""

    name = "grounding"
    version = 1

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            problems = list(self._problems(subject.instruction))
            yield from problems or [passed(self, subject.instruction)]

    def _problems(self, instruction: Instruction) -> Iterator[Finding]:
        quotes = [fold(evidence.quote) for evidence in instruction.evidence]
        headings = [fold("\n".join(evidence.address.heading_path)) for evidence in instruction.evidence]
        for claim in instruction.claims():
            if claim.basis is Basis.SAFETY:
                lines = task_of(instruction.task).safety_lines
                if claim.text != lines.get(instruction.language):
                    yield self._finding(instruction, claim, "not_a_safety_line", "not one of the task's fixed lines")
            elif claim.basis is Basis.QUOTED and not _is_supported(claim, quotes, headings):
                detail = "the evidence does not say this; reject, or edit to what it says"
                yield self._finding(instruction, claim, "not_in_evidence", detail)

    def _finding(self, instruction: Instruction, claim: Claim, reason: str, detail: str) -> Finding:
        said = f"「{claim.text}」: {detail}"
        return found(self, instruction, reason, said, path=claim.path, span=_span(instruction, claim))


def _is_supported(claim: Claim, quotes: Sequence[str], headings: Sequence[str]) -> bool:
    wanted = fold(claim.text)
    indices = [index for index in claim.evidence if index < len(quotes)] or range(len(quotes))
    if not wanted or any(wanted in quotes[index] for index in indices):
        return bool(wanted)
    return len(claim.text) <= _LONGEST_NAME and any(wanted in headings[index] for index in indices)


def _span(instruction: Instruction, claim: Claim) -> tuple[int | None, int | None]:
    """Where the claim stands in its field; nothing when the field holds it in other words."""
    value: object = instruction.body()
    for part in claim.path.split("."):
        value = value[int(part)] if isinstance(value, list) else value.get(part) if isinstance(value, dict) else None
    start = value.find(claim.text) if isinstance(value, str) else -1
    return (start, start + len(claim.text)) if start >= 0 else (None, None)


CHECK = GroundingCheck()
