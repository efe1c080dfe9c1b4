"""Settings of the review: who decides, what is sampled."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pedcorpus.settings.section import Section
from pedcorpus.settings.web import WebSettings

__all__ = ["CalibrationSettings", "OverlapSettings", "ReviewSettings", "SamplingSettings"]


class SamplingSettings(Section):
    """Acceptance by sampling of rows alike in source, task and generator (docs/review-plan.md)."""

    enabled: bool = False
    """Whether `pedcorpus review plan --apply` may accept rows, and whether the queue asks for samples first."""
    limit: float = Field(default=0.02, gt=0, lt=1)
    """Share of rows rejected or edited that no accepted stratum may reach."""
    confidence: float = Field(default=0.95, ge=0.5, lt=1)
    """How surely a stratum that reaches it does not pass."""
    allowed_defects: int = Field(default=3, ge=0, le=50)
    """Defects in a sample after which the whole stratum is reviewed; more ask for larger samples from the first on."""
    always_review: Literal["warning", "error"] = "warning"
    """Rows with a finding as bad as this are reviewed one by one, whatever the sample says."""
    seed: str = "pedcorpus"
    """Salt of the hash that draws the samples."""


class OverlapSettings(Section):
    """A share of the rows that several reviewers read, each without seeing what the others said."""

    share: float = Field(default=0.0, ge=0, le=1)
    """Share of all rows, drawn by a hash of their ids, that goes to more than one reviewer."""
    readers: int = Field(default=2, ge=2, le=3)
    """To how many: such a row is decided when so many said the same, else by an adjudicator."""
    seed: str = "pedcorpus"
    """Salt of the hash that draws the rows."""


class CalibrationSettings(Section):
    """Items whose verdict is known, mixed in with the others (`pedcorpus calibration add`)."""

    share: float = Field(default=0.0, ge=0, le=0.5)
    """About this share of what a reviewer reads is such an item, while there are some not answered."""


class ReviewSettings(Section):
    """The reviewers' screen."""

    reviewer: str = ""
    """Name under which decisions are stored; empty takes the login name."""
    lease_minutes: float = Field(default=15.0, ge=1, le=1440)
    """How long an item that a reviewer has on screen, or that comes next, is nobody else's; each look renews it."""
    plan: SamplingSettings = SamplingSettings()
    """Acceptance by sampling."""
    overlap: OverlapSettings = OverlapSettings()
    """What several reviewers read."""
    calibration: CalibrationSettings = CalibrationSettings()
    """Items that tell how a reviewer decides."""
    web: WebSettings = WebSettings()
    """The review in a browser."""
