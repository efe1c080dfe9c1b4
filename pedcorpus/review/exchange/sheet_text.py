"""An instruction as plain texts for a reader in another tool: what is asked and answered, on what, with which findings.

Nothing in them is mark-up, and none of the formats may show them as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pedcorpus.records import Decision, Evidence, Finding, Instruction, Severity, Status

__all__ = ["ExchangedItem", "answer_text", "evidence_text", "findings_text", "question_text", "worst_severity"]

_SPEAKER = {"system": "system: ", "user": "", "assistant": "assistant: "}


@dataclass(frozen=True)
class ExchangedItem:
    """One instruction as it is handed to another tool."""

    instruction: Instruction
    status: Status
    findings: tuple[Finding, ...]
    """Worst first; passes left out."""
    decision: Decision | None
    """The last one that stands, on it or that made it."""
    titles: Mapping[str, str]
    """Titles of sources by their ids."""


def question_text(instruction: Instruction) -> str:
    """Everything said before the answer; earlier turns with who said them."""
    turns = instruction.conversation()[:-1]
    return "\n".join(f"{_SPEAKER[turn.role]}{turn.content}" for turn in turns)


def answer_text(instruction: Instruction) -> str:
    """The answer as it is trained on."""
    return instruction.conversation()[-1].content


def evidence_text(item: ExchangedItem) -> str:
    """Each quote under its source and address."""
    return "\n\n".join(_quoted(evidence, item.titles) for evidence in item.instruction.evidence)


def findings_text(item: ExchangedItem) -> str:
    """One line a finding; empty when every check passed."""
    return "\n".join(
        f"{finding.severity} {finding.reason} {finding.path}: {finding.detail}".rstrip(": ")
        for finding in item.findings
    )


def worst_severity(item: ExchangedItem) -> Severity:
    """Of its findings; `pass` without any."""
    severities = {finding.severity for finding in item.findings}
    order = (Severity.ERROR, Severity.WARNING)
    return next((severity for severity in order if severity in severities), Severity.PASS)


def _quoted(evidence: Evidence, titles: Mapping[str, str]) -> str:
    place = " · ".join(part for part in (titles.get(evidence.source, evidence.source), evidence.address.place) if part)
    return f"{place}\n{evidence.quote}"
