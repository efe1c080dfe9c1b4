"""Requests as clients write them: OpenAI's fields, checked; what would change a reply and is not offered is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, ValidationError

from pedcorpus.inference.generation import Generation
from pedcorpus.inference.prompt import Message
from pedcorpus.inference.serve.refusal import Refused

__all__ = ["ChatAsked", "CompletionAsked", "read_asked"]

_MOST_STOPS = 4  # OpenAI's limit
_MOST_MESSAGES = 2048
_CHANGES_NOTHING = frozenset(
    {
        "metadata", "parallel_tool_calls", "prediction", "prompt_cache_key", "prompt_cache_retention",
        "reasoning_effort", "safety_identifier", "service_tier", "store", "user", "verbosity",
    }
)  # fmt: skip
"""Fields of OpenAI's that may be given and mean nothing here."""
_NOT_OFFERED: Mapping[str, tuple[Any, ...]] = {
    "audio": (),
    "best_of": (1,),
    "echo": (False,),
    "frequency_penalty": (0,),
    "function_call": ("none", "auto"),
    "functions": ([],),
    "logit_bias": ({},),
    "logprobs": (False,),
    "modalities": (["text"],),
    "presence_penalty": (0,),
    "response_format": ({"type": "text"},),
    "suffix": ("",),
    "tool_choice": ("none", "auto"),
    "tools": ([],),
    "top_logprobs": (0,),
    "web_search_options": (),
}
"""Fields of OpenAI's that would change the reply, and the values that would not."""

Positive = Annotated[StrictInt, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    type: Literal["text"]
    text: StrictStr


class _Turn(BaseModel):
    model_config = ConfigDict(extra="ignore")  # clients send back `refusal`, `annotations` and the like

    role: Literal["system", "developer", "user", "assistant"]
    content: StrictStr | list[_Part]

    def message(self) -> Message:
        text = self.content if isinstance(self.content, str) else "".join(part.text for part in self.content)
        return {"role": "system" if self.role == "developer" else self.role, "content": text}


class _StreamOptions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    include_usage: StrictBool = False
    include_obfuscation: StrictBool = False  # nothing is padded; taken because clients may say so


class _Asked(BaseModel):
    """What both kinds of request have."""

    model_config = ConfigDict(extra="forbid")

    model: StrictStr
    max_tokens: Positive | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    seed: StrictInt | None = None
    stop: StrictStr | list[StrictStr] | None = None
    stream: StrictBool | None = None
    stream_options: _StreamOptions | None = None
    n: Literal[1] | None = None
    repetition_penalty: Annotated[float, Field(ge=1, le=2)] | None = None
    """Not OpenAI's: as in `Generation`."""
    truncation: Literal["auto", "disabled"] | None = None
    """`auto`: of a conversation that is longer than the context, the oldest turns give way."""

    @property
    def stops(self) -> tuple[str, ...]:
        """Stop strings."""
        given = [self.stop] if isinstance(self.stop, str) else self.stop or []
        if len(given) > _MOST_STOPS or not all(given):
            raise Refused(400, f"stop takes up to {_MOST_STOPS} texts, none of them empty", param="stop")
        return tuple(given)

    @property
    def tells_usage(self) -> bool:
        """Whether a stream is to end with the count of its tokens."""
        return self.stream_options is not None and self.stream_options.include_usage

    def generation(self, default: Generation, *, fresh_seed: int) -> Generation:
        """How to generate: `default` where the request is silent; a draw without a seed takes `fresh_seed`."""
        given = {
            "max_new_tokens": self.max_tokens,
            "temperature": self.temperature,
            "top_p": self.top_p,
            "repetition_penalty": self.repetition_penalty,
            "seed": fresh_seed if self.seed is None else self.seed % 2**63,
        }
        return default.model_copy(update={name: value for name, value in given.items() if value is not None})


class ChatAsked(_Asked):
    """A request for the next turn of a conversation."""

    messages: Annotated[list[_Turn], Field(min_length=1, max_length=_MOST_MESSAGES)]
    max_completion_tokens: Positive | None = None

    def generation(self, default: Generation, *, fresh_seed: int) -> Generation:
        wanted = super().generation(default, fresh_seed=fresh_seed)
        if self.max_completion_tokens is None:
            return wanted
        return wanted.model_copy(update={"max_new_tokens": self.max_completion_tokens})

    def conversation(self) -> list[Message]:
        """The turns."""
        return [turn.message() for turn in self.messages]


class CompletionAsked(_Asked):
    """A request to go on with a text."""

    prompt: StrictStr | Annotated[list[StrictStr], Field(min_length=1, max_length=1)]

    @property
    def text(self) -> str:
        """The text to go on with."""
        return self.prompt if isinstance(self.prompt, str) else self.prompt[0]


Kind = TypeVar("Kind", bound=_Asked)


def read_asked(kind: type[Kind], body: Any) -> Kind:  # any JSON value
    """A request read from its JSON.

    Raises:
        Refused: it is none, or asks for what is not offered.
    """
    if not isinstance(body, dict):
        raise Refused(400, "the body is no JSON object")
    given = {name: value for name, value in body.items() if name not in _CHANGES_NOTHING}
    for name, harmless in _NOT_OFFERED.items():
        value = given.pop(name, None)
        if value is not None and value not in harmless:
            raise Refused(400, f"{name} is not offered by this server", param=name, code="unsupported_parameter")
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        raise _refused(error) from error


def _refused(error: ValidationError) -> Refused:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return Refused(400, f"Unrecognized request argument supplied: {where}", param=where, code="unknown_parameter")
    return Refused(400, f"{where}: {first['msg']}", param=where or None, code="invalid_value")
