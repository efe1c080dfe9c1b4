"""Settings of an export: its splits and its views."""

from __future__ import annotations

from pydantic import Field

from pedcorpus.settings.section import Section

__all__ = ["ExportSettings"]


class ExportSettings(Section):
    """What an export holds."""

    validation_share: float = Field(default=0.1, ge=0, lt=0.5)
    """Share of source sections that go to validation."""
    test_share: float = Field(default=0.1, ge=0, lt=0.5)
    """Share of source sections that go to the held-out test split."""
    split_seed: str = "pedcorpus"
    """Salt of the hash that assigns a section to a split."""
    cpt_instruction_share: float = Field(default=0.3, ge=0, le=0.9)
    """At most this share of rows in the pre-training view are instructions rendered as completion text."""
    cpt_passage_chars: int = Field(default=1000, ge=100)
    """Passages that follow one another in a section share a row of the pre-training view up to this length."""
    rule_pairs: int = Field(default=5000, ge=0)
    """At most so many preference pairs are made by rule, of rows drawn by their ids; of people and models all come."""
    least_agreement: float = Field(default=0.0, ge=0, le=1)
    """Krippendorff's alpha that readers of each task have to reach before it may go out; 0 asks for none."""
    least_agreement_rows: int = Field(default=30, ge=1)
    """Rows of each task that two people or more have to have read blind for that; fewer say too little."""
