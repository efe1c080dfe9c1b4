"""Whether what a file says can be taken as a decision, and if not, why: the one gate of all formats.

What comes in from outside is held to what the review screen holds a reviewer to, and to what the corpus knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError

from pedcorpus.errors import InputError, UsageError
from pedcorpus.records import Decision, Instruction, Verdict, canonical_json
from pedcorpus.review.agreement import DECIDING
from pedcorpus.review.decisions import decision_problems, task_for
from pedcorpus.review.editing import edited_instruction
from pedcorpus.review.exchange.edit_text import edit_text, edits_of, is_same_text
from pedcorpus.review.exchange.sheet_text import answer_text, question_text
from pedcorpus.review.exchange.told import Refusal, Told
from pedcorpus.review.fields import editable_fields
from pedcorpus.review.overlap import readings_of
from pedcorpus.tasks import instruction_from_json

__all__ = ["Known", "Repeated", "Taken", "judged"]

_LONGEST_TEXT = 200_000
_LONGEST_NAME = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls of terminals and of writing direction, and halves of characters: they hide what they stand beside."""
_PROVENANCE = ("task", "evidence", "asker", "language", "generator")
_SAME_SAID = ("verdict", "reason", "note", "edited", "role")


@dataclass(frozen=True)
class Known:
    """What the corpus knows of the instruction that a decision is about."""

    instruction: Instruction | None
    history: tuple[Decision, ...] = ()
    """Every decision on it, or that made it, in the order in which they were taken."""
    is_superseded: bool = False
    readers: int = 1
    """How many are to read it blind; what a file says of that itself counts before."""
    in_file: frozenset[str] = frozenset()
    """Ids of those decisions in `history` that stand in the file that is being read, before this one."""


@dataclass(frozen=True)
class Taken:
    """A sound decision."""

    decision: Decision
    edited: Instruction | None


@dataclass(frozen=True)
class Repeated:
    """A decision that the corpus has already."""

    decision: str


def judged(told: Told, known: Known, *, now: datetime) -> Taken | Repeated | Refusal:
    """What becomes of `told`; one without a time is dated `now`, unless that reviewer said the same last."""
    try:
        _check_texts(_texts(told))
        instruction = _instruction(told, known)
        edited = _edited(told, instruction)
        _check_new_texts(instruction, edited)
        decision = _decision(told, edited, now, known.readers)
        if repeated := _repeated(told, decision, known.history):
            return Repeated(repeated.id)
        _check_standing(decision, known)
        _check_verdict(decision, instruction, edited, known.history)
    except _Refused as refused:
        return Refusal(told.place, refused.code, " ".join(refused.what.split()), refused.advice)
    return Taken(decision, edited)


class _Refused(Exception):
    def __init__(self, code: str, what: str, advice: str) -> None:
        super().__init__(what)
        self.code, self.what, self.advice = code, what, advice


def _check_new_texts(instruction: Instruction, edited: Instruction | None) -> None:
    if edited is not None:
        stood = {field.value for field in editable_fields(instruction)}
        fields = editable_fields(edited)
        _check_texts((f"the edited {field.path}", field.value) for field in fields if field.value not in stood)


def _check_texts(texts: Iterable[tuple[str, str]]) -> None:
    for name, text in texts:
        most = _LONGEST_NAME if name == "reviewer" else _LONGEST_TEXT
        if len(text) > most:
            raise _Refused("too_long", f"{name} has {len(text):,} characters, expected at most {most:,}",
                           "shorten it")  # fmt: skip
        if found := _CONTROL.search(text):
            code = f"U+{ord(found[0]):04X}"
            raise _Refused("control_character", f"{name} holds the invisible character {code}", "take it out")


def _texts(told: Told) -> Iterable[tuple[str, str]]:
    yield "instruction", told.instruction
    yield from ((name, value) for name, value in told.fields.items() if isinstance(value, str))
    yield "the edited text", told.edit_text


def _instruction(told: Told, known: Known) -> Instruction:
    instruction = known.instruction
    if instruction is None:
        raise _Refused(
            "unknown_instruction",
            f"no instruction {told.instruction[:40]!r} in this corpus",
            "import into the corpus that it was exported from, or ingest the same sources first",
        )
    now = {"question": question_text(instruction), "answer": answer_text(instruction)}
    for name, text in told.shown.items():
        if not is_same_text(text, now[name]):
            raise _Refused(
                "changed",
                f"the {name} that was decided on is not that of {instruction.id}",
                "export the record anew and decide on it as it stands; an edit belongs into the edited text",
            )
    return instruction


def _edited(told: Told, instruction: Instruction) -> Instruction | None:
    if told.edited is not None:
        return _edited_record(told, instruction)
    verdict = told.fields.get("verdict")
    is_changed = told.edit_text.strip() and not is_same_text(told.edit_text, edit_text(instruction))
    if verdict == Verdict.ACCEPT and is_changed:
        found = "the verdict is accept, but the edited text was changed"
        raise _Refused("edit", found, "choose edit, or put the text back")
    if verdict != Verdict.EDIT or not is_changed:
        return None
    try:
        return edited_instruction(instruction, edits_of(instruction, told.edit_text))
    except UsageError as error:
        raise _Refused("edit", str(error), "change a field, or choose accept") from error
    except InputError as error:
        raise _Refused("edit", error.detail, "correct the edited text") from error


