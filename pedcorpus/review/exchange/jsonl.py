"""Decisions as JSON Lines, one a line: every field, the record's words for a reader, and an edited record whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pedcorpus.records import Decision, Instruction
from pedcorpus.review.exchange.sheet_text import answer_text, question_text
from pedcorpus.review.exchange.strict_json import DamagedJson, decoded, value_of
from pedcorpus.review.exchange.told import Refusal, Told

__all__ = ["decision_line", "read_lines"]

_LONGEST_LINE = 8 << 20
"""Bytes; an edited record with its evidence has some thousands."""
_RECORD, _EDITED_RECORD = "record", "edited_record"
_KNOWN = {"id", _RECORD, _EDITED_RECORD, *Decision.model_fields}


def decision_line(decision: Decision, instruction: Instruction | None, edited: Instruction | None) -> str:
    """One line, without its end; `instruction` is what was decided on, `edited` what an edit made of it."""
    said: dict[str, Any] = {"id": decision.id, **decision.model_dump(mode="json")}
    if instruction is not None:
        said[_RECORD] = {
            "task": instruction.task,
            "topic": instruction.topic,
            "question": question_text(instruction),
            "answer": answer_text(instruction),
        }
    if edited is not None:
        said[_EDITED_RECORD] = edited.model_dump(mode="json", exclude={"messages"})
    return json.dumps(said, ensure_ascii=False, allow_nan=False)


def read_lines(lines: Iterable[bytes]) -> Iterator[Told | Refusal]:
    """What each of `lines` says, blank ones left out; lines are counted from 1."""
    for number, line in enumerate(lines, 1):
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _read(f"line {number}", line)


def _read(place: str, line: bytes) -> Told | Refusal:
    if len(line) > _LONGEST_LINE:
        found = f"{len(line):,} bytes, expected at most {_LONGEST_LINE:,}"
        return Refusal(place, "damaged", found, "shorten the line")
    try:
        said = value_of(decoded(line).strip())
    except DamagedJson as error:
        return Refusal(place, "damaged", str(error), "save the file as UTF-8 with one JSON object a line")
    problem = _shape_problem(said)
    if problem:
        return Refusal(place, "damaged", problem, "correct the line, or export the decisions again")
    record = said.get(_RECORD) or {}
    return Told(
        place=place,
        instruction=said["instruction"],
        fields={name: said[name] for name in Decision.model_fields if name in said and name not in _NAMED},
        shown={name: record[name] for name in ("question", "answer") if name in record},
        edited=said.get(_EDITED_RECORD),
        edited_id=said.get("edited"),
        given_id=said.get("id") or "",
    )


_NAMED = {"instruction", "edited"}


def _shape_problem(said: Any) -> str:  # any JSON value
    """What keeps `said` from being read as a decision at all; empty when nothing does."""
    if not isinstance(said, dict):
        return f"found {type(said).__name__}, expected an object"
    unknown = sorted(said.keys() - _KNOWN)
    if unknown:
        return f"unknown field {unknown[0][:60]!r}, expected one of {', '.join(sorted(_KNOWN))}"
    if not isinstance(said.get("instruction"), str):
        return "instruction is missing, expected an instruction's id"
    for name in (_RECORD, _EDITED_RECORD):
        if not isinstance(said.get(name, {}), dict | None):
            return f"{name} is no object"
    texts = [said.get("id"), said.get("edited"), *((said.get(_RECORD) or {}).values())]
    if not all(text is None or isinstance(text, str) for text in texts):
        return "id, edited and the texts of record are no texts"
    return ""
