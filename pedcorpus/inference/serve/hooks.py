"""What others add to the server: advice that comes before a reply, sources beside it, routes and work of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pedcorpus.inference.prompt import Message

if TYPE_CHECKING:
    from fastapi import APIRouter

__all__ = ["Hooks", "Preface", "Sources"]

Preface = Callable[[Sequence[Message]], str | None]
"""Text that is told before the model's reply to a conversation, as for an emergency; none for most. It must be quick:
nothing of the reply comes before it; it runs in a thread of its own."""

Sources = Callable[[Sequence[Message], str], Sequence[Mapping[str, Any]]]  # values are JSON's
"""Passages beside a conversation and its finished reply, as JSON; runs in a thread of its own."""


@dataclass(frozen=True)
class Hooks:
    """Everything that is added; nothing by default."""

    preface: Preface | None = None
    sources: Sources | None = None
    routers: Sequence[APIRouter] = ()
    """Further routes. Those under /v1/ need the key, where one is set; the others are open."""
    beside: Sequence[AbstractContextManager[object]] = ()
    """What works beside the server: entered when it starts, and left, in a thread of its own, while the last replies
    end."""
