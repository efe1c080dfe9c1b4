"""The file in which one model's replies are kept while they come: JSON Lines, as `pedcorpus vote` reads them.

A row stands for its question's id and words, so that a question that was worded anew is answered anew. A process that
is killed while it writes leaves half a line, which is cut off when the file is opened again.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from pedcorpus.durable import sync
from pedcorpus.errors import UsageError
from pedcorpus.evaluation.questions import Answer, Question
from pedcorpus.evaluation.run_rows import BadRow, json_row, reply_of_row
from pedcorpus.records import RunReply, content_id

__all__ = ["ReplyFile"]


class ReplyFile:
    """An open file of replies; nobody else writes it until the block ends."""

    def __init__(self, path: Path, *, model: str) -> None:
        """`model` is told in every row.

        Raises:
            UsageError: another process has it open, or it cannot be written.
        """
        self.path, self._model = path, model
        self._handle = _locked(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)

    def standing(self, questions: Sequence[Question]) -> dict[str, str]:
        """Replies that stand, by the id of the question that they answer.

        A last line without its end is cut off, and rows go whose question now has other words under the same id.

        Raises:
            UsageError: a line of it is no reply.
        """
        data = os.pread(self._handle, os.fstat(self._handle).st_size, 0)
        whole = data[: data.rfind(b"\n") + 1]
        rows = [self._row(number, line) for number, line in enumerate(whole.split(b"\n")[:-1], 1)]
        asked = {question.id: question.asked for question in questions}
        valid = [row for row in rows if asked.get(row.id, _asked(row)) == _asked(row)]
        if len(valid) < len(rows):
            self._replace(valid)
        elif len(whole) < len(data):
            os.ftruncate(self._handle, len(whole))
        return {row.id: row.reply for row in valid if row.id in asked}

    def append(self, answers: Iterable[Answer]) -> None:
        """Keep some answers; they are on the disk when this returns."""
        rows = "".join(f"{self._row_of(answer).model_dump_json()}\n" for answer in answers)
        os.lseek(self._handle, 0, os.SEEK_END)
        _write(self._handle, rows.encode())
        os.fsync(self._handle)

    def _row_of(self, answer: Answer) -> RunReply:
        question = answer.question
        return RunReply(
            id=question.id,
            messages=question.messages,
            reply=answer.reply,
            model=self._model,
            task=question.task,
            topic=question.topic,
        )

    def _row(self, number: int, line: bytes) -> RunReply:
        try:
            return reply_of_row(json_row(line.decode()))
        except (BadRow, UnicodeDecodeError) as error:
            raise UsageError(
                f"{self.path}:{number}: {error}; mend the line, or move the file away to have all answered anew"
            ) from error

    def _replace(self, rows: Sequence[RunReply]) -> None:
        """Write the file anew, whole or not at all; the lock goes with its handle."""
        draft = self.path.with_name(f".{self.path.name}")
        handle = _locked(draft)
        os.ftruncate(handle, 0)
        _write(handle, "".join(f"{row.model_dump_json()}\n" for row in rows).encode())
        os.fsync(handle)
        draft.replace(self.path)
        sync(self.path.parent)
        os.close(self._handle)
        self._handle = handle


def _asked(row: RunReply) -> str:
    return content_id("asked", *(part for each in row.messages for part in (each.role, each.content)))


def _write(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _locked(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; name another workspace") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise UsageError(
            f"{path}: another evaluation writes it; wait for it, or give this one another --name"
        ) from error
    return handle
