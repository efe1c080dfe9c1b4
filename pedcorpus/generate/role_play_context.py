"""What a reply to `role_play` is held against: fragment, plan, source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pedcorpus.generate.fragment import Fragment
from pedcorpus.records import Source
from pedcorpus.tasks.writing import Slot, Writing

__all__ = ["RolePlayContext"]


@dataclass(frozen=True)
class RolePlayContext:
    """The context of one assignment."""

    fragment: Fragment
    slots: tuple[Slot, ...]
    source: Source
    """In the language in which the drafts are written."""
    writings: Mapping[str, Writing]
