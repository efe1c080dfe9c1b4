"""What readers of one instruction said, as an adjudicator sees it: numbered, and named only to a steward."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pedcorpus.records import Decision, Instruction, Verdict
from pedcorpus.review.overlap import readings_of

__all__ = ["Reading", "told_readings"]


@dataclass(frozen=True)
class Reading:
    """One reader's decision, which an adjudicator may adopt."""

    verdict: Verdict
    reason: str
    note: str
    edited: Instruction | None
    """What an edit made."""
    reader: str
    """Empty for whoever need not know."""


def told_readings(
    decisions: Iterable[Decision], edited: Mapping[str, Instruction], *, with_names: bool
) -> tuple[Reading, ...]:
    """The last word of each reader, in an order that tells nothing; `edited` are records by their ids."""
    return tuple(
        Reading(
            verdict=each.verdict,
            reason=each.reason,
            note=each.note,
            edited=edited.get(each.edited or ""),
            reader=each.reviewer if with_names else "",
        )
        for each in readings_of(decisions)
    )
