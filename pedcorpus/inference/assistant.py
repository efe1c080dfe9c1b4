"""A model, with or without an adapter, that answers conversations; who asks and who shows is left to others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pedcorpus.errors import UsageError
from pedcorpus.inference.batched import batched_replies
from pedcorpus.inference.generation import Generation
from pedcorpus.inference.prompt import Message, context_of, fitted_ids

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import GenerationConfig, PreTrainedTokenizerBase

__all__ = ["Assistant"]


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

    def replies(
        self, conversations: Sequence[Sequence[Message]], *, generation: Generation | None = None, batch_size: int = 16
    ) -> Iterator[dict[int, str]]:
        """The answer to each conversation, batch by batch by its place: those of `reply`, in less time.

        Raises:
            UsageError: the settings draw tokens, so that a reply would depend on its neighbours.
        """
        settings = generation or Generation()
        if settings.temperature > 0:
            raise UsageError("many are answered together with the likeliest token each time; set temperature to 0")
        return batched_replies(
            self.model,
            self.tokenizer,
            [self._prompt(messages, settings)[0] for messages in conversations],
            config=self._config(settings),
            penalty=settings.repetition_penalty,
            batch_size=batch_size,
        )

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
        """Token ids (1, S) that leave room for the reply."""
        import torch

        context = context_of(self.model)
        room = context - min(settings.max_new_tokens, context // 2)
        return torch.tensor([fitted_ids(self.tokenizer, messages, room=room)], device=self.model.device)

    def _config(self, settings: Generation) -> GenerationConfig:
        from transformers import GenerationConfig

        ends = self.model.generation_config.eos_token_id or self.tokenizer.eos_token_id
        pad = self.tokenizer.pad_token_id
        draw = {"do_sample": True, "temperature": settings.temperature, "top_p": settings.top_p, "top_k": 0}
        return GenerationConfig(  # type: ignore[no-untyped-call]  # transformers'
            max_new_tokens=settings.max_new_tokens,
            repetition_penalty=1.0,  # ours spares the question
            eos_token_id=ends,
            pad_token_id=pad if pad is not None else self.tokenizer.eos_token_id,
            **(draw if settings.temperature > 0 else {"do_sample": False}),
        )


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
