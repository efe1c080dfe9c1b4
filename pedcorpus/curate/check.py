"""What a check is: instructions with their source texts in, one verdict or more for each out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from pedcorpus.records import Finding, Instruction, Severity
from pedcorpus.settings import CurateSettings

__all__ = ["Check", "Settable", "Subject", "Tuned", "check_id", "found", "passed", "unjudged"]


@dataclass(frozen=True)
class Subject:
    """One instruction as a check sees it."""

    instruction: Instruction
    origins: Mapping[str, str]
    """Text of each passage, triple or turn that its evidence names, by origin id; turns as `<dialogue id>#<turn>`."""


class Check(Protocol):
    """One check, registered under the entry-point group `pedcorpus.checks`."""

    name: str
    version: int
    """Raised whenever the same instruction may get another verdict; rows of older versions are checked anew."""

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        """At least one finding for each subject, a pass included; order does not matter."""


@runtime_checkable
class Settable(Protocol):
    """A check that the workspace's settings change."""

    def with_settings(self, settings: CurateSettings) -> Check:
        """This check as `settings` wants it."""


@runtime_checkable
class Tuned(Protocol):
    """A check whose verdicts depend on a setting: under another setting it judges anew."""

    @property
    def setting(self) -> str:
        """The setting in a few characters, letters, digits, `.`, `_` and `-` only, as `0.9`."""


def check_id(check: Check) -> str:
    """The check with its version, and its setting if it has one, as stored in findings: `quote@1`, `ocr@1:0.9`."""
    return _pass_of(check).check


def passed(check: Check, instruction: Instruction) -> Finding:
    """The verdict that there is nothing to say."""
    return Finding.unchecked({**vars(_pass_of(check)), "instruction": instruction.id})


def _pass_of(check: Check) -> Finding:
    """A pass of `check`, which holds its id: worked out once, for a check never changes its setting."""
    known = _PASSES.get(id(check))
    if known is None or known[0] is not check:
        plain = f"{check.name}@{check.version}"
        named = f"{plain}:{check.setting}" if isinstance(check, Tuned) else plain
        known = _PASSES[id(check)] = (check, Finding(instruction="", check=named, severity=Severity.PASS))
    return known[1]


_PASSES: dict[int, tuple[Check, Finding]] = {}
"""By the check itself; kept here, it cannot leave its place to another."""


def found(
    check: Check,
    instruction: Instruction,
    reason: str,
    detail: str,
    *,
    path: str = "",
    span: tuple[int | None, int | None] = (None, None),
    severity: Severity = Severity.ERROR,
) -> Finding:
    """The verdict that something is wrong: `reason` is counted, `detail` says what was found and what to do."""
    return Finding(
        instruction=instruction.id,
        check=check_id(check),
        severity=severity,
        reason=reason,
        detail=detail,
        path=path,
        start=span[0],
        end=span[1],
    )


def unjudged(check: Check, instruction: Instruction, why: str) -> Finding:
    """The verdict that `check` could not judge; an error, for nothing passes unseen."""
    return found(check, instruction, "check_failed", f"{why}; report it, or reject")
