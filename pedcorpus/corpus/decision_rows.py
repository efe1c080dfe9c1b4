"""A decision as columns of its table, and back. Which decisions are asked for is `verdicts` and `history`."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from pedcorpus.records import Decision

__all__ = ["DECISION_COLUMNS", "decision_of"]

_NAMES = tuple(Decision.model_fields)
DECISION_COLUMNS = tuple(f'"{name}"' for name in _NAMES)
"""What a decision is made of, in the order in which `decision_of` takes it."""


def decision_of(*values: Any) -> Decision:  # column values of mixed types
    """The decision whose columns hold `values`."""
    row = dict(zip(_NAMES, values, strict=True))
    return Decision.model_validate(row | {"at": row["at"].replace(tzinfo=UTC)})
