"""What is asked of a language model, and what comes of it: values that any process can hold.

How it is sent, kept and paid for is the rest of this room's; what it is about is the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel

from pedcorpus.records import Message

__all__ = ["Ask", "Endpoint", "Fault", "FaultReason", "Outcome", "Reply", "Step"]

Step = Literal["schema", "json_mode", "extracted", "repaired"]
"""How a reply was got: held to its schema by the server, to JSON only, cut out of prose, mended in one more turn."""

FaultReason = Literal[
    "refused",
    "truncated",
    "invalid_json",
    "invalid_reply",
    "timed_out",
    "unreachable",
    "server_error",
    "too_long",
    "not_cached",
]


@dataclass(frozen=True)
class Endpoint:
    """A server that speaks OpenAI's chat completions, and what it costs."""

    base_url: str
    model: str
    key_variable: str = "OPENAI_API_KEY"
    """Environment variable that holds the key; the key itself is in no file, log, row or export."""
    concurrency: int = 16
    """Requests in flight at most; fewer while the server says that it is too much."""
    timeout_s: float = 120.0
    input_price: float = 0.0
    """Price of a million prompt tokens."""
    output_price: float = 0.0
    """Price of a million completion tokens."""


@dataclass(frozen=True)
class Ask:
    """One question to a model, and the shape its answer has to have."""

    messages: tuple[Message, ...]
    reply: type[BaseModel] | None = None
    """Model of the JSON that is wanted: its schema is sent, and the reply validated against it; none wants prose."""
    max_tokens: int = 2048
    temperature: float = 0.7
    seed: int | None = None
    tag: str = ""
    """What it is for, as `medkqa`: reports count by it; it is not sent."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of the request, as `top_p`."""


@dataclass(frozen=True)
class Reply:
    """What the model answered, validated where a shape was wanted."""

    key: str
    """Hash of the request's whole payload: where the reply is kept."""
    text: str
    data: BaseModel | None
    prompt_tokens: int
    completion_tokens: int
    steps: tuple[Step, ...] = ()
    is_cached: bool = False
    """Had it been paid for before?"""


@dataclass(frozen=True)
class Fault:
    """Why there is no usable reply; what was paid for is kept all the same."""

    key: str
    reason: FaultReason
    detail: str
    """What was found, what was expected, what to do."""
    raw: str = ""
    """The reply as it came, if one did."""
    steps: tuple[Step, ...] = ()
    is_cached: bool = False


Outcome = Reply | Fault
