"""What a file says of one decision, before anybody has judged whether it can be taken; and why one cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Refusal", "Told"]


@dataclass(frozen=True)
class Told:
    """One decision as a file has it."""

    place: str
    """Where it stands in the file, as `line 7` or `record 3, response by wang`."""
    instruction: str
    """Id of the instruction that it is about."""
    fields: Mapping[str, Any]  # JSON values, whatever the file has
    """The other fields of a `Decision`, as far as the file has them, but for `edited`."""
    tool: str = ""
    """The tool whose account `reviewer` is, which may be a person by another name here; empty for a name."""
    shown: Mapping[str, str] = field(default_factory=dict)
    """The `question` and `answer` that the reviewer read, where the file has them."""
    edit_text: str = ""
    """The editable fields in one text, as `edit_text` writes it; empty where the file has none."""
    edited: Mapping[str, Any] | None = None
    """The edited record whole, where the file has it so."""
    edited_id: str | None = None
    given_id: str = ""
    """The decision's id by the file's own account."""


@dataclass(frozen=True)
class Refusal:
    """Why a line or record is not taken."""

    place: str
    code: str
    """Stable, for counting."""
    what: str
    """What was found."""
    advice: str
    """What to do about it."""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.advice}"
