"""A loaded assistant made into what the server's routes need."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from pedcorpus.inference.assistant import Assistant
from pedcorpus.inference.batching import open_engine
from pedcorpus.inference.generation import Generation
from pedcorpus.inference.prompt import fitted_ids, prompt_ids
from pedcorpus.inference.serve.hooks import Hooks
from pedcorpus.inference.serve.service import Prompts, Service

__all__ = ["open_service"]


def open_service(
    assistant: Assistant,
    *,
    name: str,
    max_batch: int = 8,
    queue: int = 64,
    generation: Generation | None = None,
    hooks: Hooks | None = None,
    log: Callable[[str], None] | None = None,
) -> Service:
    """The service of an assistant, its engine started.

    Args:
        assistant: the model and its tokenizer.
        name: what clients call it.
        max_batch: most replies in work at once.
        queue: most requests that wait; beyond, clients are told to come back.
        generation: how replies are made where requests are silent.
        hooks: what others add.
        log: is told each prompt; none tells nobody.
    """
    return Service(
        engine=open_engine(assistant, max_batch=max_batch, queue=queue),
        prompts=_prompts(assistant.tokenizer),
        name=name,
        created=int(time.time()),
        generation=generation or Generation(),
        hooks=hooks or Hooks(),
        log=log,
    )


def _prompts(tokenizer: Any) -> Prompts:  # transformers' tokenizers share no useful type
    return Prompts(
        conversation=lambda messages: prompt_ids(tokenizer, messages),
        fitted=lambda messages, room: fitted_ids(tokenizer, messages, room=room),
        text=lambda text: list(tokenizer(text)["input_ids"]),
    )
