"""What checks and people say of an instruction: findings, duplicates, decisions, preferences."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import Field

from pedcorpus.records.base import Record, canonical_json, content_id
from pedcorpus.records.instruction import Message

__all__ = ["Decision", "Duplicate", "Finding", "Preference", "PreferenceKind", "Severity", "Status", "Verdict"]


class Severity(StrEnum):
    """How bad a finding is. `pass` is a verdict too: it says that the check ran."""

    PASS = "pass"
    WARNING = "warning"
    """For review; the instruction stays a candidate."""
    ERROR = "error"
    """Blocks the instruction until a reviewer accepts, edits or rejects it."""


class Status(StrEnum):
    """Where an instruction stands; derived from findings, duplicates and decisions, never stored."""

    DRAFT = "draft"
    """Not checked yet, or a check found an error."""
    CANDIDATE = "candidate"
    """Passed every check; waits for review."""
    PENDING = "pending"
    """One of its readers decided; it waits for the others, or for an adjudicator where they disagree."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"
    """An edit or a revision that stands replaced it, or its document has a newer revision."""


class Finding(Record):
    """One check's verdict on one instruction."""

    instruction: str
    check: str = Field(pattern=r"^[a-z][\w.-]*@\d+(:[\w.-]+)?$")
    """Check and version, and the setting that its verdict depends on if there is one: `quote@1`, `ocr@1:0.9`."""
    severity: Severity
    reason: str = ""
    """Stable code that is counted; empty for a pass."""
    detail: str = ""
    """What was found and what to do about it."""
    path: str = ""
    """Field concerned, as `plan.0.text`."""
    start: int | None = None
    """First character concerned in that field."""
    end: int | None = None


class Duplicate(Record):
    """Membership of one instruction in a cluster of like ones."""

    instruction: str
    cluster: str
    """Id of the cluster's kept member."""
    kept: bool
    method: str
    """What found them alike, as `exact@1`."""
    similarity: float = Field(ge=0, le=1)


class Verdict(StrEnum):
    """What a reviewer can say."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    DEFER = "defer"
    FLAG = "flag"
    UNDO = "undo"
    """Takes back the decision named by `undoes`."""


_LATER_FIELDS = ("plan", "readers", "role", "colleague")  # at their defaults, an id is what it was without them


class Decision(Record):
    """What one reviewer said of one instruction; never changed, only followed by another."""

    instruction: str
    reviewer: str = Field(min_length=1)
    verdict: Verdict
    reason: str = ""
    """Code from the task's list; required to reject."""
    note: str = ""
    edited: str | None = None
    """Id of the instruction that an edit made; it is accepted by the same decision."""
    undoes: str | None = None
    """Id of the decision that is taken back."""
    acceptance: Literal["reviewed", "accept-all", "plan", "calibration"] = "reviewed"
    """`reviewed` by a person one at a time, `accept-all` in bulk for a demo, or by sampling `plan`; `calibration` is an
    answer to an item whose verdict is known: it tells of the reviewer, and decides nothing."""
    plan: str = ""
    """Id of the sampling plan that accepted it; empty for every other decision."""
    readers: int = Field(default=1, ge=1, le=3)
    """How many reviewers read it blind; above 1, so many have to say the same, or an adjudicator decides."""
    role: Literal["reviewer", "adjudicator"] = "reviewer"
    """As what it was taken: an adjudicator's decision holds whatever reviewers said."""
    colleague: str = ""
    """Whom a flag is for; empty means whoever comes next."""
    seconds: float | None = Field(default=None, ge=0)
    """How long the item was looked at."""
    at: datetime
    """When, in UTC."""

    @cached_property
    def id(self) -> str:
        unsaid = {name for name in _LATER_FIELDS if getattr(self, name) == type(self).model_fields[name].default}
        return content_id("decision", canonical_json(self.model_dump(mode="json", exclude=unsaid)))


class PreferenceKind(StrEnum):
    """Who says that one answer is better, from the most telling to the least."""

    EDIT = "edit"
    """A reviewer, by editing the other."""
    MODEL = "model"
    """A reviewed answer in a humane style, over a weak model's."""
    RULE = "rule"
    """A reviewed answer, over what is right for a neighbouring disease."""


class Preference(Record):
    """A prompt with a better and a worse answer, and where each came from."""

    task: str
    topic: str
    prompt: tuple[Message, ...] = Field(min_length=1)
    chosen: str = Field(min_length=1)
    rejected: str = Field(min_length=1)
    chosen_from: str
    """Id of the instruction whose answer was chosen."""
    rejected_from: str
    """What the rejected answer is: `instruction:<id>` of the one that a reviewer edited, `llm.weak@1:<model>` of a weak
    model, or `rule.neighbour@1:<instruction id>` of a neighbouring disease."""
    chosen_by: str = ""
    """What put the chosen answer into other words, as `llm.humane@1:<model>`; empty where it stands as it was."""

    @property
    def kind(self) -> PreferenceKind:
        """Where the pair comes from; edits say most of what people prefer, rules least."""
        if self.rejected_from.startswith("instruction:"):
            return PreferenceKind.EDIT
        return PreferenceKind.MODEL if self.rejected_from.startswith("llm.") else PreferenceKind.RULE

    @cached_property
    def id(self) -> str:
        unsaid = {"chosen_by"} if not self.chosen_by else set()
        return content_id("preference", canonical_json(self.model_dump(mode="json", exclude=unsaid)))
