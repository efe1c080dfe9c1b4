"""Files of decisions: which format they are in, and what stands in them; nothing of it is judged here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from stat import S_ISREG
from typing import Any

from pedcorpus.errors import UsageError
from pedcorpus.review.exchange import (
    DamagedJson,
    Refusal,
    Told,
    argilla,
    decoded,
    elements,
    is_wide,
    label_studio,
    read_lines,
)

__all__ = ["DecisionFormat", "read_decisions"]

_MB = 1 << 20
_RECORDS = "records.json"


class DecisionFormat(StrEnum):
    """How decisions are written to files."""

    JSONL = "jsonl"
    ARGILLA = "argilla"
    """A dataset's folder, or its `records.json` alone."""
    LABEL_STUDIO = "label-studio"


_Reader = Callable[[str, Any], Iterator[Told | Refusal]]
_READERS: dict[DecisionFormat, _Reader] = {
    DecisionFormat.ARGILLA: argilla.read_record,
    DecisionFormat.LABEL_STUDIO: label_studio.read_task,
}
_MARKS = {DecisionFormat.ARGILLA: "fields", DecisionFormat.LABEL_STUDIO: "data"}
"""A key that every record of a format has, and no record of the other."""


def read_decisions(
    path: Path, *, form: DecisionFormat | None, limit_mb: int
) -> tuple[DecisionFormat, Iterator[Told | Refusal]]:
    """The format of `path`, recognised where `form` is none, and what the file tells of, in its order.

    Raises:
        UsageError: it cannot be read, is too large, or is in none of the formats.
    """
    file = path / _RECORDS if path.is_dir() else path
    data = _bytes(file, limit_mb)
    is_array = data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"[")
    if form is DecisionFormat.JSONL or (form is None and not is_array):
        return DecisionFormat.JSONL, read_lines(_utf8(file, data).split(b"\n"))
    text = _decoded(file, data)
    form = form or _recognised(file, text)
    return form, _records(text, _READERS[form])


def _bytes(file: Path, limit_mb: int) -> bytes:
    try:
        found = file.stat()
        if not S_ISREG(found.st_mode):
            raise UsageError(f"{file}: is no regular file; name one")
        size = found.st_size
        if size > limit_mb * _MB:
            much = f"{size / _MB:,.0f} MB, expected at most {limit_mb:,}"
            raise UsageError(f"{file}: {much}; split it, or raise ingest.limits.file_mb")
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}; name another file") from error


def _decoded(file: Path, data: bytes) -> str:
    try:
        return decoded(data)
    except DamagedJson as error:
        raise UsageError(f"{file}: {error}; save it as UTF-8") from error


def _utf8(file: Path, data: bytes) -> bytes:
    """`data` as lines of UTF-8; a line that is none is told by its number, so it is left as it is."""
    return _decoded(file, data).encode("utf-8", "surrogatepass") if is_wide(data) else data


def _recognised(file: Path, text: str) -> DecisionFormat:
    first = next(elements(text), None)
    keys = first if isinstance(first, dict) else {}
    found = [form for form, mark in _MARKS.items() if mark in keys]
    if len(found) != 1:
        known = ", ".join(DecisionFormat)
        raise UsageError(f"{file}: cannot tell in which format it is; say so with --format, one of {known}")
    return found[0]


def _records(text: str, read: _Reader) -> Iterator[Told | Refusal]:
    for number, record in enumerate(elements(text), 1):
        place = f"record {number}"
        if isinstance(record, DamagedJson):
            yield Refusal(place, "damaged", str(record), "export it again; what stands before it was read")
        else:
            yield from read(place, record)
