"""Check `grounding`: everything an answer asserts stands in the evidence that it cites.

A quoted claim stands verbatim, folded, in a quote it cites (or any, if it cites none) or, being a name, in a heading
above it. A paraphrased claim is judged fact by fact (`support`): names, numbers with their units and bounds, routes,
frequencies, denials, and that each is said of the same thing. A safety claim is the task's fixed line. Computed claims
have a check of their own. Nothing here measures likeness: a tenfold dose is very like the dose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.support import Cited, Gap, Said, cited, gaps, owner_gaps
from pedcorpus.facts import Reading, read, spoken, stands_in_folded
from pedcorpus.facts.lazy import lazy
from pedcorpus.facts.names import NameKind
from pedcorpus.normalise import fold, folded, language_of
from pedcorpus.records import Basis, Claim, Evidence, Finding, Instruction, Severity
from pedcorpus.tasks import task_of

__all__ = ["CHECK", "GroundingCheck"]

_LONGEST_NAME = 30  # characters; a longer text is a statement and must be quoted, not borrowed from a heading
_ADVICE = "reject, or edit to what it says"


class GroundingCheck:
    """Says of each claim whether its evidence says it, and of each fact that it does not say where it stands."""

    name = "grounding"
    version = 4

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            problems = list(dict.fromkeys(self._problems(subject.instruction)))
            yield from problems or [passed(self, subject.instruction)]

    def _problems(self, instruction: Instruction) -> Iterator[Finding]:
        sheet = _Sheet(instruction)
        for claim in instruction.claims():
            if claim.basis is Basis.SAFETY:
                if claim.text != task_of(instruction.task).safety_lines.get(instruction.language):
                    yield self._whole(sheet, claim, "not_a_safety_line", "not one of the task's fixed lines")
            elif claim.basis is Basis.QUOTED and not sheet.quotes(claim):
                yield self._whole(sheet, claim, "not_in_evidence", f"the evidence does not say this; {_ADVICE}")
            elif claim.basis is Basis.QUOTED and claim.of:
                yield from self._gaps(sheet, claim, owner_gaps(sheet.said(claim), sheet.cited(claim)))
            elif claim.basis is Basis.PARAPHRASED and not sheet.quotes(claim):
                yield from self._paraphrased(sheet, claim)

    def _paraphrased(self, sheet: _Sheet, claim: Claim) -> Iterator[Finding]:
        sourced = sheet.cited(claim)
        if sourced.language != language_of(claim.text):
            detail = "the evidence is in another language; compare by eye"
            yield self._whole(sheet, claim, "language_differs", detail, severity=Severity.WARNING)
        else:
            yield from self._gaps(sheet, claim, gaps(sheet.said(claim), sourced))

    def _gaps(self, sheet: _Sheet, claim: Claim, missing: Sequence[Gap]) -> Iterator[Finding]:
        shift = sheet.shift(claim)
        text = sheet.field(claim)
        for gap in missing:
            detail = f"「{text[gap.start : gap.end].strip()}」: {gap.detail}; {_ADVICE}"
            span = (gap.start + shift, gap.end + shift) if shift is not None else (None, None)
            yield found(self, sheet.instruction, gap.reason, detail, path=claim.path, span=span)

    def _whole(
        self, sheet: _Sheet, claim: Claim, reason: str, detail: str, *, severity: Severity = Severity.ERROR
    ) -> Finding:
        said = f"「{claim.text}」: {detail}"
        span = sheet.span(claim)
        return found(self, sheet.instruction, reason, said, path=claim.path, span=span, severity=severity)


class _Sheet:
    """One instruction with what is read of it once for all its claims."""

    def __init__(self, instruction: Instruction) -> None:
        self.instruction = instruction
        self._cited: dict[tuple[tuple[int, ...], bool], Cited] = {}
        self._owned: dict[str, Mapping[NameKind, frozenset[str]]] = {}

    @lazy
    def _quotes(self) -> list[str]:
        return [folded(evidence.quote) for evidence in self.instruction.evidence]

    @lazy
    def _headings(self) -> list[str]:
        return [folded("\n".join(evidence.address.heading_path)) for evidence in self.instruction.evidence]

    def _indices(self, claim: Claim) -> tuple[int, ...]:
        count = len(self.instruction.evidence)
        return tuple(index for index in claim.evidence if index < count) or tuple(range(count))

    def quotes(self, claim: Claim) -> bool:
        """Does the claim stand verbatim in a quote it cites or, being a name, in a heading?"""
        wanted = fold(claim.text)
        indices = self._indices(claim)
        if any(stands_in_folded(wanted, self._quotes[index]) for index in indices):
            return True
        return 0 < len(claim.text) <= _LONGEST_NAME and any(wanted in self._headings[index] for index in indices)

    def cited(self, claim: Claim) -> Cited:
        """The evidence of the claim, read; a quote of whom it is said, as a table's head, outdoes the headings."""
        indices = self._indices(claim)
        is_named = bool(claim.of) and fold(claim.of) in [self._quotes[index] for index in indices]
        key = (indices, is_named)
        if key not in self._cited:
            chosen = [self.instruction.evidence[index] for index in indices]
            self._cited[key] = cited([(_words(item), () if is_named else item.address.heading_path) for item in chosen])
        return self._cited[key]

    def field(self, claim: Claim) -> str:
        """The text that the claim is judged in: its whole field, or itself where the field says it otherwise."""
        return self._field(claim)[0]

    def _field(self, claim: Claim) -> tuple[str, Reading]:
        text = self._text_at(claim.path)
        text = text if claim.text in text else claim.text
        return text, read(text)

    def _text_at(self, path: str) -> str:
        value: object = self.instruction
        for part in path.split("."):
            value = value[int(part)] if isinstance(value, tuple) else getattr(value, part, None)
        return value if isinstance(value, str) else ""

    def span(self, claim: Claim) -> tuple[int | None, int | None]:
        """Where the claim stands in its field; nothing when the field holds it in other words."""
        start = self._text_at(claim.path).find(claim.text)
        return (start, start + len(claim.text)) if start >= 0 else (None, None)

    def shift(self, claim: Claim) -> int | None:
        """What is added to a place in `field` for the place in the record's field; none where it is not there."""
        return 0 if claim.text in self._text_at(claim.path) else None

    def said(self, claim: Claim) -> Said:
        """The claim inside its field, with what stands before it there, and what it is said of."""
        text, reading = self._field(claim)
        start = text.find(claim.text)
        return Said(reading, start, start + len(claim.text), of=self._of(claim), scene=self._scene)

    def _of(self, claim: Claim) -> Mapping[NameKind, frozenset[str]]:
        if claim.of not in self._owned:
            self._owned[claim.of] = self._owners(claim)
        return self._owned[claim.of]

    def _owners(self, claim: Claim) -> Mapping[NameKind, frozenset[str]]:
        named = read(f"{claim.of}\n{self.instruction.topic}" if claim.of else self.instruction.topic).names
        own = [item for item in named if item.start < len(claim.of)] if claim.of else []
        drugs = frozenset(item.canonical for item in own if item.kind == "drug")
        diseases = [item.canonical for item in own if item.kind == "disease"] or [
            item.canonical for item in named if item.kind == "disease"
        ]
        return {"drug": drugs, "disease": frozenset(diseases)}

    @lazy
    def _scene(self) -> Reading:
        return read(self.instruction.user_text())


def _words(evidence: Evidence) -> str:
    return spoken(evidence.quote) if evidence.origin == "turn" else evidence.quote


CHECK = GroundingCheck()
