"""The privacy report: what was replaced in the dialogues that rows rest on, and what the check `privacy` says of rows.

Counts alone: neither identifiers nor originals ever reach this room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pedcorpus.export.material import PrivacyFacts
from pedcorpus.export.tally import Tally
from pedcorpus.records import IdentifierKind

__all__ = ["PRIVACY", "privacy_report"]

PRIVACY = "privacy"
"""Name of the check for personal data, as its findings begin."""


def privacy_report(facts: PrivacyFacts, tally: Tally, *, rows: int) -> dict[str, Any]:  # JSON values
    """`reports/privacy.json`: dialogues, identifiers by kind, rows checked, findings that stand, rows withheld."""
    replaced = {name: counts for name in sorted(tally.dialogues) if (counts := facts.replaced.get(name))}
    found: Counter[str] = Counter()
    for (check, _, reason), count in tally.findings.items():
        if check.partition("@")[0] == PRIVACY:
            found[reason] += count
    return {
        "dialogues": {
            "cited": len(tally.dialogues),
            "deidentified": len(tally.dialogues & facts.replaced.keys()),
            "with_identifiers_replaced": len(replaced),
        },
        "identifiers_replaced": _by_kind(replaced),
        "rows": {
            "rows": rows,
            "checked": facts.checked,
            "with_findings": tally.rows_found_by[PRIVACY],
            "withheld": facts.withheld,
        },
        "findings": dict(sorted(found.items())),
        "checks": list(facts.checks),
    }


def _by_kind(replaced: Mapping[str, Mapping[IdentifierKind, int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for kinds in replaced.values():
        counts.update({str(kind): count for kind, count in kinds.items()})
    return dict(sorted((kind, count) for kind, count in counts.items() if count))