def _edited_record(told: Told, instruction: Instruction) -> Instruction:
    """The record that stands in the file, with the rights of the original, whose provenance it has to keep."""
    try:
        edited = instruction_from_json(canonical_json(dict(told.edited or {})), where=told.place)
    except (InputError, ValueError) as error:
        what = error.detail if isinstance(error, InputError) else str(error)
        raise _Refused("edit", f"the edited record breaks its schema: {what}", "export the decision again") from error
    before, after = instruction.body(), edited.body()
    altered = [name for name in _PROVENANCE if after.get(name) != before.get(name)]
    if altered:
        found = f"the edited record has another {altered[0]} than {instruction.id}"
        raise _Refused("edit", found, "an edit changes texts, never where they come from")
    return edited.model_copy(update={"license": instruction.license, "tier": instruction.tier})


def _decision(told: Told, edited: Instruction | None, now: datetime, readers: int) -> Decision:
    fields = dict(told.fields)
    if fields.get("verdict") in DECIDING and not told.given_id:
        fields.setdefault("readers", readers)
    fields["at"] = fields.get("at") or (now if told.tool else None)
    fields |= {"instruction": told.instruction, "edited": edited.id if edited else None}
    try:
        decision = Decision.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(str(part) for part in first["loc"])
        raise _Refused("damaged", f"{path}: {first['msg']}", "correct the field") from error
    if decision.at.tzinfo is None:
        raise _Refused("damaged", "at has no time zone", "write it in UTC, as 2026-03-01T12:00:00Z")
    decision = decision.model_copy(update={"at": decision.at.astimezone(UTC), "note": decision.note.strip()})
    wrong_edit = told.edited_id and told.edited_id != decision.edited
    if wrong_edit or (told.given_id and told.given_id != decision.id):
        found = "the edited record" if wrong_edit else "the line"
        raise _Refused(
            "damaged",
            f"{found} is not what its id was made from",
            "restore it; for a decision of its own leave out id and edited",
        )
    return decision


def _repeated(told: Told, decision: Decision, history: tuple[Decision, ...]) -> Decision | None:
    """The decision in `history` that this one is: by content, or the last that its reviewer said, if it has no time."""
    same = next((each for each in history if _as_read_by(decision.readers, each).id == decision.id), None)
    if same or told.fields.get("at"):
        return same
    theirs = [
        each for each in history if (each.reviewer, each.instruction) == (decision.reviewer, decision.instruction)
    ]
    last = theirs[-1] if theirs else None
    if last and last.verdict is Verdict.UNDO:
        last = next((each for each in theirs if each.id == last.undoes), None)
    is_same = last and all(getattr(last, name) == getattr(decision, name) for name in _SAME_SAID)
    return last if is_same else None


def _as_read_by(readers: int, decision: Decision) -> Decision:
    """`decision` as if it had been taken while so many were asked: the settings may have changed since."""
    return decision if decision.readers == readers else decision.model_copy(update={"readers": readers})


def _check_standing(decision: Decision, known: Known) -> None:
    if known.is_superseded and not any(each.verdict is Verdict.EDIT for each in known.history):
        raise _Refused(
            "superseded",
            f"{decision.instruction} has been replaced by a newer revision",
            "export again and decide on what stands now",
        )
    here = [each for each in known.history if each.id not in known.in_file]
    later = [each for each in here if each.reviewer == decision.reviewer and each.at > decision.at]
    if later:
        found = f"{decision.reviewer} decided on {decision.instruction} again at {later[-1].at:%Y-%m-%d %H:%M} UTC"
        raise _Refused("older", found, "nothing to do: the later word stands")


def _check_verdict(
    decision: Decision, instruction: Instruction, edited: Instruction | None, history: tuple[Decision, ...]
) -> None:
    if decision.verdict is Verdict.UNDO:
        _check_undo(decision, history)
        return
    reasons = task_for(instruction).reject_reasons
    if decision.verdict is Verdict.REJECT and decision.reason not in reasons:
        found = f"the reason {decision.reason[:40]!r} is none of {instruction.task}"
        raise _Refused("unknown_reason", found, f"choose one of {', '.join(reasons)}")
    is_adjudicated = decision.role == "adjudicator" and decision.verdict in DECIDING
    if is_adjudicated and any(each.reviewer == decision.reviewer for each in readings_of(history)):
        found = f"{decision.reviewer} read {decision.instruction} as one of its readers"
        raise _Refused("not_allowed", found, "somebody else has to settle it")
    problems = decision_problems(
        instruction, decision.verdict, reason=decision.reason, note=decision.note, edited=edited
    )
    if problems:
        raise _Refused("not_allowed", "; ".join(problems), "correct the decision")
    if decision.undoes:
        raise _Refused("not_allowed", f"{decision.verdict} names a decision to undo", "leave out undoes")


def _check_undo(decision: Decision, history: tuple[Decision, ...]) -> None:
    undone = next((each for each in history if each.id == decision.undoes), None)
    if undone is None:
        found = f"it takes back {decision.undoes!r}, which is no decision on {decision.instruction} here"
        raise _Refused("unknown_decision", found, "import that decision first")
    if undone.verdict is Verdict.UNDO or undone.reviewer != decision.reviewer:
        found = f"it takes back {undone.verdict} by {undone.reviewer}"
        raise _Refused("not_allowed", found, "only one's own decision can be taken back, and an undo cannot")
