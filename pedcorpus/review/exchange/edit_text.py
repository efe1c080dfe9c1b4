"""The editable fields of an instruction as one text for a tool that has one box to write in, and back.

Each field has a line of its own with its path in brackets, then its text:

    [question]
    2岁，体重12 kg，如何处理？

    [cautions.0.text]
    注意呼吸抑制
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pedcorpus.errors import InputError
from pedcorpus.records import Instruction
from pedcorpus.review.fields import EditableField, editable_fields

__all__ = ["edit_text", "edits_of", "is_same_text"]

_HEAD = re.compile(r"\[([a-z_]+(?:\.\w+)*)\]")
_GUARDED = re.compile(r"\\+\[[a-z_]+(?:\.\w+)*\]")
_ONE_TEXT = "answer"


def edit_text(instruction: Instruction) -> str:
    """The fields of `instruction` that may be edited, as they stand; places where one may be added are left out."""
    fields = [field for field in editable_fields(instruction) if not field.is_new]
    return "\n\n".join(f"[{field.path}]\n{_guarded(field.value)}".rstrip("\n") for field in fields)


def edits_of(instruction: Instruction, text: str) -> dict[str, str]:
    """What `text` changes in `instruction`, by path; a text without any path is the new answer, where there is one.

    A path whose text is emptied takes its list element away; one after the last of a list adds an element.

    Raises:
        InputError: a path that the record does not have, that stands twice, or that went missing.
    """
    fields = {field.path: field for field in editable_fields(instruction)}
    written = _sections(text)
    if list(written) == [""] and _ONE_TEXT in fields:
        written = {**{path: field.value for path, field in fields.items()}, _ONE_TEXT: written[""]}
    else:
        _check(written, fields)
    return {path: words for path, words in written.items() if not is_same_text(words, fields[path].value)}


def is_same_text(one: str, other: str) -> bool:
    """Are two texts the same but for how their lines end and blanks around them?"""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _sections(text: str) -> dict[str, str]:
    """Texts by path; under the empty path what stands before the first one."""
    found: dict[str, list[str]] = {}
    path = ""
    for line in _plain(text).split("\n"):
        if head := _HEAD.fullmatch(line.strip()):
            path = head[1]
            if path in found:
                raise InputError(path, "edit", f"[{path}] stands twice; leave one of them")
            found[path] = []
        else:
            found.setdefault(path, []).append(line[1:] if _GUARDED.fullmatch(line.strip()) else line)
    return {path: "\n".join(lines).strip() for path, lines in found.items()}


def _check(written: Mapping[str, str], fields: Mapping[str, EditableField]) -> None:
    unknown = [path for path in written if path not in fields]
    if unknown:
        place = f"[{unknown[0]}]" if unknown[0] else "the text before the first [path]"
        raise InputError(unknown[0], "edit", f"{place} is none of its fields; known: {', '.join(fields)}")
    missing = [path for path, field in fields.items() if not field.is_new and path not in written]
    if missing:
        lost = ", ".join(f"[{path}]" for path in missing)
        raise InputError(missing[0], "edit", f"{lost} went missing; put it back, with no text under it to take it away")


def _guarded(text: str) -> str:
    """`text` with a backslash before each line that would read as a path."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(
        f"\\{line}" if _HEAD.fullmatch(line.strip()) or _GUARDED.fullmatch(line.strip()) else line for line in lines
    )
