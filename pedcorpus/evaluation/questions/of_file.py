"""A file of questions with reference answers, JSON Lines or Parquet (docs/evaluate.md says which fields)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.evaluation.questions.question import Asked, Question, Quoted
from pedcorpus.evaluation.row_file import rows_of
from pedcorpus.evaluation.run_rows import BadRow, Raw, asked_of_row, id_of_row, json_row, text_of_row

__all__ = ["questions_of_file"]

_EXPECTED = "expected the fields id, question (or messages), reference; task, topic and language if there are any"


def questions_of_file(path: Path) -> Asked:
    """The questions in `path`; one whose answer nobody wrote cannot be evaluated, so a row without it is refused.

    Raises:
        UsageError: the file cannot be read, or a row is no question; the first such row in one line.
    """
    questions: dict[str, Question] = {}
    places: dict[str, str] = {}
    for place, raw in rows_of(path):
        try:
            question = _question(json_row(raw) if isinstance(raw, str) else raw)
        except BadRow as error:
            raise UsageError(f"{path.parent / place}: {error}; {_EXPECTED}") from error
        if question.id in questions:
            raise UsageError(f"{path.parent / place}: id {question.id!r} stands at {places[question.id]} already")
        questions[question.id], places[question.id] = question, place
    if not questions:
        raise UsageError(f"{path}: holds no questions; {_EXPECTED}")
    with path.open("rb") as stream:
        return Asked(path.stem, file_digest(stream, "sha256").hexdigest(), tuple(questions.values()))


def _question(row: Raw) -> Question:
    reference = text_of_row(row, "reference", is_required=True)
    if not reference.strip():
        raise BadRow("reference is empty, so that nothing can be compared with it")
    return Question(
        id=id_of_row(row),
        messages=asked_of_row(row),
        reference=reference,
        task=text_of_row(row, "task") or "all",
        topic=text_of_row(row, "topic"),
        language=text_of_row(row, "language") or "zh",
        evidence=tuple(_quoted(row.get("evidence"))),
    )


def _quoted(value: object) -> Sequence[Quoted]:
    """The quotes of rows that have some, as those of an export; anything else is passed over."""
    rows = value if isinstance(value, list) else []
    quotes = [(row.get("source"), row.get("quote")) for row in rows if isinstance(row, dict)]
    return [Quoted(str(source or ""), quote) for source, quote in quotes if isinstance(quote, str) and quote]
