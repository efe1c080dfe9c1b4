"""Calibration: instructions whose verdict is known are kept as items that are offered to reviewers among the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, zip_longest

from pedcorpus.corpus import (
    SettledRow,
    Unit,
    add_calibration,
    calibration_items,
    decisions_of,
    ids_like,
    people_decisions,
    remove_calibration,
    settled_rows,
    status_of,
)
from pedcorpus.errors import UsageError
from pedcorpus.flow.accounts import role_of
from pedcorpus.flow.desk.items import load_instruction
from pedcorpus.flow.reviewer import reviewer_name
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import CalibrationItem, Decision, Status, Verdict, content_id
from pedcorpus.review import readings_of, ruling_of, standing_decisions, task_for
from pedcorpus.settings import Workspace

__all__ = ["KnownItem", "add_known", "add_settled", "known_items", "remove_known"]

_SAID = frozenset({Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT})


@dataclass(frozen=True)
class KnownItem:
    """One item, with how it was answered."""

    item: CalibrationItem
    task: str
    topic: str
    status: Status
    answered: int
    right: int


def add_known(
    workspace: Workspace,
    ids: Sequence[str],
    *,
    verdict: Verdict | None = None,
    reason: str = "",
    reviewer: str | None = None,
) -> list[CalibrationItem]:
    """Keep decided instructions, by how their ids begin, with the verdict that stands or the one that is given.

    Raises:
        UsageError: an id of none or several, one that waits, a rejection without a reason of its task; all at once.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    by = _steward(workspace, reviewer)
    with open_corpus(workspace).unit() as unit:
        items, problems = list[CalibrationItem](), list[str]()
        for start in ids:
            made = _item(unit, start, verdict, reason, by)
            items.append(made) if isinstance(made, CalibrationItem) else problems.append(made)
        if problems:
            raise UsageError("; ".join(problems))
        add_calibration(unit, items)
    return items


def add_settled(workspace: Workspace, count: int, *, reviewer: str | None = None) -> list[CalibrationItem]:
    """Keep up to `count` of those that an adjudicator or all of several readers settled, verdicts in turn.

    Raises:
        UsageError: this person may not.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    by = _steward(workspace, reviewer)
    with open_corpus(workspace).unit() as unit:
        items = [_settled_item(row, by) for row in _in_turn(settled_rows(unit))[:count]]
        add_calibration(unit, items)
    return items


def known_items(workspace: Workspace) -> list[KnownItem]:
    """Every item with how it was answered, in the order in which they were added.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    with open_corpus(workspace).unit(read_only=True) as unit:
        said = [each for _, each in people_decisions(unit) if each.acceptance == "calibration"]
        return [_known(unit, item, said) for item in calibration_items(unit)]


def remove_known(workspace: Workspace, ids: Sequence[str], *, reviewer: str | None = None) -> int:
    """Offer items no more, by how their ids begin; answers stay, and count no more. How many there were.

    Raises:
        UsageError: an id of none or several items.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    by = _steward(workspace, reviewer)
    with open_corpus(workspace).unit() as unit:
        known = [item.instruction for item in calibration_items(unit)]
        found = {start: [name for name in known if name.startswith(start)] for start in ids}
        problems = [
            f"{start!r} is the start of {len(names)} items" for start, names in found.items() if len(names) != 1
        ]
        if problems:
            raise UsageError(f"{'; '.join(problems)}; see pedcorpus calibration list")
        return remove_calibration(unit, [names[0] for names in found.values()], by=by, at=datetime.now(UTC))


def _steward(workspace: Workspace, reviewer: str | None) -> str:
    name = reviewer_name(workspace, reviewer)
    if not role_of(workspace, name).may_adjudicate:
        raise UsageError(f"{name} is a reviewer; an adjudicator or a steward says which answers are known")
    return name


def _item(unit: Unit, start: str, verdict: Verdict | None, reason: str, by: str) -> CalibrationItem | str:
    """The item for the instruction whose id begins so, or what is wrong with it."""
    ids = ids_like(unit, start, limit=2)
    if len(ids) != 1:
        return f"{start!r} is the start of {'several ids' if ids else 'no id of an instruction'}"
    instruction = load_instruction(unit, ids[0])
    stands = _standing(ids[0], decisions_of(unit, ids[0]))
    if stands is None:
        return f"{ids[0]} is not decided yet; decide on it first, with pedcorpus review"
    known, why = (verdict, reason) if verdict else stands
    reasons = task_for(instruction).reject_reasons
    if known is Verdict.REJECT and not why and stands[0] is Verdict.REJECT:
        why = stands[1]
    if known is Verdict.REJECT and why not in reasons:
        return f"{ids[0]}: {why!r} is no reason of {instruction.task}; choose one of {', '.join(reasons)}"
    if known is not Verdict.REJECT and why:
        return f"{ids[0]}: {known} has no reason; leave out --reason"
    return CalibrationItem(instruction=ids[0], verdict=known, reason=why, by=by, at=datetime.now(UTC))


def _standing(instruction_id: str, decisions: Sequence[Decision]) -> tuple[Verdict, str] | None:
    """What was decided on it and why; none while that is open."""
    about_it = [each for each in decisions if each.instruction == instruction_id]
    ruling = ruling_of(about_it)
    if ruling and ruling.outcome.is_settled:
        verdict = Verdict(ruling.outcome)
        same = [
            each.reason for each in standing_decisions(about_it) if each.verdict is verdict and each.verdict in _SAID
        ]
        return verdict, same[-1] if verdict is Verdict.REJECT else ""
    was_made = any(each.edited == instruction_id for each in standing_decisions(decisions))
    return (Verdict.ACCEPT, "") if was_made and not readings_of(about_it) else None


def _settled_item(row: SettledRow, by: str) -> CalibrationItem:
    return CalibrationItem(
        instruction=row.id,
        verdict=row.verdict,
        reason=row.reason,
        origin="adjudicated" if row.is_adjudicated else "agreed",
        by=by,
        at=datetime.now(UTC),
    )


def _in_turn(rows: Sequence[SettledRow]) -> list[SettledRow]:
    """By a hash, one of each verdict after another: who always says the same is not right by that alone."""
    drawn = sorted(rows, key=lambda row: content_id("calibration", row.id))
    kinds = [[row for row in drawn if row.verdict is verdict] for verdict in sorted({row.verdict for row in rows})]
    return [row for row in chain.from_iterable(zip_longest(*kinds)) if row]


def _known(unit: Unit, item: CalibrationItem, said: Sequence[Decision]) -> KnownItem:
    instruction = load_instruction(unit, item.instruction)
    answers = {each.reviewer: each for each in said if each.instruction == item.instruction and each.verdict in _SAID}
    return KnownItem(
        item=item,
        task=instruction.task,
        topic=instruction.topic,
        status=status_of(unit, item.instruction) or Status.DRAFT,
        answered=len(answers),
        right=sum(each.verdict is item.verdict for each in answers.values()),
    )
