"""Works, the files they consist of, and what was read out of those files."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import Field

from pedcorpus.records.base import Record, canonical_json, content_id

__all__ = [
    "Address",
    "Box",
    "Dialogue",
    "DialoguePurpose",
    "Document",
    "Domain",
    "Failure",
    "Passage",
    "PassageKind",
    "Source",
    "SourceKind",
    "Tier",
    "Triple",
    "Turn",
    "strictest_tier",
]


class Tier(StrEnum):
    """How far a row may travel, from the freest to the strictest."""

    OPEN = "open"
    CONTROLLED = "controlled"
    INTERNAL = "internal"


def strictest_tier(tiers: tuple[Tier, ...]) -> Tier:
    """The tier of a row that rests on works of several tiers; `internal` when it rests on none."""
    order = list(Tier)
    return max(tiers, key=order.index, default=Tier.INTERNAL)


class SourceKind(StrEnum):
    """What sort of work a source is; it decides which generators read it."""

    TEXTBOOK = "textbook"
    GUIDELINE = "guideline"
    GRAPH = "graph"
    CONSULTATION = "consultation"
    DATASET = "dataset"
    """Existing instructions or conversations, such as ShareGPT or Alpaca files."""


class Source(Record):
    """A declared work. One without a declaration has licence `unknown` and tier `internal`."""

    id: str = Field(pattern=r"^[\w][\w.-]{0,79}$")
    """Short name of the work, unique in a corpus; also how commands refer to it."""
    kind: SourceKind
    title: str = Field(min_length=1)
    publisher: str = ""
    edition: str = ""
    license: str = "unknown"
    """SPDX identifier where there is one, else the licence's own name, or `unknown`."""
    tier: Tier = Tier.INTERNAL
    language: Literal["zh", "en"] = "zh"
    attribution: str = ""
    """The line that the licence wants to be shown wherever the work is used."""
    declared: bool = False
    """Whether a person declared the work; false when kind and title were taken from the folder."""


class Box(Record):
    """Where a stretch of a passage is printed: a rectangle in PDF points, origin at the page's top left.

    Boxes from MinerU's lists are as MinerU gives them: in MinerU 2, thousandths of the page's width and height.
    """

    page: int = Field(ge=1)
    x0: float
    y0: float
    x1: float
    y1: float
    start: int = Field(ge=0)
    """First character of the passage's text inside this box."""
    end: int = Field(ge=0)
    """One past the last character of the passage's text inside this box."""
    confidence: float | None = Field(default=None, ge=0, le=1)
    """How sure the OCR was of this line; none for text that was not read by OCR."""


class Address(Record):
    """Where something stands in its document. Only the parts that the format has are filled in."""

    heading_path: tuple[str, ...] = ()
    """Headings from the outermost to the one directly above."""
    page: int | None = Field(default=None, ge=1)
    """First page, counted from 1 as a PDF viewer counts."""
    boxes: tuple[Box, ...] = ()
    """One box a printed line."""
    start: int | None = Field(default=None, ge=0)
    """First character in the document's extracted text; in an EPUB, in the source of the file that `entity` names."""
    end: int | None = Field(default=None, ge=0)
    """One past the last character in the document's extracted text."""
    row: int | None = Field(default=None, ge=1)
    """Line of a table, graph or JSON Lines file, counted from 1 with the header as line 1; in a JSON array, Parquet
    or Arrow file, which has no lines, the number of the item, counted from 1."""
    entity: str | None = None
    """Name of the entity in a file that is keyed by entity; in an EPUB, the file of the spine."""
    turn: int | None = Field(default=None, ge=0)
    """Turn of a dialogue, counted from 0."""

    @property
    def place(self) -> str:
        """For a person: `p. 12 · 第七章 › 第二节`, or the line and entity of a table."""
        page = f"p. {self.page}" if self.page else ""
        numbers = [f"{name} {value}" for name, value in (("line", self.row), ("turn", self.turn)) if value is not None]
        return " · ".join(part for part in (page, " › ".join(self.heading_path), *numbers, self.entity) if part)


class Document(Record):
    """One file of a work at one content hash, read by one version of one parser."""

    id: str = Field(pattern=r"^[0-9a-f]{64}$")
    """SHA-256 of the file's bytes."""
    source: str
    path: str
    """Path inside the work's folder, with forward slashes."""
    parser: str = Field(pattern=r"^[a-z][\w.-]*@\d+$")
    """Parser and version that read it, as `pdf@1`."""
    bytes: int = Field(ge=0)
    pages: int | None = Field(default=None, ge=0)
    encoding: str | None = None
    """Encoding of a text file as detected; none for binary formats."""


class PassageKind(StrEnum):
    """What a piece of text is on its page."""

    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    RECOMMENDATION = "recommendation"


