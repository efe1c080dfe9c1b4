"""The instruction that every task extends: its evidence, its claims, its messages."""

from __future__ import annotations

from abc import abstractmethod
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, computed_field, model_validator

from pedcorpus.records.base import Record, canonical_json, content_id
from pedcorpus.records.source import Address, Tier

__all__ = ["Asker", "Basis", "Claim", "Evidence", "Instruction", "Message", "Patient", "Statement"]


class Message(Record):
    """One turn of a rendered conversation, in the chat format of the field."""

    role: Literal["system", "user", "assistant"]
    content: str


class Asker(StrEnum):
    """Who asks; it sets the register of the question."""

    PARENT = "parent"
    GRANDPARENT = "grandparent"
    PATIENT = "patient"
    """The child itself, old enough to ask."""
    STUDENT = "student"
    NURSE = "nurse"
    JUNIOR_DOCTOR = "junior_doctor"
    GENERAL_PRACTITIONER = "general_practitioner"
    USER = "user"
    """Anybody who asks an assistant anything."""

    @property
    def is_lay(self) -> bool:
        """Somebody of the child's family, who has to be told when to see a doctor."""
        return self in (Asker.PARENT, Asker.GRANDPARENT, Asker.PATIENT)


class Basis(StrEnum):
    """What a statement rests on."""

    QUOTED = "quoted"
    """Stands verbatim in its evidence."""
    PARAPHRASED = "paraphrased"
    """In other words than the source's; each of its facts stands in the cited quotes."""
    COMPUTED = "computed"
    """Worked out from quoted numbers and the scene; a check recomputes it."""
    SAFETY = "safety"
    """One of the task's fixed safety lines; needs no evidence."""


class Evidence(Record):
    """Where a claim comes from: one passage, triple or turn, and the words in it."""

    source: str
    document: str
    origin: Literal["passage", "triple", "turn"]
    origin_id: str
    """Id of the passage, triple or dialogue."""
    address: Address
    """Address of the quote itself: its boxes and character span, not the whole passage's."""
    quote: str = Field(min_length=1)
    """Verbatim from the source."""


class Claim(Record):
    """One thing an answer asserts, and the evidence that has to say it."""

    path: str
    """Field it stands in, as `plan.0.text`; findings point there."""
    text: str
    basis: Basis
    evidence: tuple[int, ...] = ()
    """Indices into the instruction's evidence; none means that any of it may serve."""
    of: str = ""
    """Drug or disease that it is said of, where a field beside it says so; a fact of another is no support."""


class Statement(Record):
    """One line of a structured answer, with what it rests on."""

    text: str = Field(min_length=1)
    basis: Basis = Basis.QUOTED
    evidence: tuple[int, ...] = ()
    """Indices into the instruction's evidence."""


class Patient(Record):
    """The child of a case. What the question does not say is absent."""

    age_months: float | None = Field(default=None, ge=0, le=216)
    """Age in months, 0 to 216."""
    sex: Literal["male", "female"] | None = None
    weight_kg: float | None = Field(default=None, gt=0, le=150)


class Instruction(Record):
    """One question with its answer, held to its evidence. Tasks add their own fields."""

    trains_experts: ClassVar[bool] = True
    """Is it one of the paediatric tasks that the mixture of experts is trained on?"""

    task: str
    """Id of the task; each task's record narrows it to its own."""
    topic: str = Field(min_length=1)
    """The disease or subject it is about; splits and filters group by it."""
    asker: Asker
    question: str = Field(min_length=1)
    """The closing question as it is asked; tasks with a scene put the scene before it."""
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    language: Literal["zh", "en"]
    license: str
    """The sources' licences, joined by ` AND ` where they differ."""
    tier: Tier
    """The strictest tier of all evidence."""
    generator: str = Field(pattern=r"^[a-z][\w.-]*@\d+$")
    """What made it, with its version, as `rule.section@1`."""
    parent: str | None = None
    """Id of the instruction that this one edits or rewrites."""

    @model_validator(mode="before")
    @classmethod
    def _drop_rendered_messages(cls, value: Any) -> Any:  # raw input of any shape
        """`messages` follow from the fields: accepted on input, never believed."""
        if isinstance(value, dict) and "messages" in value:
            return {name: item for name, item in value.items() if name != "messages"}
        return value

    @abstractmethod
    def user_text(self) -> str:
        """What the user says: the scene, if the task has one, and the question."""

    @abstractmethod
    def answer_text(self) -> str:
        """What the assistant answers, rendered from the fields."""

    @abstractmethod
    def claims(self) -> tuple[Claim, ...]:
        """Everything the answer asserts; the grounding check goes through these."""

    def recomputed(self) -> Self:
        """The same record with what is computed in it worked out anew, as an edit of its numbers needs."""
        return self

    # pydantic's computed_field wraps a property, which mypy does not follow
    @computed_field  # type: ignore[prop-decorator]
    @property
    def messages(self) -> tuple[Message, ...]:
        """The conversation, rendered from the fields."""
        return self.conversation()

    def conversation(self) -> tuple[Message, ...]:
        """The turns as they are trained on; the last one is the answer."""
        return (
            Message(role="user", content=self.user_text()),
            Message(role="assistant", content=self.answer_text()),
        )

    def body(self) -> dict[str, Any]:  # JSON values
        """The record's own fields as JSON values, without what follows from them or from its sources."""
        empty = {name for name in self.later_fields if not getattr(self, name)}
        return self.model_dump(mode="json", exclude={"messages", "license", "tier", *empty})

    @cached_property
    def canonical(self) -> str:
        """The body as its one canonical JSON text."""
        return canonical_json(self.body())

    @cached_property
    def id(self) -> str:
        """Identity by content. Licence and tier are the sources' own: declaring a work anew changes no id."""
        return content_id("instruction", self.canonical)

    def called(self, name: str) -> Self:
        """Itself, with `name` for its id: what it was stored by need not be worked out again."""
        vars(self)["id"] = name
        return self
