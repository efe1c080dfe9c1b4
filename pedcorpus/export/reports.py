"""Reports beside the tables: licences of the works, and what checks and reviewers said. All computed, none typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pedcorpus.export.release import Release
from pedcorpus.export.tally import Tally
from pedcorpus.export.tiers import source_tier
from pedcorpus.records import Source

__all__ = ["licences_report", "review_report", "used_sources"]

Counts = Mapping[str, Mapping[str, int]]


def used_sources(release: Release, names: Iterable[str]) -> list[Source]:
    """The works called `names`, each once, by id."""
    return [release.source_by_id[name] for name in sorted(set(names)) if name in release.source_by_id]


def licences_report(
    sources: Sequence[Source], counts: Counts, text_counts: Mapping[str, int]
) -> dict[str, Any]:  # JSON values
    """`reports/licences.json`: each work with its licence, and how much of the export rests on it."""
    rows, whole = counts["sources"], sum(counts["splits"].values())
    return {
        "sources": [
            {
                **source.model_dump(mode="json"),
                "tier": source_tier(source).value,
                "rows": rows.get(source.id, 0),
                "rows_share": _share(rows.get(source.id, 0), whole),
                "pretraining_texts": text_counts.get(source.id, 0),
            }
            for source in sources
        ],
        "rows_by_license": dict(counts["licenses"]),
    }


def review_report(
    release: Release, counts: Counts, tally: Tally, *, reviewers: int, unsure: Counter[str]
) -> dict[str, Any]:  # JSON values
    """`reports/review.json`: how rows were accepted, what was found in them, and how the rest stands."""
    whole, acceptance = sum(counts["splits"].values()), counts["acceptance"]
    return {
        "status": release.status,
        "rows": whole,
        "acceptance": {name: {"rows": count, "share": _share(count, whole)} for name, count in acceptance.items()},
        "plans": _plans(release, tally.plans),
        "reviewers": reviewers,
        "decisions": dict(sorted(tally.decisions.items())),
        "findings": [
            {"check": check, "severity": severity, "reason": reason, "findings": count}
            for (check, severity, reason), count in sorted(tally.findings.items())
        ],
        "corpus": {
            "instructions": {
                task: dict(sorted(counts.items())) for task, counts in sorted(release.instruction_counts.items())
            },
            "failures": dict(sorted(release.failure_counts.items())),
            "unsure_passages": {"ocr_confidence_below": release.ocr_confidence, "passages": unsure.total()},
        },
    }


def _plans(release: Release, accepted: Mapping[str, int]) -> list[dict[str, Any]]:
    """Sampling plans by which rows were accepted, with the arithmetic of each, by stratum."""
    known = [(release.plans[name], count) for name, count in accepted.items() if name in release.plans]
    in_order = sorted(known, key=lambda each: (each[0].source, each[0].task, each[0].generator, each[0].id))
    return [{"plan": plan.id, **plan.model_dump(mode="json"), "rows_here": count} for plan, count in in_order]


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
