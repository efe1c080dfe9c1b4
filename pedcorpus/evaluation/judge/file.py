"""The file of judgements: JSON Lines that only grow, one judgement a line, as they come."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import ValidationError

from pedcorpus.errors import UsageError
from pedcorpus.evaluation.judge.judgement import Judgement

__all__ = ["JudgementFile", "read_judgements"]


class JudgementFile:
    """An open file; what stands in it is not asked again."""

    def __init__(self, path: Path) -> None:
        """Opens the file, or makes it; a last line that a killed process left unfinished is cut off.

        Raises:
            UsageError: it cannot be read or written, another process has it open, or it holds something else.
        """
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = path.open("ab+")
        except OSError as error:
            raise UsageError(f"{path}: cannot be written: {error.strerror or error}; name another file") from error
        try:
            self.kept = self._taken_over()
            """By the hash of what was asked."""
        except UsageError:
            self._stream.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stream.close()

    def add(self, judgement: Judgement) -> None:
        """Keep one more."""
        line = judgement.model_dump_json(exclude_defaults=True) + "\n"
        self._stream.write(line.encode())
        self._stream.flush()
        self.kept[judgement.asked] = judgement

    def _taken_over(self) -> dict[str, Judgement]:
        try:
            fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(f"{self.path}: another process is judging into it; wait for it to end") from error
        self._stream.seek(0)
        text = self._stream.read()
        if text and not text.endswith(b"\n"):
            os.ftruncate(self._stream.fileno(), text.rfind(b"\n") + 1)
        return {each.asked: each for each in read_judgements(self.path)}


def read_judgements(path: Path) -> list[Judgement]:
    """Every judgement in the file, in its order.

    Raises:
        UsageError: it cannot be read, or a line is none.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(Judgement.model_validate_json(line))
        except ValidationError as error:
            told = error.errors(include_url=False)[0]
            where = ".".join(map(str, told["loc"])) or "line"
            raise UsageError(f"{path}:{number}: no judgement: {where}: {told['msg']}; name another file") from error
    return found