class Passage(Record):
    """A piece of text with its address: as a rule one paragraph, list item, table or recommendation."""

    document: str
    """Id of the document it stands in."""
    position: int = Field(ge=0)
    """Order of reading within the document."""
    kind: PassageKind = PassageKind.PARAGRAPH
    text: str = Field(min_length=1)
    """The source's own characters; line breaks inside a paragraph are joined."""
    address: Address
    attributes: dict[str, str] = Field(default_factory=dict)
    """What the parser knows besides, such as a recommendation's `number`, `grade` and `strength`, verbatim; `apparatus`
    of what stands beside the text: `exercise`, `objective` or `reference`."""

    @property
    def is_apparatus(self) -> bool:
        """Is it an exercise, a learning objective or a reference, and so nothing that may be learnt as a fact?"""
        return "apparatus" in self.attributes

    @cached_property
    def id(self) -> str:
        return content_id("passage", self.document, str(self.position), canonical_json(self.model_dump(mode="json")))


class Triple(Record):
    """One statement of a knowledge graph, with its line or entity in the graph's file."""

    document: str
    head: str = Field(min_length=1)
    relation: str = Field(min_length=1)
    """Term of the published vocabulary where the source's relation maps to one, else the source's own word."""
    tail: str = Field(min_length=1)
    head_type: str = ""
    tail_type: str = ""
    attributes: dict[str, str] = Field(default_factory=dict)
    quote: str = Field(min_length=1)
    """The statement verbatim: the line, cell or value of the file that says it."""
    address: Address

    @cached_property
    def id(self) -> str:
        return content_id("triple", canonical_json(self.model_dump(mode="json")))


class Turn(Record):
    """One utterance: of a patient (or parent) and a doctor in a consultation, else of a user and an assistant."""

    role: Literal["patient", "doctor", "user", "assistant"]
    content: str = Field(min_length=1)


class DialoguePurpose(StrEnum):
    """What an exchange is for; it decides which step may use it."""

    CONSULTATION = "consultation"
    """A patient or parent asks a doctor: roles `patient` and `doctor`."""
    INSTRUCTION = "instruction"
    """A user asks, an assistant answers."""
    PREFERENCE = "preference"
    """The last turn is the better answer, `rejected` the worse one."""
    SAFETY = "safety"
    """A harmful or misleading request, with or without an answer; never knowledge to be learnt."""
    SELF_COGNITION = "self_cognition"
    """Who the assistant is; may hold placeholders such as `{{name}}`."""


class Domain(StrEnum):
    """What an exchange is about."""

    PAEDIATRIC = "paediatric"
    """The health of children, from birth to 18 years."""
    GENERAL_MEDICAL = "general_medical"
    """Any other medicine."""
    GENERAL = "general"
    """General knowledge and tasks."""
    OTHER = "other"
    """Neither: the assistant itself, or too few words to tell."""


class Dialogue(Record):
    """A real consultation, or a row of an existing data set, in the order in which it was held."""

    document: str
    purpose: DialoguePurpose = DialoguePurpose.CONSULTATION
    turns: tuple[Turn, ...] = Field(min_length=1)
    """Ends with the answer; a safety item may be a request alone."""
    title: str = ""
    system: str = ""
    """The system prompt, where the row has one."""
    rejected: str = ""
    """In a preference row, the worse answer to the same turns."""
    department: str = ""
    attributes: dict[str, str] = Field(default_factory=dict)
    """What the row says besides, such as a safety item's category; `repeated` counts later rows that say the same."""
    domain: Domain | None = None
    domain_score: float | None = Field(default=None, ge=0, le=1)
    """How paediatric its words are; `domain` is read off it with the threshold of the settings."""
    address: Address

    @cached_property
    def id(self) -> str:
        """A digest of all but the domain, so that another threshold leaves evidence standing."""
        return content_id("dialogue", canonical_json(self.model_dump(mode="json", exclude={"domain", "domain_score"})))


class Failure(Record):
    """Something that could not be parsed, generated or validated, kept with its reason."""

    stage: Literal["ingest", "generate", "curate", "review", "export"]
    where: str
    """File and place, or the id of the record concerned."""
    source: str = ""
    path: str = ""
    """Path inside the work's folder, where one file is concerned; a later good revision of it clears the failure."""
    reason: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    """Stable code that is counted."""
    detail: str
    """What was found, what was expected, and the next step."""
    raw: str = ""
    """The raw reply or row, where there is one and it is short."""
    fingerprint: str = ""
    """The input that failed and how it was taken: of one path, only failures of the last attempt stand."""

    @cached_property
    def id(self) -> str:
        return content_id("failure", canonical_json(self.model_dump(mode="json")))
