"""Writes JSON Lines files: opened with their first line, kept open together, each with its hash in the end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pedcorpus.export.formats.format import Format, Row

__all__ = ["LineWriter", "line_writer"]

_BUFFER = 1 << 20

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

_BREAKS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
"""What JSON lets stand in a string, though many a reader ends the line there."""


@dataclass
class _Open:
    stream: IO[bytes]
    rows: int = 0
    telling: tuple[int, int] | None = None
    """Where the first line that shows all types begins, and its length in bytes; none while there is none."""
    position: int = 0


class LineWriter:
    """Writes lines to files by path below one folder."""

    def __init__(self, root: Path, form: Format, stack: ExitStack) -> None:
        self._root = root
        self._form = form
        self._stack = stack
        self._files: dict[str, _Open] = {}

    def write(self, path: str, line: Row) -> None:
        """Add `line` to the file `path`."""
        file = self._files.get(path) or self._opened(path)
        data = _line_bytes(line)
        if file.telling is None and self._form.shows_types(line):
            file.telling = (file.position, len(data))
        file.stream.write(data)
        file.position += len(data)
        file.rows += 1

    def rows(self) -> dict[str, int]:
        """Lines of each file, in the order of their paths."""
        return {path: file.rows for path, file in sorted(self._files.items())}

    def finish(self) -> None:
        """Close every file, and put in front the line that shows the types, where it is not there yet."""
        self._stack.close()
        for path, file in self._files.items():
            if file.telling and file.telling[0] > 0:
                _bring_forward(self._root / path, *file.telling)

    def _opened(self, path: str) -> _Open:
        place = self._root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        stream = self._stack.enter_context(place.open("xb", buffering=_BUFFER))
        return self._files.setdefault(path, _Open(stream))


@contextmanager
def line_writer(root: Path, form: Format) -> Iterator[LineWriter]:
    """A writer whose files are complete when the block ends well."""
    with ExitStack() as stack:
        writer = LineWriter(root, form, stack)
        yield writer
        writer.finish()


def _line_bytes(line: Row) -> bytes:
    text = _encode(line)
    if any(chr(code) in text for code in _BREAKS):
        text = text.translate(_BREAKS)
    return f"{text}\n".encode()


def _bring_forward(path: Path, start: int, length: int) -> None:
    """Move `length` bytes at `start` to the beginning of the file."""
    moved = path.with_suffix(".moving")
    with path.open("rb") as old, moved.open("xb") as new:
        old.seek(start)
        new.write(old.read(length))
        old.seek(0)
        _copy(old, new, start)
        old.seek(start + length)
        shutil.copyfileobj(old, new, _BUFFER)
    moved.replace(path)


def _copy(old: IO[bytes], new: IO[bytes], length: int) -> None:
    while length and (block := old.read(min(length, _BUFFER))):
        new.write(block)
        length -= len(block)
