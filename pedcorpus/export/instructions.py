"""The whole records as rows of `instructions/*.parquet`, with what checks and reviewers said of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import Any

from pedcorpus.export.release import Release, Selection, row_tier
from pedcorpus.records import Decision, Finding, Message, ReleaseRow, Tier, canonical_json

__all__ = ["decided_at", "instruction_row", "message_rows", "reviewer_names"]

_COLUMNS = frozenset(
    {"task", "topic", "evidence", "language", "license", "tier", "generator", "parent"},
)
"""Fields of a record that are columns of their own; the rest is in `fields`."""


def reviewer_names(release: Release, selection: Selection) -> Mapping[str, str]:
    """How each reviewer is called in this export: by name in tier internal, else by number of first appearance."""
    decisions = (decision for row in selection.rows for decision in row.decisions)
    in_time = sorted(decisions, key=lambda decision: (decided_at(decision), decision.reviewer))
    names = dict.fromkeys(decision.reviewer for decision in in_time)
    if release.tier == Tier.INTERNAL:
        return {name: name for name in names}
    return {name: f"reviewer-{number}" for number, name in enumerate(names, 1)}


def instruction_row(
    row: ReleaseRow, release: Release, *, reviewers: Mapping[str, str]
) -> dict[str, Any]:  # JSON values
    """One row of the table; `reviewers` is what `reviewer_names` answered."""
    instruction = row.instruction
    body = instruction.body()
    return {
        "id": instruction.id,
        "task": body["task"],
        "topic": instruction.topic,
        "messages": message_rows(instruction.messages),
        "evidence": body["evidence"],
        "language": instruction.language,
        "license": instruction.license,
        "tier": row_tier(row, release.source_by_id).value,
        "generator": instruction.generator,
        "acceptance": row.acceptance,
        "parent": instruction.parent,
        "fields": canonical_json({name: value for name, value in body.items() if name not in _COLUMNS}),
        "findings": [_finding_row(finding) for finding in _in_order(row.findings)],
        "decisions": _decision_rows(row.decisions, reviewers, with_notes=release.tier == Tier.INTERNAL),
        "group": row.group,
        "cluster": row.cluster,
    }


def message_rows(messages: Iterable[Message]) -> list[dict[str, str]]:
    """Messages in the chat format of the field."""
    return [{"role": message.role, "content": message.content} for message in messages]


def decided_at(decision: Decision) -> str:
    """When, in UTC, whatever zone the store answered in; a time without a zone is UTC already."""
    at = decision.at
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat(timespec="microseconds")


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: canonical_json(finding.model_dump(mode="json")))


def _finding_row(finding: Finding) -> dict[str, Any]:
    return finding.model_dump(mode="json", exclude={"instruction"})


def _decision_rows(
    decisions: Sequence[Decision], reviewers: Mapping[str, str], *, with_notes: bool
) -> list[dict[str, Any]]:
    """Decisions in their order; notes are free text that may name people, so they stay in tier internal."""
    positions = {decision.id: position for position, decision in enumerate(decisions)}
    return [
        {
            "reviewer": reviewers[decision.reviewer],
            "verdict": decision.verdict.value,
            "reason": decision.reason,
            "note": decision.note if with_notes else "",
            "edited": decision.edited,
            "undoes": positions.get(decision.undoes or ""),
            "acceptance": decision.acceptance,
            "plan": decision.plan,
            "seconds": decision.seconds,
            "at": decided_at(decision),
        }
        for decision in decisions
    ]
