"""A plan for accepting a lot of like rows by a sample of it, and how the lot stood when the plan accepted it."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from pedcorpus.records.base import Record, canonical_json, content_id

__all__ = ["SamplingPlan"]


class SamplingPlan(Record):
    """Parameters of one plan, the lot that it is for, and what reviewers had said of the sample."""

    source: str
    task: str
    generator: str
    limit: float = Field(gt=0, lt=1)
    """Share of defects that a lot may not reach."""
    confidence: float = Field(gt=0, lt=1)
    """How surely a lot that reaches it does not pass."""
    allowed_defects: int = Field(ge=0)
    """Defects in the sample after which the whole lot is reviewed."""
    seed: str
    """Salt of the hash that draws the sample."""
    rows: int = Field(ge=1)
    """Rows of the lot, the sample included."""
    lot: str
    """Hash of the ids of these rows."""
    reviewed: int = Field(ge=0)
    """Rows of the sample, each decided by a person."""
    rejected: int = Field(ge=0)
    """Of these, how many were rejected."""
    edited: int = Field(ge=0)
    """Of these, how many had to be corrected; each is a defect too."""
    upper_bound: float = Field(ge=0, le=1)
    """The share of defects in the lot is below this, with the plan's confidence."""

    @cached_property
    def id(self) -> str:
        """By parameters and lot alone: what reviewers say later does not change which plan it is."""
        outcome = {"reviewed", "rejected", "edited", "upper_bound"}
        return content_id("plan", canonical_json(self.model_dump(mode="json", exclude=outcome)))
