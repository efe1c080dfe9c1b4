"""What the routes share: the engine, the model's name, how prompts are read, what is added to replies."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pedcorpus.inference.batching import Engine, EngineStopped, QueueFull, Reply, Wanted
from pedcorpus.inference.generation import Generation
from pedcorpus.inference.prompt import Message
from pedcorpus.inference.serve.asked import ChatAsked, CompletionAsked
from pedcorpus.inference.serve.hooks import Hooks
from pedcorpus.inference.serve.mailbox import Bell, Mailbox
from pedcorpus.inference.serve.refusal import Refused

__all__ = ["Answering", "Prompts", "Service"]

_RETRY_AFTER_S = 2


@dataclass(frozen=True)
class Prompts:
    """How texts become token ids. All may be called from any thread."""

    conversation: Callable[[Sequence[Message]], list[int]]
    fitted: Callable[[Sequence[Message], int], list[int]]
    """At most so many ids: oldest turns give way."""
    text: Callable[[str], list[int]]


@dataclass(frozen=True)
class Answering:
    """A reply on its way."""

    reply: Reply
    mailbox: Mailbox
    prompt_tokens: int


@dataclass
class Service:
    """One model, ready to answer."""

    engine: Engine
    prompts: Prompts
    name: str
    """What clients call the model."""
    created: int
    """Seconds since 1970 that `/v1/models` tells."""
    generation: Generation = field(default_factory=Generation)
    """Where requests are silent."""
    hooks: Hooks = field(default_factory=Hooks)
    log: Callable[[str], None] | None = None
    """Is told each prompt, if anybody asked for that."""
    _bell: Bell | None = None

    def check_model(self, name: str) -> None:
        """Raises Refused where clients ask for another model."""
        if name != self.name:
            message = f"The model {name[:200]!r} does not exist; this server has {self.name!r}"
            raise Refused(404, message, param="model", code="model_not_found")

    async def answer_conversation(self, asked: ChatAsked, messages: Sequence[Message]) -> Answering:
        """Puts a conversation before the engine; raises Refused where it cannot be."""
        generation = asked.generation(self.generation, fresh_seed=secrets.randbits(62))
        if asked.truncation == "auto":
            room = self.engine.context - min(generation.max_new_tokens, self.engine.context // 2)
            ids = await asyncio.to_thread(self.prompts.fitted, messages, room)
        else:
            ids = await asyncio.to_thread(self.prompts.conversation, messages)
        if self.log is not None:
            self.log("\n".join(f"{message['role']}: {message['content']}" for message in messages))
        return self._submitted(ids, generation, asked.stops, param="messages")

    async def answer_text(self, asked: CompletionAsked) -> Answering:
        """Puts a text to go on with before the engine; raises Refused where it cannot be."""
        generation = asked.generation(self.generation, fresh_seed=secrets.randbits(62))
        ids = await asyncio.to_thread(self.prompts.text, asked.text)
        if asked.truncation == "auto":
            ids = ids[-(self.engine.context - min(generation.max_new_tokens, self.engine.context // 2)) :]
        if self.log is not None:
            self.log(asked.text)
        return self._submitted(ids, generation, asked.stops, param="prompt")

    def _submitted(self, ids: list[int], generation: Generation, stops: tuple[str, ...], *, param: str) -> Answering:
        if not ids:
            raise Refused(400, f"{param} is empty", param=param)
        if len(ids) >= self.engine.context:
            message = (
                f"the prompt has {len(ids)} tokens, prompt and reply together may have {self.engine.context}; "
                'shorten it, or send "truncation": "auto"'
            )
            raise Refused(400, message, param=param, code="context_length_exceeded")
        if self._bell is None:
            self._bell = Bell(asyncio.get_running_loop())
        mailbox = Mailbox(self._bell)
        try:
            reply = self.engine.submit(Wanted(ids, generation, stops), mailbox.put)
        except QueueFull as error:
            after = {"Retry-After": str(_RETRY_AFTER_S)}
            message = "as many requests wait as may; try again shortly"
            raise Refused(429, message, code="queue_full", headers=after) from error
        except EngineStopped as error:
            raise Refused(503, "the server is stopping", code="stopping", headers={"Retry-After": "30"}) from error
        return Answering(reply, mailbox, len(ids))
