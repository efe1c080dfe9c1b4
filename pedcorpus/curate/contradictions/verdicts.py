"""Contradictions as findings on both instructions, and which of them have to be written.

A set of findings takes the place of the one before: a mark is written first, so that only what follows it is current.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pedcorpus.curate.contradictions.clusters import Contradiction
from pedcorpus.curate.contradictions.compare import Span
from pedcorpus.records import Finding, Instruction, Severity

__all__ = ["CHECK_ID", "MARK_ID", "changed_verdicts", "verdicts_on"]

CHECK_ID = "contradiction@1"
MARK_ID = "contradiction@1:before"
_SHOWN = 40
_MOST = 5
"""Findings on one instruction; a reviewer sees the rest in the report."""


def verdicts_on(contradictions: Iterable[Contradiction]) -> dict[str, list[Finding]]:
    """What has to stand on each instruction that contradicts another, by its id; the order of input does not matter."""
    found: dict[str, set[Finding]] = {}
    for one in contradictions:
        for clash in one.clashes:
            found.setdefault(one.first.id, set()).add(_finding(one.first, one.second, clash.first, clash.second))
            found.setdefault(one.second.id, set()).add(_finding(one.second, one.first, clash.second, clash.first))
    return {name: sorted(found[name], key=_order)[:_MOST] for name in sorted(found)}


def changed_verdicts(
    wanted: Mapping[str, Sequence[Finding]], standing: Mapping[str, Sequence[Finding]]
) -> tuple[list[Finding], list[Finding]]:
    """Marks and, after them, findings to write, so that `wanted` stands; nothing where it does already.

    An instruction that contradicts nobody any more gets a pass.
    """
    changed = [
        name
        for name in sorted({*wanted, *standing})
        if sorted(wanted.get(name, ()), key=_order) != sorted(standing.get(name, ()), key=_order)
    ]
    marks = [_pass(name, MARK_ID) for name in changed if name in standing]
    findings = [one for name in changed for one in wanted.get(name) or [_pass(name, CHECK_ID)]]
    return marks, findings


def _pass(instruction: str, check: str) -> Finding:
    return Finding(instruction=instruction, check=check, severity=Severity.PASS)


def _order(finding: Finding) -> tuple[int, int, str]:
    return finding.start or 0, finding.end or 0, finding.detail


def _finding(one: Instruction, other: Instruction, span: Span, theirs: Span) -> Finding:
    words = other.answer_text()[slice(*theirs)].strip()
    shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
    is_prose = "answer" in type(one).model_fields
    return Finding(
        instruction=one.id,
        check=CHECK_ID,
        severity=Severity.WARNING,
        reason="contradicts",
        detail=f"{other.evidence[0].source} says 「{shown}」 to the same question ({other.id[:12]}); compare both, "
        "then correct or reject one",
        path="answer" if is_prose else "",
        start=span[0] if is_prose else None,
        end=span[1] if is_prose else None,
    )
