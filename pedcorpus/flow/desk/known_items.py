"""Items whose verdict is known, among those that a desk offers; what is said of them tells of the reviewer alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pedcorpus.corpus import Unit, histories, known_waiting, unanswered_calibration
from pedcorpus.records import Decision, QueueEntry, QueueFilter
from pedcorpus.review import mixed, ruling_of, standing_decisions

__all__ = ["KnownItems"]


class KnownItems:
    """Those that one reviewer has been offered."""

    def __init__(self, reviewer: str, share: float) -> None:
        """`share` of what is read is to be such an item; none where it is 0."""
        self._reviewer = reviewer
        self._share = share
        self._ids: set[str] = set()

    def __contains__(self, instruction_id: object) -> bool:
        return instruction_id in self._ids

    def mixed_in(
        self, unit: Unit, rows: Sequence[QueueEntry], wanted: QueueFilter, *, is_whole: bool
    ) -> list[QueueEntry]:
        """Entries of `rows` with such items among them, as far as they are `wanted` too."""
        entries = list(rows)
        self._ids -= {row.id for row in rows}  # what waits again is decided in earnest
        if not self._share or wanted.text or wanted.reason:
            return entries
        known = [row for row in self._offered(unit) if _is_wanted(row, wanted)]
        found = mixed(entries, known, reviewer=self._reviewer, share=self._share, is_whole=is_whole)
        self._ids |= {entry.id for entry in found} - {row.id for row in rows}
        return found

    def _offered(self, unit: Unit) -> Iterable[QueueEntry]:
        """Those that were not answered and are decided: while one waits, it is read in earnest."""
        ids = [item.instruction for item in unanswered_calibration(unit, self._reviewer)]
        said = histories(unit, ids) if ids else {}
        settled = [name for name in ids if _is_settled(name, said.get(name, ()))]
        return known_waiting(unit, settled, self._reviewer) if settled else ()

    def stored(self, decision: Decision) -> Decision:
        """`decision` as it is stored: an answer, where its item's verdict is known."""
        if decision.instruction not in self._ids:
            return decision
        return decision.model_copy(update={"acceptance": "calibration", "readers": 1})

    def undone(self, decision: Decision) -> None:
        """Take note that `decision` was taken back: an answer may be given again."""
        if decision.acceptance == "calibration":
            self._ids.add(decision.instruction)


def _is_settled(instruction_id: str, decisions: Iterable[Decision]) -> bool:
    ruling = ruling_of(each for each in decisions if each.instruction == instruction_id)
    made_it = any(each.edited == instruction_id for each in standing_decisions(decisions))
    return ruling.outcome.is_settled if ruling else made_it


def _is_wanted(row: QueueEntry, wanted: QueueFilter) -> bool:
    return all(getattr(wanted, name) in ("", getattr(row, name)) for name in ("task", "source", "topic"))
