"""Reports beside the tables: licences of the works, and what checks and reviewers said. All computed, none typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pedcorpus.export.counts import cited_sources, counted
from pedcorpus.export.plain_text import unsure_passages
from pedcorpus.export.release import Release, Selection, source_tier
from pedcorpus.records import ReleaseRow, Source

__all__ = ["licences_report", "plan_of", "review_report", "used_sources"]


def used_sources(release: Release, selection: Selection, text_sources: Iterable[str]) -> list[Source]:
    """Works that any row or text of this export is from, by id; `text_sources` are those of pre-training texts."""
    names = {name for row in selection.rows for name in cited_sources(row.instruction)} | set(text_sources)
    return [release.source_by_id[name] for name in sorted(names) if name in release.source_by_id]


def licences_report(
    sources: Sequence[Source], selection: Selection, text_counts: Mapping[str, int]
) -> dict[str, Any]:  # JSON values
    """`reports/licences.json`: each work with its licence, and how much of the export rests on it."""
    rows = Counter(name for row in selection.rows for name in cited_sources(row.instruction))
    return {
        "sources": [
            {
                **source.model_dump(mode="json"),
                "tier": source_tier(source).value,
                "rows": rows[source.id],
                "rows_share": _share(rows[source.id], len(selection.rows)),
                "pretraining_texts": text_counts.get(source.id, 0),
            }
            for source in sources
        ],
        "rows_by_license": counted(row.instruction.license for row in selection.rows),
    }


def review_report(release: Release, selection: Selection) -> dict[str, Any]:  # JSON values
    """`reports/review.json`: how rows were accepted, what was found in them, and how the rest stands."""
    rows = selection.rows
    acceptance = counted(row.acceptance for row in rows)
    decisions = [decision for row in rows for decision in row.decisions]
    return {
        "status": release.status,
        "rows": len(rows),
        "acceptance": {name: {"rows": count, "share": _share(count, len(rows))} for name, count in acceptance.items()},
        "plans": _plans(release, rows),
        "reviewers": len({decision.reviewer for decision in decisions}),
        "decisions": counted(decision.verdict.value for decision in decisions),
        "findings": _finding_counts(rows),
        "corpus": {
            "instructions": {
                task: dict(sorted(counts.items())) for task, counts in sorted(release.instruction_counts.items())
            },
            "failures": dict(sorted(release.failure_counts.items())),
            "unsure_passages": {"ocr_confidence_below": release.ocr_confidence, "passages": unsure_passages(release)},
        },
    }


def _plans(release: Release, rows: Iterable[ReleaseRow]) -> list[dict[str, Any]]:
    """Sampling plans by which rows were accepted, with the arithmetic of each, by stratum."""
    accepted = Counter(plan_of(row) for row in rows if row.acceptance == "plan")
    known = [(release.plans[name], count) for name, count in accepted.items() if name in release.plans]
    in_order = sorted(known, key=lambda each: (each[0].source, each[0].task, each[0].generator, each[0].id))
    return [{"plan": plan.id, **plan.model_dump(mode="json"), "rows_here": count} for plan, count in in_order]


def plan_of(row: ReleaseRow) -> str:
    """Id of the sampling plan that accepted `row` last; empty where none did."""
    return next((each.plan for each in reversed(row.decisions) if each.acceptance == "plan"), "")


def _finding_counts(rows: Iterable[ReleaseRow]) -> list[dict[str, Any]]:
    found = Counter((finding.check, finding.severity.value, finding.reason) for row in rows for finding in row.findings)
    return [
        {"check": check, "severity": severity, "reason": reason, "findings": count}
        for (check, severity, reason), count in sorted(found.items())
    ]


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
