"""The part a desk plays: which rows it offers to its reviewer, and as what its decisions are stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pedcorpus.records import Decision, Verdict
from pedcorpus.review import readings_of, settled_by

__all__ = ["DeskPart"]

_SAID = frozenset({Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT})


def _one(instruction_id: str) -> int:  # noqa: ARG001 - of whatever item
    return 1


@dataclass(frozen=True)
class DeskPart:
    """A reader's part, or an adjudicator's."""

    adjudicates: bool = False
    readers_of: Callable[[str], int] = _one
    """How many reviewers an instruction is read by, each without seeing what the others said."""
    sees_names: bool = False
    """Whether an adjudicator is told whose reading is whose."""

    @property
    def role(self) -> Literal["reviewer", "adjudicator"]:
        """As what its decisions are taken."""
        return "adjudicator" if self.adjudicates else "reviewer"

    def stored(self, decision: Decision, earlier: Sequence[Decision]) -> Decision:
        """`decision` with what follows from the part: who took it as what, and how many read the instruction.

        `earlier` are the decisions on it: what its first reader was told counts, whatever the settings say since.
        """
        if self.adjudicates:
            return decision.model_copy(update={"role": self.role})
        asked = (each.readers for each in earlier if each.role == self.role)
        readers = max([self.readers_of(decision.instruction), *asked]) if decision.verdict in _SAID else 1
        return decision.model_copy(update={"readers": readers}) if readers > 1 else decision

    def is_barred(self, reviewer: str, decisions: Sequence[Decision]) -> bool:
        """Whether `reviewer` may not decide in this part, having read the instruction as one of its readers."""
        return self.adjudicates and any(each.reviewer == reviewer for each in readings_of(decisions))

    def holders_of(self, instruction_id: str) -> int:
        """How many reviewers may have an instruction on screen at once."""
        return 1 if self.adjudicates else self.readers_of(instruction_id)

    def settled_by(self, decisions: Sequence[Decision]) -> tuple[str, ...]:
        """Who left nothing to say on one instruction for somebody in this part; nobody while there is."""
        if self.adjudicates:  # what readers said is what it is about
            decisions = [item for item in decisions if item.role == self.role or item.verdict is Verdict.UNDO]
        return settled_by(decisions, readers=self.holders_of(decisions[0].instruction) if decisions else 1)
