"""Which decisions may be taken, and how one is put into a record. The time is handed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pedcorpus.errors import UsageError
from pedcorpus.records import Decision, Instruction, Verdict
from pedcorpus.tasks import Task, task_of

__all__ = ["build_decision", "decision_problems", "settled_by", "standing_decisions", "task_for", "undo_decision"]

_RULING = frozenset({Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT})


def task_for(instruction: Instruction) -> Task:
    """The registered task that `instruction` belongs to."""
    return task_of(instruction.task)


def decision_problems(
    instruction: Instruction,
    verdict: Verdict,
    *,
    reason: str = "",
    note: str = "",
    colleague: str = "",
    edited: Instruction | None = None,
) -> tuple[str, ...]:
    """Why `verdict` cannot be stored for `instruction` as it is; empty when it can."""
    problems = []
    reasons = task_for(instruction).reject_reasons
    if verdict is Verdict.REJECT and reason not in reasons:
        found = f"{reason!r} is none of its reasons" if reason else "has no reason"
        problems.append(f"rejecting {instruction.id} {found}; choose one of {', '.join(reasons)}")
    if verdict is Verdict.FLAG and not note.strip():
        problems.append(f"flagging {instruction.id} needs a note that says what the other person should look at")
    if verdict is not Verdict.FLAG and colleague:
        problems.append(
            f"{verdict} of {instruction.id} names {colleague!r} as a colleague; only a flag is for somebody"
        )
    if verdict is Verdict.UNDO:
        problems.append("an undo names the decision it takes back; build it with undo_decision")
    if verdict is Verdict.EDIT:
        problems += _edit_problems(instruction, edited)
    elif edited is not None:
        problems.append(f"{verdict} of {instruction.id} carries an edited record; only an edit does")
    return tuple(problems)


def _edit_problems(instruction: Instruction, edited: Instruction | None) -> list[str]:
    if edited is None:
        return [f"editing {instruction.id} has no edited record; hand in the one that edited_instruction made"]
    if type(edited) is not type(instruction):
        return [f"editing {instruction.id} changes its task to {task_for(edited).id}; reject it instead"]
    if edited.parent != instruction.id:
        return [f"the edited record's parent is {edited.parent}, expected {instruction.id}"]
    if edited.body() | {"parent": instruction.parent} == instruction.body():
        return [f"editing {instruction.id} changes nothing; accept it instead"]
    return []


def build_decision(
    instruction: Instruction,
    verdict: Verdict,
    *,
    reviewer: str,
    at: datetime,
    reason: str = "",
    note: str = "",
    colleague: str = "",
    edited: Instruction | None = None,
    seconds: float | None = None,
) -> Decision:
    """The decision as a record.

    Raises:
        UsageError: the verdict cannot be stored so; every problem in one line.
    """
    problems = decision_problems(instruction, verdict, reason=reason, note=note, colleague=colleague, edited=edited)
    if problems:
        raise UsageError("; ".join(problems))
    return Decision(
        instruction=instruction.id,
        reviewer=reviewer,
        verdict=verdict,
        reason=reason,
        note=note.strip(),
        colleague=colleague.strip(),
        edited=edited.id if edited else None,
        seconds=seconds,
        at=at,
    )


def undo_decision(decision: Decision, *, at: datetime) -> Decision:
    """The decision that takes back `decision`, by the same reviewer.

    Raises:
        UsageError: `decision` is itself an undo.
    """
    if decision.verdict is Verdict.UNDO:
        raise UsageError(f"{decision.id} is an undo already; decide again instead of undoing it")
    return Decision(
        instruction=decision.instruction,
        reviewer=decision.reviewer,
        verdict=Verdict.UNDO,
        undoes=decision.id,
        at=at,
    )


def standing_decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Those that were neither taken back nor are an undo, in their order."""
    kept = tuple(decisions)
    undone = {decision.undoes for decision in kept if decision.verdict is Verdict.UNDO}
    return tuple(item for item in kept if item.verdict is not Verdict.UNDO and item.id not in undone)


def settled_by(decisions: Iterable[Decision], *, readers: int = 1) -> tuple[str, ...]:
    """Who settled an instruction that `readers` people read, by all the decisions on it; nobody while it waits.

    Readers who disagree leave nothing for another reader to say, as those who agree do: an adjudicator decides.
    """
    said = [item for item in standing_decisions(decisions) if item.verdict in _RULING]
    said = [item for item in said if item.acceptance != "calibration"]
    adjudicated = [item.reviewer for item in said if item.role == "adjudicator"]
    names = tuple(dict.fromkeys(adjudicated or [item.reviewer for item in said]))
    asked = max([readers, *(item.readers for item in said)])
    return names if adjudicated or len(names) >= asked else ()
