"""The privacy report: what was replaced in the dialogues that rows rest on, and what the check `privacy` says of rows.

Counts alone: neither identifiers nor originals ever reach this room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pedcorpus.export.release import PrivacyRecord, Selection
from pedcorpus.records import IdentifierKind

__all__ = ["PRIVACY", "privacy_report"]

PRIVACY = "privacy"
"""Name of the check for personal data, as its findings begin."""


def privacy_report(record: PrivacyRecord, selection: Selection) -> dict[str, Any]:  # JSON values
    """`reports/privacy.json`: dialogues, identifiers by kind, rows checked, findings that stand, rows withheld."""
    rows = selection.rows
    cited = {item.origin_id for row in rows for item in row.instruction.evidence if item.origin == "turn"}
    replaced = {name: counts for name in sorted(cited) if (counts := record.replaced.get(name))}
    found = Counter(finding.reason for row in rows for finding in row.findings if _is_privacy(finding.check))
    names = {row.instruction.id for row in rows}
    return {
        "dialogues": {
            "cited": len(cited),
            "deidentified": len(cited & record.replaced.keys()),
            "with_identifiers_replaced": len(replaced),
        },
        "identifiers_replaced": _by_kind(replaced),
        "rows": {
            "rows": len(rows),
            "checked": len(names & record.checked.keys()),
            "with_findings": sum(any(_is_privacy(one.check) for one in row.findings) for row in rows),
            "withheld": len(record.in_error - names),
        },
        "findings": dict(sorted(found.items())),
        "checks": sorted({record.checked[name] for name in names & record.checked.keys()}),
    }


def _by_kind(replaced: Mapping[str, Mapping[IdentifierKind, int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for kinds in replaced.values():
        counts.update({str(kind): count for kind, count in kinds.items()})
    return dict(sorted((kind, count) for kind, count in counts.items() if count))


def _is_privacy(check: str) -> bool:
    return check.partition("@")[0] == PRIVACY
