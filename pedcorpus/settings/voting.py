"""Settings of doctors' blind votes."""

from __future__ import annotations

from pydantic import Field

from pedcorpus.settings.section import Section

__all__ = ["VoteSettings"]


class VoteSettings(Section):
    """Doctors' blind votes on pairs of replies (docs/vote.md)."""

    pairs: int = Field(default=0, ge=0)
    """Pairs that a doctor is asked to judge at most, drawn by a hash, the same for all doctors; 0 asks for all."""
    salt: str = "pedcorpus"
    """Salt of the hashes that draw the order of pairs, and who stands on which side."""
