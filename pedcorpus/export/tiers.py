"""How far works and rows may travel: tiers and licences."""

from __future__ import annotations

from collections.abc import Mapping

from pedcorpus.records import ReleaseRow, Source, Tier, strictest_tier

__all__ = ["allows", "cited_tier", "row_tier", "source_tier"]

_UNKNOWN_LICENSE = "unknown"


def allows(release: Tier, tier: Tier) -> bool:
    """May something of `tier` go into a release of tier `release`?"""
    return strictest_tier((tier, release)) == release


def source_tier(source: Source) -> Tier:
    """How far a work may travel: without a known licence, never outside."""
    return Tier.INTERNAL if is_unknown(source.license) else source.tier


def row_tier(row: ReleaseRow, sources: Mapping[str, Source]) -> Tier:
    """The strictest of what the row says of itself and what its works are declared as now."""
    instruction = row.instruction
    if is_unknown(instruction.license):
        return Tier.INTERNAL
    cited = sorted({item.source for item in instruction.evidence})
    return strictest_tier((instruction.tier, cited_tier(cited, sources)))


def cited_tier(cited: list[str], sources: Mapping[str, Source]) -> Tier:
    """The strictest tier of the works `cited`, at least one; one that is not declared stays inside."""
    return strictest_tier(tuple(source_tier(sources[name]) if name in sources else Tier.INTERNAL for name in cited))


def is_unknown(license_name: str) -> bool:
    """Is any of the licences, joined by ` AND `, not known?"""
    return any(part.strip().casefold() in ("", _UNKNOWN_LICENSE) for part in license_name.split(" AND "))
