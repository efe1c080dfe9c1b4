"""A thumb on a reply, as the page tells of it; what becomes of it is for others to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pedcorpus.inference.serve.refusal import Refused

__all__ = ["Rated", "TakeFeedback", "read_rated"]

_MOST = 20_000

Text = Annotated[str, Field(max_length=_MOST)]


class _Turn(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["system", "user", "assistant"]
    content: Text


class Rated(BaseModel):
    """An exchange and what somebody thought of its reply."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    messages: Annotated[tuple[_Turn, ...], Field(min_length=1, max_length=200)]
    """The conversation up to the user's turn that was answered."""
    reply: Annotated[Text, Field(min_length=1)]
    """What the model answered."""
    rating: Literal["up", "down"]
    correction: Text = ""
    """What it should have answered; with a thumb down only."""
    note: Annotated[str, Field(max_length=2000)] = ""
    """What is wrong with it."""


TakeFeedback = Callable[[Rated], str]
"""Keeps a rated exchange; a word for what becomes of it. It is to be quick, and runs in a thread of its own."""


def read_rated(body: Any) -> Rated:  # any JSON value
    """A rated exchange read from its JSON.

    Raises:
        Refused: it is none.
    """
    try:
        rated = Rated.model_validate(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise Refused(400, f"{where or 'feedback'}: {first['msg']}", code="invalid_feedback") from error
    if rated.messages[-1].role != "user" or not rated.messages[-1].content.strip():
        raise Refused(400, "messages: the last turn is none of the user's", code="invalid_feedback")
    return rated
