"""Check `ocr`: numbers and words that look misread, and numbers that the OCR was not sure of.

What a quote says is judged, wherever its text came from: older text layers are often OCR themselves. Whether
the quote is the source's own is left to `quote`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.ocr_patterns import find_damage, find_quantities
from pedcorpus.records import Box, Evidence, Finding, Instruction, Severity
from pedcorpus.settings import CurateSettings

__all__ = ["CHECK", "OcrDamageCheck"]

_DETAILS = {
    "damaged_number": "letters or points stand in this number; compare it with the page, then edit or reject",
    "lost_exponent": "a power of ten has lost its raised digit; compare it with the page, then edit or reject",
    "misread_character": "a look-alike seems to stand here (千 for 于, 卤 for 囟); compare it with the page",
    "running_head": "a running head or page number seems to stand in the text; edit it out, or reject",
}
_ERRORS = frozenset({"damaged_number"})


@dataclass(frozen=True)
class OcrDamageCheck:
    """A damaged or unsure number is an error, so that it is never a fact without a person; all else is a warning."""

    name = "ocr"
    version = 1
    least_confidence: float = 0.9
    """Below it a line is unsure: of good scans 2 % of the numbers, of bad ones most lines with a lost decimal point."""

    @property
    def setting(self) -> str:
        return f"{self.least_confidence:g}"

    def with_settings(self, settings: CurateSettings) -> OcrDamageCheck:
        """This check as the workspace wants it."""
        return OcrDamageCheck(settings.ocr_confidence)

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            problems = list(self._problems(subject))
            yield from problems or [passed(self, subject.instruction)]

    def _problems(self, subject: Subject) -> Iterator[Finding]:
        for index, evidence in enumerate(subject.instruction.evidence):
            path = f"evidence.{index}.quote"
            for damage in find_damage(evidence.quote):
                detail = f"「{evidence.quote[damage.start : damage.end].strip()}」: {_DETAILS[damage.reason]}"
                severity = Severity.ERROR if damage.reason in _ERRORS else Severity.WARNING
                span = (damage.start, damage.end)
                yield found(self, subject.instruction, damage.reason, detail, path=path, span=span, severity=severity)
            unsure = [box for box in evidence.address.boxes if self._is_unsure(box)]
            if unsure:
                text = subject.origins.get(evidence.origin_id, "")
                yield from self._unsure(subject.instruction, evidence, path, _spans(evidence.quote, text, unsure))

    def _is_unsure(self, box: Box) -> bool:
        return box.confidence is not None and box.confidence < self.least_confidence

    def _unsure(
        self, instruction: Instruction, evidence: Evidence, path: str, spans: Sequence[tuple[int, int]]
    ) -> Iterator[Finding]:
        """Findings on what stands in `spans`, the unsure stretches of a quote."""
        quote = evidence.quote
        numbers = [number for number in find_quantities(quote) if any(_overlap(number, span) for span in spans)]
        for start, end in numbers:
            detail = f"「{quote[start:end]}」: the OCR was not sure of this line; compare the number with the page"
            yield found(self, instruction, "low_confidence_number", detail, path=path, span=(start, end))
        if spans and not numbers:
            detail = "the OCR was not sure of this line; compare it with the page"
            reason, severity = "low_confidence_text", Severity.WARNING
            yield found(self, instruction, reason, detail, path=path, span=spans[0], severity=severity)


def _spans(quote: str, text: str, boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """Where `boxes` of a passage with `text` lie in `quote`; the whole quote where that cannot be told."""
    places = list(_places(quote, text))
    if not places:
        return [(0, len(quote))]
    printed = [place for place in places if any(_overlap((box.start, box.end), place) for box in boxes)]
    spans = ((max(box.start - first, 0), min(box.end - first, len(quote))) for first, _ in printed[:1] for box in boxes)
    return [(start, end) for start, end in spans if start < end]


def _places(quote: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(quote)
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


CHECK = OcrDamageCheck()
