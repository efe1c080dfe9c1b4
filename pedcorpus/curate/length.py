"""Check `length`: answers far shorter or longer than those of their task.

What a task's answers are like is declared by the task, or by the workspace in `[curate.lengths]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.records import Finding, Instruction, Severity, canonical_json, content_id
from pedcorpus.settings import CurateSettings
from pedcorpus.tasks import task_names, task_of

__all__ = ["CHECK", "LengthCheck", "word_count"]

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_HAN}]|[^\\W_{_HAN}]+")


def word_count(text: str) -> int:
    """Words of a text: each Chinese character is one, and each run of other letters or digits."""
    return sum(1 for _ in _WORD.finditer(text))


@dataclass(frozen=True)
class LengthCheck:
    """Too short or too long is for a reviewer to see, and no error."""

    changed: tuple[tuple[str, tuple[int, int]], ...] = ()
    """Bounds that the workspace sets, by task."""

    name = "length"
    version = 1

    @property
    def setting(self) -> str:
        """The bounds of every task, digested."""
        return content_id("length", canonical_json({task: self._bounds(task) for task in task_names()}))[:8]

    def with_settings(self, settings: CurateSettings) -> LengthCheck:
        """This check as the workspace wants it.

        Raises:
            UsageError: bounds of a task that there is not.
        """
        for task in settings.lengths:
            task_of(task)
        return LengthCheck(tuple(sorted(settings.lengths.items())))

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            yield self._verdict(subject.instruction)

    def _bounds(self, task: str) -> tuple[int, int] | None:
        return dict(self.changed).get(task) or task_of(task).answer_words

    def _verdict(self, instruction: Instruction) -> Finding:
        bounds = self._bounds(instruction.task)
        text = instruction.answer_text()
        if bounds is None or (words := word_count(text)) in range(bounds[0], bounds[1] + 1):
            return passed(self, instruction)
        reason = "too_short" if words < bounds[0] else "too_long"
        detail = f"{words} words, expected {bounds[0]} to {bounds[1]} of {instruction.task}; edit, or reject"
        path = "answer" if "answer" in type(instruction).model_fields else ""
        span = (0, len(text)) if path else (None, None)
        return found(self, instruction, reason, detail, path=path, span=span, severity=Severity.WARNING)


CHECK = LengthCheck()
