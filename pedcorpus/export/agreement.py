"""`reports/agreement.json`: how far readers agree who read the same rows blind, and what they dispute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pedcorpus.export.release import Release
from pedcorpus.records import Agreement, AgreementReport, Tier, content_id

__all__ = ["agreement_report"]

_PLACES = 4


def agreement_report(release: Release, called: Mapping[str, str]) -> dict[str, Any]:  # JSON values
    """The report over the whole corpus, rejected rows too; empty where it was not worked out.

    `called` is how this version calls those whose decisions are in it; others are numbered after them outside tier
    internal.
    """
    report = release.agreement
    if report is None:
        return {}
    names = _names(release, report, called)
    pairs = sorted(((sorted(names[name] for name in pair), each) for pair, each in report.pairs.items()), key=_pair)
    settled = {names[name]: count for name, count in report.disputes.settled.items()}
    return {
        "whole": _told(report.whole) if report.whole else None,
        "tasks": {task: _told(each) for task, each in sorted(report.tasks.items())},
        "reasons": {reason: _told(each) for reason, each in sorted(report.reasons.items())},
        "pairs": [{"reviewers": pair, **_told(each)} for pair, each in pairs],
        "disputes": {
            "awaited": report.disputes.awaited,
            "open": report.disputes.open,
            "settled": dict(sorted(settled.items())),
            "came_round": report.disputes.came_round,
        },
        "gate": {
            "least": release.settings.least_agreement,
            "rows": release.settings.least_agreement_rows,
            "allowed": release.low_agreement,
        },
    }


def _pair(each: tuple[list[str], Agreement]) -> list[str]:
    return each[0]


def _names(release: Release, report: AgreementReport, called: Mapping[str, str]) -> dict[str, str]:
    everybody = {name for pair in report.pairs for name in pair} | set(report.disputes.settled)
    if release.tier == Tier.INTERNAL:
        return {name: name for name in everybody}
    return dict(called) | dict(_numbered(everybody - called.keys(), after=len(called)))


def _numbered(names: Iterable[str], *, after: int) -> Iterable[tuple[str, str]]:
    """By a hash, so that a number tells nothing of a name."""
    in_order = sorted(names, key=lambda name: content_id("reviewer", name))
    return ((name, f"reviewer-{number}") for number, name in enumerate(in_order, after + 1))


def _told(each: Agreement) -> dict[str, Any]:
    return {
        "instructions": each.instructions,
        "judgements": each.judgements,
        "agreed": round(each.agreed, _PLACES),
        "alpha": _rounded(each.alpha),
        "interval": [round(bound, _PLACES) for bound in each.interval] if each.interval else None,
        "cohen": _rounded(each.cohen),
        "fleiss": _rounded(each.fleiss),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)
