"""Check `text`: answers that are garbled, turn in circles, break off, change language, or let their making show.

Numbers that OCR misread are left to `ocr`; what an answer says, to `grounding` and `dose`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.quality.garbling import garbled_span
from pedcorpus.curate.quality.leaks import Leak, leaked_span
from pedcorpus.curate.quality.repeats import repeated_share
from pedcorpus.curate.quality.unfinished import unfinished_span
from pedcorpus.records import Finding, Instruction, Severity
from pedcorpus.settings import CurateSettings

__all__ = ["CHECK", "TextCheck"]

_LEAKS: tuple[Leak, ...] = ("prompt_leak", "page_junk", "refusal")
_MAY_REFUSE = frozenset({"safety", "general", "self_cognition"})
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003134f]")
_LATIN = re.compile("[A-Za-z]+")
_FEW_WORDS = 30
_DETAILS = {
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
    """What the assistant says; a refusal is nothing odd where refusing is the task."""

    most_repeated: float = 0.5
    """Share of repeated runs of ten characters above which a text turns in circles."""

    name = "text"
    version = 1

    @property
    def setting(self) -> str:
        return f"{self.most_repeated:g}"

    def with_settings(self, settings: CurateSettings) -> TextCheck:
        return TextCheck(settings.repeated_share)

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            yield from list(self._findings(subject.instruction)) or [passed(self, subject.instruction)]

    def _findings(self, instruction: Instruction) -> Iterator[Finding]:
        text = vars(instruction).get("answer") or instruction.answer_text()
        path = "answer" if "answer" in vars(instruction) else ""
        for reason, span, severity in self._signs(text, instruction):
            yield found(self, instruction, reason, _DETAILS[reason], path=path, span=span, severity=severity)

    def _signs(self, text: str, instruction: Instruction) -> Iterator[tuple[str, tuple[int, int], Severity]]:
        if span := garbled_span(text):
            yield "garbled", span, Severity.ERROR
        if repeated_share(text) > self.most_repeated:
            yield "repeated", (0, len(text)), Severity.ERROR
        for leak in _LEAKS:
            if leak == "refusal" and instruction.task in _MAY_REFUSE:
                continue
            if span := leaked_span(text, leak):
                yield leak, span, Severity.WARNING if instruction.task == "general" else Severity.ERROR
        if span := unfinished_span(text):
            yield "truncated", span, Severity.WARNING
        if instruction.trains_experts and _is_foreign(text, instruction.language):
            yield "other_language", (0, len(text)), Severity.ERROR


def _is_foreign(text: str, language: str) -> bool:
    """Hardly a word in `language`, and many in the other."""
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    own, other = (han, latin) if language == "zh" else (latin, han)
    return other > _FEW_WORDS and own * 4 < other


CHECK = TextCheck()
