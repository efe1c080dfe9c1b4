"""When decisions were taken, in the one form in which an export tells it."""

from __future__ import annotations

from datetime import UTC

from pedcorpus.records import Decision

__all__ = ["decided_at"]


def decided_at(decision: Decision) -> str:
    """When, in UTC, whatever zone the store answered in; a time without a zone is UTC already."""
    at = decision.at
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat(timespec="microseconds")
