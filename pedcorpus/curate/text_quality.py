"""Check `text`: texts that are garbled, turn in circles, break off, change language, or let their making show.

Numbers that OCR misread are left to `ocr`; what an answer says, to `grounding` and `dose`; its length, to `length`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.quality import (
    Leak,
    SaidText,
    foreign_span,
    garbled_span,
    leaked_span,
    repeated_share,
    said_texts,
    stuck_span,
    unfinished_span,
)
from pedcorpus.records import Finding, Instruction, Severity
from pedcorpus.settings import CurateSettings

__all__ = ["CHECK", "TextCheck"]

_Sign = tuple[str, tuple[int, int]]
_LEAKS: tuple[Leak, ...] = ("template", "prompt_leak", "page_junk", "refusal")
_MAY_REFUSE = frozenset({"safety", "general", "self_cognition"})
_MAY_SHOW_ANYTHING = frozenset({"safety", "general", "self_cognition"})
"""They may ask for code, pages, prompts and translations."""
_ERRORS = frozenset({"garbled", "repeated", "prompt_leak", "refusal"})
_DETAILS = {
    "blank": "no letter or digit in it; complete it, or reject",
    "garbled": "characters of another encoding; repair the source's encoding, or reject",
    "repeated": "the same words again and again; cut the answer, or reject",
    "truncated": "breaks off; complete it from the source, or reject",
    "prompt_leak": "words of a prompt or of a chat template; take them out",
    "refusal": "refuses instead of answering; reject",
    "page_junk": "buttons or mark-up of a web page; take them out",
    "other_language": "not in the record's language; reject, or correct the language",
}


@dataclass(frozen=True)
class TextCheck:
    """Every text but the evidence; a refusal is nothing odd where refusing is the task.

    An error in the paediatric tasks is only a warning in rows of data sets that hold anything.
    """

    most_repeated: float = 0.5
    """Share of repeated runs of ten characters above which a text turns in circles."""

    name = "text"
    version = 2

    @property
    def setting(self) -> str:
        return f"{self.most_repeated:g}"

    def with_settings(self, settings: CurateSettings) -> TextCheck:
        """This check as the workspace wants it."""
        return TextCheck(settings.repeated_share)

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            yield from list(self._findings(subject.instruction)) or [passed(self, subject.instruction)]

    def _findings(self, instruction: Instruction) -> Iterator[Finding]:
        for said in said_texts(instruction):
            for reason, span in self._signs(said, instruction):
                severity = _severity(reason, instruction)
                detail = _DETAILS[reason]
                yield found(self, instruction, reason, detail, path=said.path, span=span, severity=severity)

    def _signs(self, said: SaidText, instruction: Instruction) -> Iterator[_Sign]:
        text = said.text
        if span := garbled_span(text):
            yield "garbled", span
        is_free = instruction.task in _MAY_SHOW_ANYTHING
        if not is_free and (span := foreign_span(text, instruction.language)):
            yield "other_language", span
        if not said.is_asked:
            yield from self._signs_of_answer(text)
        for leak in _LEAKS:
            if _may_hold(leak, instruction.task) or (said.is_asked and leak == "refusal"):
                continue
            if span := leaked_span(text, leak):
                yield "prompt_leak" if leak == "template" else leak, span

    def _signs_of_answer(self, text: str) -> Iterator[_Sign]:
        if not any(map(str.isalnum, text)):
            yield "blank", (0, len(text))
        elif span := stuck_span(text):
            yield "repeated", span
        elif repeated_share(text) > self.most_repeated:
            yield "repeated", (0, len(text))
        if span := unfinished_span(text):
            yield "truncated", span


def _may_hold(leak: Leak, task: str) -> bool:
    if leak == "refusal":
        return task in _MAY_REFUSE
    return leak != "template" and task in _MAY_SHOW_ANYTHING


def _severity(reason: str, instruction: Instruction) -> Severity:
    is_error = reason in _ERRORS or (reason in ("other_language", "page_junk", "blank") and instruction.trains_experts)
    return Severity.ERROR if is_error and instruction.task != "general" else Severity.WARNING


CHECK = TextCheck()
