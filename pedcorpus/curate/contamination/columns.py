"""Which columns of an evaluation set hold question, options and answer; and its rows as items.

Recognised by their names are CMB and C-Eval (`question`, `option` or `A`…`E`, `answer`), CMExam (`Question`, `Options`,
`Answer`), MedQA-zh (`question`, `options`, `answer`, `answer_idx`), CMMLU (`choices`), webMedQA, huatuo-26M
(`questions`, `answers`, lists of lists), and the like. Reading files is left to `flow/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pedcorpus.curate.contamination.items import Item
from pedcorpus.errors import UsageError

__all__ = ["Columns", "find_columns", "items_of_row", "options_of_row"]

Raw = Mapping[str, Any]  # JSON values by column

_KNOWN = {
    "question": ("question", "questions", "question_text", "问题", "题目", "题干", "query", "instruction", "prompt"),
    "options": ("options", "option", "choices", "选项"),
    "answer": ("answer", "answers", "答案", "回答", "output", "response"),
    "id": ("id", "qid", "question_id", "编号", "题号"),
}
_LETTERED = re.compile(r"(?:op|opt|option[ _]?|choice[ _]?|选项)?([a-h])", re.IGNORECASE)
_LETTER = re.compile(r"\s*[(（]?([A-Ha-h])(?:[)）.．、:：]|\s)\s*")
_LETTERS = re.compile(r"(?:op|option ?|选项)?[(（]?([a-h](?:[\s,，、;]*[a-h])*)[)）.．、]?", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """Names of columns; empty where the set has none."""

    question: str = ""
    options: tuple[str, ...] = ()
    """One that holds them all, or one for each."""
    answer: str = ""
    id: str = ""


def find_columns(names: Sequence[str], declared: Columns, *, where: str) -> Columns:
    """The columns of a set whose rows have `names`: those `declared`, else those recognised.

    Raises:
        UsageError: a declared column is not there, or none of questions is declared or recognised.
    """
    wanted = (declared.question, *declared.options, declared.answer, declared.id)
    missing = sorted({name for name in wanted if name and name not in names})
    listed = ", ".join(names) or "none"
    if missing:
        raise UsageError(
            f"{where}: no column {', '.join(map(repr, missing))}, which is declared; found: {listed}; correct it"
        )
    by_name = {name.casefold(): name for name in reversed(names)}
    known = {part: next((by_name[each] for each in likely if each in by_name), "") for part, likely in _KNOWN.items()}
    question = declared.question or known["question"]
    if not question:
        raise UsageError(
            f"{where}: no column of questions is known among: {listed}; declare it under "
            '[[curate.contamination.sets]] as question = "COLUMN", with options and answer if it has them, '
            "or name it with --question"
        )
    options = declared.options or ((known["options"],) if known["options"] else _lettered(names))
    return Columns(question, options, declared.answer or known["answer"], declared.id or known["id"])


def _lettered(names: Sequence[str]) -> tuple[str, ...]:
    """Columns A, B, … or opa, opb, …, one for each option; none where there are fewer than two."""
    found = sorted((match[1].casefold(), name) for name in names if (match := _LETTERED.fullmatch(name)))
    return tuple(name for _, name in found) if len(found) > 1 else ()


def items_of_row(row: Raw, columns: Columns, *, set_name: str, number: int) -> Iterator[Item]:
    """The items of row `number`, counted from 1: one for each wording of its question; none where there is none."""
    options = options_of_row(row, columns.options)
    answer = "\n".join(_texts(row.get(columns.answer))).strip()
    name = "".join(_texts(row.get(columns.id)))[:80] or f"row {number}"
    for question in _texts(row.get(columns.question)):
        if question.strip():
            yield Item(set_name, name, question, tuple(options.values()), _in_words(answer, options))


def _texts(value: object) -> Iterator[str]:
    """Texts and numbers of a value, lists in lists opened."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(_texts, value.values()))
    elif isinstance(value, Sequence):
        yield from chain.from_iterable(map(_texts, value))


def options_of_row(row: Raw, columns: Sequence[str]) -> dict[str, str]:
    """Options by letter; empty ones are none."""
    if len(columns) > 1:
        letters = [match[1].upper() if (match := _LETTERED.fullmatch(name)) else name for name in columns]
        found = {letter: "".join(_texts(row.get(name))) for letter, name in zip(letters, columns, strict=True)}
    else:
        found = dict(_one_column(row.get(columns[0]))) if columns else {}
    return {letter: text.strip() for letter, text in found.items() if text.strip()}


def _one_column(value: object) -> Iterator[tuple[str, str]]:
    """A mapping by letter, a list of texts or of key and value, or one text with an option a line."""
    if isinstance(value, Mapping):
        yield from ((str(key).strip().upper(), "".join(_texts(text))) for key, text in value.items())
        return
    listed = value.splitlines() if isinstance(value, str) else value if isinstance(value, Sequence) else ()
    for place, each in enumerate(listed):
        letter = chr(ord("A") + place)
        if isinstance(each, Mapping) and {"key", "value"} <= each.keys():
            yield str(each["key"]).strip().upper(), "".join(_texts(each["value"]))
        else:
            text = "".join(_texts(each))
            match = _LETTER.match(text)
            yield (match[1].upper() if match else letter), text[match.end() :] if match else text


def _in_words(answer: str, options: Mapping[str, str]) -> str:
    """The options that an answer such as `B`, `AC` or `(B) 地西泮` names, else the answer itself."""
    if match := _LETTERS.fullmatch(answer.strip()):
        letters = [letter.upper() for letter in re.findall("[A-Ha-h]", match[1])]
        return "\n".join(options[letter] for letter in letters if letter in options)
    match = _LETTER.match(answer)
    return options.get(match[1].upper(), answer) if match and options else answer
