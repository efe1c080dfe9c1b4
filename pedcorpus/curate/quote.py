"""Check `quote`: every evidence quote stands verbatim in the passage, triple or turn that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.normalise import contains_folded
from pedcorpus.records import Evidence, Finding, Severity

__all__ = ["CHECK", "QuoteCheck"]


class QuoteCheck:
    """A quote that differs only in width, spaces or punctuation is a warning; one that is not there, an error."""

    name = "quote"
    version = 1

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            problems = list(self._problems(subject))
            yield from problems or [passed(self, subject.instruction)]

    def _problems(self, subject: Subject) -> Iterator[Finding]:
        for index, evidence in enumerate(subject.instruction.evidence):
            text = subject.origins.get(_origin_key(evidence))
            if text is not None and evidence.quote in text:
                continue
            if text is None:
                severity, reason = Severity.ERROR, "origin_missing"
                detail = f"{evidence.origin} {evidence.origin_id} is not in the corpus; ingest its source again"
            elif contains_folded(text, evidence.quote):
                severity, reason = Severity.WARNING, "quote_not_exact"
                detail = "differs from the source in width, spaces or punctuation; copy the source's own characters"
            else:
                severity, reason = Severity.ERROR, "quote_not_found"
                detail = "these words do not stand in the source; reject, or edit to what the source says"
            yield found(
                self,
                subject.instruction,
                reason,
                detail,
                path=f"evidence.{index}.quote",
                span=(0, len(evidence.quote)),
                severity=severity,
            )


def _origin_key(evidence: Evidence) -> str:
    return f"{evidence.origin_id}#{evidence.address.turn}" if evidence.origin == "turn" else evidence.origin_id


CHECK = QuoteCheck()
