"""Consultations kept as JSON or JSON Lines: lists of turns, or one question with its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pedcorpus.errors import InputError
from pedcorpus.parse.decode import read_text
from pedcorpus.parse.json_rows import JsonRow, looks_like_json, read_objects, text_of
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.parse.rows import document_of, failure_of
from pedcorpus.records import Address, Dialogue, Failure, SourceKind, Turn

__all__ = ["PARSER", "DialogueJsonlParser"]

_TURNS = ("turns", "messages", "conversation", "conversations", "dialogue", "dialog")
_ROLE, _CONTENT = ("role", "from", "speaker", "角色"), ("content", "value", "text", "utterance", "内容")
_ASK = ("ask", "question", "query", "问题", "提问", "患者")
_ANSWER = ("answer", "response", "reply", "raw_anwser", "回答", "答复", "医生")
_LAST_ANSWER = ("output",)
_TITLE, _DEPARTMENT = ("title", "标题"), ("department", "科室", "cate1", "就诊科室")
_PATIENT = {"patient", "user", "human", "ask", "asker", "parent", "患者", "病人", "家长", "患儿家长", "用户"}
_DOCTOR = {"doctor", "assistant", "gpt", "answer", "医生", "大夫", "医师"}
_SILENT = {"system", "系统"}
_NOTHING = {"无", "没有", "暂无", "-"}


def _first(value: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next((text for key in keys if (text := text_of(value.get(key)))), "")


def _turns(value: Mapping[str, Any]) -> tuple[Turn, ...]:
    """Turns of one row.

    Raises:
        ValueError: it holds none, or one that is neither a patient's nor a doctor's.
    """
    if isinstance(value.get("history"), list) and _first(value, _LAST_ANSWER):
        return _checked(tuple(_instructed(value)))
    listed = next((value[key] for key in _TURNS if isinstance(value.get(key), list)), None)
    return _checked(tuple(_listed(listed)) if listed is not None else tuple(_pair(value)))


def _checked(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    if {turn.role for turn in turns} != {"patient", "doctor"}:
        raise ValueError("found no exchange, expected turns of a patient and a doctor, or `ask` and `answer`")
    return turns


def _listed(turns: list[Any]) -> Iterator[Turn]:
    for number, turn in enumerate(turns):
        if not isinstance(turn, dict):
            raise ValueError(f"turn {number} is a {type(turn).__name__}, expected an object with role and content")
        role, content = _first(turn, _ROLE), _first(turn, _CONTENT)
        if role.casefold() in _SILENT or not content:
            continue
        yield Turn(role=_speaker(role, number), content=content)


def _instructed(value: Mapping[str, Any]) -> Iterator[Turn]:
    """A row of an instruction set: earlier exchanges as pairs under `history`, the last one beside it."""
    for exchange in value["history"]:
        if not isinstance(exchange, list) or len(exchange) != 2:
            raise ValueError("found a history entry that is no pair, expected [question, answer]")
        yield from _pair({"ask": exchange[0], "answer": exchange[1]})
    last = " ".join(filter(None, (_first(value, ("instruction",)), _first(value, ("input",)))))
    yield from _pair({"ask": last, "answer": _first(value, _LAST_ANSWER)})


def _speaker(role: str, number: int) -> Literal["patient", "doctor"]:
    folded = role.casefold()
    if folded in _PATIENT:
        return "patient"
    if folded in _DOCTOR:
        return "doctor"
    raise ValueError(f"turn {number} has the role {role!r}, expected patient or doctor (or user and assistant)")


def _pair(value: Mapping[str, Any]) -> Iterator[Turn]:
    """One question and answer; the title is the question where that says nothing."""
    ask, title, answer = _first(value, _ASK), _first(value, _TITLE), _first(value, _ANSWER)
    question = title if ask in _NOTHING or not ask else ask
    if question:
        yield Turn(role="patient", content=question)
    if answer:
        yield Turn(role="doctor", content=answer)


def _renamed(value: Mapping[str, Any], declared: Mapping[str, str]) -> dict[str, Any]:
    return {declared.get(key, key): item for key, item in value.items()}


def _dialogue(row: JsonRow, number: int, original: Original) -> Dialogue | Failure:
    if row.value is None:
        return failure_of(original, row.at, "bad_row", row.problem, raw=row.raw)
    value = _renamed(row.value, original.columns)
    try:
        turns = _turns(value)
    except ValueError as error:
        return failure_of(original, row.at, "bad_row", f"{error}; correct or delete it", raw=row.raw or str(row.value))
    return Dialogue(
        document=original.sha256,
        turns=turns,
        department=_first(value, _DEPARTMENT),
        address=Address(row=row.line, entity=None if row.line else f"#{number}"),
    )


class DialogueJsonlParser:
    """JSON and JSON Lines in works of kind consultation."""

    name = "dialogue_jsonl"
    version = 1
    suffixes = frozenset({".jsonl", ".json", ".ndjson"})
    kinds = frozenset({SourceKind.CONSULTATION})

    def recognises(self, original: Original) -> bool:
        return looks_like_json(original.data)

    def parse(self, original: Original) -> Parsed:
        decoded = read_text(original)
        rows = read_objects(decoded.text, original.path)
        found = [_dialogue(row, number, original) for number, row in enumerate(rows, 1)]
        dialogues = tuple(one for one in found if isinstance(one, Dialogue))
        failures = tuple(one for one in found if isinstance(one, Failure))
        if not dialogues:
            first = f" ({failures[0].where}: {failures[0].detail})" if failures else ""
            detail = f"found no consultation{first}, expected rows with turns, or ask and answer; correct the file"
            raise InputError(original.path, "missing_columns", detail)
        document = document_of(original, f"{self.name}@{self.version}", encoding=decoded.encoding)
        return Parsed(document, dialogues=dialogues, failures=failures)


PARSER = DialogueJsonlParser()
