"""One row on its way into an export: the instruction with everything that was said of it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SerializeAsAny

from pedcorpus.records.base import Record
from pedcorpus.records.instruction import Instruction
from pedcorpus.records.verdict import Decision, Finding

__all__ = ["ReleaseRow"]


class ReleaseRow(Record):
    """An instruction as the corpus hands it to an export."""

    instruction: SerializeAsAny[Instruction]
    acceptance: Literal["reviewed", "accept-all", "plan", "candidate"]
    """How it came to be in the export; `candidate` when nobody has accepted it."""
    findings: tuple[Finding, ...] = ()
    """Warnings and errors; passes are only counted."""
    decisions: tuple[Decision, ...] = ()
    """In the order in which they were taken."""
    cluster: str = Field(min_length=1)
    """Id that near-duplicates, and rows with the same question, share; its own id when it is alone."""
    group: str = Field(min_length=1)
    """Source work and section of its first evidence: what must not be torn between splits."""
