"""Rows of an exam's file → its questions, by the layouts of CMB, CMExam, MedQA-zh and their like.

CMB has `question`, `option` (by letter), `answer`, `question_type` and `exam_type`; CMExam `Question`, `Options` (one
text, an option a line), `Answer` and annotations such as `Medical Discipline`; MedQA-zh `question`, `options`, `answer`
(the option's text), `answer_idx` and `meta_info`. Columns are found as for contamination; files are read by `flow`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pedcorpus.curate.contamination import Columns, find_columns, items_of_row, options_of_row
from pedcorpus.errors import UsageError
from pedcorpus.evaluation.choices.question import ChoiceQuestion, Exam
from pedcorpus.normalise import fold, language_of

__all__ = ["exam_of_rows"]

Raw = Mapping[str, Any]  # JSON values by column

_INDEX = ("answer_idx", "answer_index", "correct_option", "label")
"""Columns that hold letters where `answer` holds words."""
_SUBJECTS = ("exam_type", "medical discipline", "clinical department", "subject", "category", "department", "meta_info")
_KINDS = ("question_type", "题型")
_LETTERS = re.compile(r"[A-H](?:[\s,，、;；/]*[A-H])*")
_SEVERAL = re.compile(r"多(?:项|选)|不定项|multiple[ -](?:answer|response|select)", re.IGNORECASE)
_FEWEST = 2


def exam_of_rows(
    rows: Sequence[Raw], *, name: str, sha256: str, subject: str = "", where: str, limit: int | None = None
) -> Exam:
    """The exam that the file's rows are; `subject` names the column to tell subjects apart by.

    `limit` takes so many questions at most, evenly spread over the file.

    Raises:
        UsageError: no column of questions or options is known, there is no such subject column, or no row can be asked.
    """
    names = list(dict.fromkeys(key for row in rows for key in row))
    columns = find_columns(names, Columns(), where=where)
    if not columns.options:
        raise UsageError(f"{where}: no column of options is known among: {', '.join(names)}; is it multiple choice?")
    if subject and subject not in names:
        raise UsageError(f"{where}: no column {subject!r} to tell subjects by; found: {', '.join(names)}")
    named = subject or _first(names, _SUBJECTS)
    questions: list[ChoiceQuestion] = []
    left_out: Counter[str] = Counter()
    for number, row in enumerate(rows, 1):
        made = _question(row, columns, number, subject=named, names=names)
        if isinstance(made, str):
            left_out[made] += 1
        else:
            questions.append(made)
    if not questions:
        told = ", ".join(f"{reason} {count}" for reason, count in sorted(left_out.items()))
        raise UsageError(f"{where}: none of {len(rows)} rows can be asked ({told or 'the file is empty'})")
    return Exam(name, sha256, _spread(questions, limit), tuple(sorted(left_out.items())))


def _question(row: Raw, columns: Columns, number: int, *, subject: str, names: Sequence[str]) -> ChoiceQuestion | str:
    """The row's question; else the reason why it cannot be asked."""
    item = next(items_of_row(row, columns, set_name="", number=number), None)
    options = options_of_row(row, columns.options)
    if item is None:
        return "no_question"
    if len(options) < _FEWEST:
        return "no_options"
    answer = _answer(row, columns, options)
    if not answer:
        return "no_answer"
    kind = str(row.get(_first(names, _KINDS)) or "")
    return ChoiceQuestion(
        id=item.id,
        question=item.question.strip(),
        options=options,
        answer=answer,
        subject=str(row.get(subject) or "").strip() if subject else "",
        asks_for_several=bool(_SEVERAL.search(kind)) if kind else None,
        language=language_of(item.question),
    )


def _answer(row: Raw, columns: Columns, options: Mapping[str, str]) -> frozenset[str]:
    """Letters of the right options; none where the row does not say them."""
    for name in (*_INDEX, columns.answer):
        letters = _letters(str(row.get(name) or ""))
        if letters and letters <= options.keys():
            return letters
    said = row.get(columns.answer)
    texts = {fold(each) for each in (said if isinstance(said, list) else [said]) if isinstance(each, str)}
    return frozenset(letter for letter, text in options.items() if fold(text) in texts)


def _letters(text: str) -> frozenset[str]:
    text = text.strip().strip("()（）.").upper()
    return frozenset(re.findall("[A-H]", text)) if _LETTERS.fullmatch(text) else frozenset()


def _first(names: Sequence[str], wanted: Sequence[str]) -> str:
    """The first of `wanted` among the columns, whatever stands after it in the name; empty where there is none."""
    for each in wanted:
        for name in names:
            if name.casefold() == each or name.casefold().startswith((f"{each} ", f"{each}(", f"{each}（", f"{each}_")):
                return name
    return ""


def _spread(questions: Sequence[ChoiceQuestion], limit: int | None) -> Sequence[ChoiceQuestion]:
    if limit is None or limit >= len(questions):
        return questions
    return [questions[place * len(questions) // limit] for place in range(limit)]
