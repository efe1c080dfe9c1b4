"""A model, with or without an adapter, that answers conversations; who asks and who shows is left to others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from pedcorpus.inference.generation import Generation

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import GenerationConfig, PreTrainedTokenizerBase

__all__ = ["Assistant", "Message"]


class Message(TypedDict):
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Assistant:
    """A loaded model; it gives one reply at a time."""

    model: Any  # a PreTrainedModel or a PeftModel, which share no type
    tokenizer: PreTrainedTokenizerBase

    def reply(
        self,
        messages: Sequence[Message],
        *,
        generation: Generation | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> str:
        """The answer to a conversation that ends in a user's turn; `on_text` is told each piece as it comes."""
        pieces = []
        with closing(self.stream(messages, generation=generation)) as stream:
            for piece in stream:
                pieces.append(piece)
                if on_text is not None:
                    on_text(piece)
        return "".join(pieces).strip()

    def stream(
        self, messages: Sequence[Message], *, generation: Generation | None = None
    ) -> Generator[str, None, None]:
        """The answer's pieces as they come; closing the generator stops the model."""
        from transformers import TextIteratorStreamer

        settings = generation or Generation()
        prompt = self._prompt(messages, settings)
        streamer = TextIteratorStreamer(self.tokenizer, skip_prompt=True, skip_special_tokens=True)
        work = _Work(self.model, self._config(settings), settings, streamer)
        thread = threading.Thread(target=work.run, args=(prompt,), daemon=True)
        thread.start()
        try:
            yield from (piece for piece in streamer if piece)
        finally:
            work.stop.set()
            thread.join()
        if work.error is not None:
            raise work.error

    def _prompt(self, messages: Sequence[Message], settings: Generation) -> Tensor:
        """Token ids (1, S); the oldest turns, then the head of the last one, give way where all do not fit."""
        context = int(getattr(self.model.config, "max_position_embeddings", 4096))
        room = context - min(settings.max_new_tokens, context // 2)
        system = [message for message in messages if message["role"] == "system"]
        turns = [message for message in messages if message["role"] != "system"]
        ids = self._ids([*system, *turns])
        while ids.shape[1] > room and len(turns) > 1:
            turns = _without_oldest(turns)
            ids = self._ids([*system, *turns])
        return ids[:, -room:].to(self.model.device)

    def _ids(self, messages: list[Message]) -> Tensor:
        conversation = [{"role": message["role"], "content": message["content"]} for message in messages]
        ids: Any = self.tokenizer.apply_chat_template(
            conversation, add_generation_prompt=True, return_tensors="pt", return_dict=False
        )
        return ids  # type: ignore[no-any-return]  # a tensor, as `return_tensors` asks

    def _config(self, settings: Generation) -> GenerationConfig:
        from transformers import GenerationConfig

        ends = self.model.generation_config.eos_token_id or self.tokenizer.eos_token_id
        pad = self.tokenizer.pad_token_id
        draw = {"do_sample": True, "temperature": settings.temperature, "top_p": settings.top_p}
        return GenerationConfig(  # type: ignore[no-untyped-call]  # transformers'
            max_new_tokens=settings.max_new_tokens,
            eos_token_id=ends,
            pad_token_id=pad if pad is not None else self.tokenizer.eos_token_id,
            **(draw if settings.temperature > 0 else {"do_sample": False}),
        )


def _without_oldest(turns: list[Message]) -> list[Message]:
    """The conversation without its first exchange; it begins with a user's turn again."""
    later = (number for number, turn in enumerate(turns) if number and turn["role"] == "user")
    return turns[next(later, len(turns) - 1) :]


@dataclass
class _Work:
    """Generation in its own thread, which fills the streamer, can be stopped and keeps its error for the reader."""

    model: Any
    config: GenerationConfig
    settings: Generation
    streamer: Any
    stop: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None

    def run(self, prompt: Tensor) -> None:
        import torch
        from transformers import LogitsProcessorList, RepetitionPenaltyLogitsProcessor

        penalty = RepetitionPenaltyLogitsProcessor(
            self.settings.repetition_penalty, prompt_ignore_length=prompt.shape[1]
        )
        torch.manual_seed(self.settings.seed)
        try:
            self.model.generate(
                input_ids=prompt,
                attention_mask=torch.ones_like(prompt),
                generation_config=self.config,
                logits_processor=LogitsProcessorList([penalty]),
                streamer=self.streamer,
                stopping_criteria=[self._stopped],
            )
        except Exception as error:  # noqa: BLE001  # raised again in the reader's thread
            self.error = error
            self.streamer.end()

    def _stopped(self, ids: Tensor, scores: Any, **kwargs: Any) -> Tensor:  # noqa: ARG002  # transformers' signature
        import torch

        return torch.full((ids.shape[0],), self.stop.is_set(), device=ids.device)
