"""Check `privacy`: no text of an instruction tells who somebody is.

Consultations are de-identified before anything is made of them; this finds what came through, and what stands in works
that were never de-identified. A finding says where and of what kind, never the identifier itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.curate.privacy.deidentify import privacy_recipe
from pedcorpus.curate.privacy.find import find_identifiers
from pedcorpus.curate.privacy.identifier import Identifier
from pedcorpus.records import Finding, Instruction
from pedcorpus.settings import CurateSettings, PrivacySettings

__all__ = ["CHECK", "PrivacyCheck"]

_OURS = frozenset(
    {"task", "asker", "language", "generator", "parent", "origin", "origin_id", "source", "document", "address"}
)
"""Fields that hold words of the corpus itself."""
_KEPT_LENGTH = 5000


@dataclass(frozen=True)
class PrivacyCheck:
    """An identifier anywhere in question, answer or quote is an error, so that a person looks at it."""

    name = "privacy"
    version = 1
    settings: PrivacySettings = field(default_factory=PrivacySettings)

    @property
    def setting(self) -> str:
        """Kinds, threshold and recognisers, digested."""
        return privacy_recipe(self.settings)[:8]

    def with_settings(self, settings: CurateSettings) -> PrivacyCheck:
        """This check as the workspace wants it."""
        return PrivacyCheck(settings.privacy)

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            problems = list(self._problems(subject.instruction))
            yield from problems or [passed(self, subject.instruction)]

    def _problems(self, instruction: Instruction) -> Iterator[Finding]:
        for path, text in _texts(instruction.body()):
            for one in _identifiers(text, self.settings):
                detail = f"{one.kind.replace('_', ' ')}: tells who somebody is; edit it out, or reject"
                span = (one.start, one.end)
                yield found(self, instruction, f"identifier_{one.kind}", detail, path=path, span=span)


def _identifiers(text: str, settings: PrivacySettings) -> Sequence[Identifier]:
    return _kept(text, settings) if len(text) <= _KEPT_LENGTH else find_identifiers(text, settings)


@lru_cache(maxsize=4096)
def _kept(text: str, settings: PrivacySettings) -> tuple[Identifier, ...]:
    """Those of the last few thousand texts: one quote and its headings serve many instructions."""
    return tuple(find_identifiers(text, settings))


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:  # JSON values
    """Every text in a record's body with its path, as `plan.0.text`."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in _OURS:
                yield from _texts(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}.{index}")


CHECK = PrivacyCheck()
