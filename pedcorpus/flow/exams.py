"""The file of a multiple-choice exam → its questions."""

from __future__ import annotations

from pathlib import Path

from pedcorpus.evaluation.choices import Exam, exam_of_rows
from pedcorpus.flow.evaluation_files import read_rows_of

__all__ = ["read_exam"]


def read_exam(path: Path, *, subject: str = "", limit: int | None = None) -> Exam:
    """The exam in `path`: CMB, CMExam, MedQA-zh and their like, as JSON, JSON Lines, CSV, TSV or Parquet.

    `subject` names the column to tell subjects apart by; `limit` takes so many questions, spread over the file.

    Raises:
        UsageError: the file cannot be read to its end, or is no exam.
    """
    sha256, rows = read_rows_of(path)
    return exam_of_rows(rows, name=path.stem, sha256=sha256, subject=subject, limit=limit, where=str(path))
