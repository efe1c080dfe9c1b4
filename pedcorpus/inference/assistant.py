"""A model, with or without an adapter, that answers conversations; who asks and who shows is left to others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pedcorpus.inference.generation import Generation
from pedcorpus.inference.prompt import Message, context_of, end_ids, fitted_ids

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
        """The answer to each conversation by its place, as they end: those of `reply`, in less time.

        At most `batch_size` are in work at once. A draw depends on the seed alone, not on who else is answered. A
        conversation on which the model's scores are no numbers has no answer.
        """
        settings = generation or Generation()
        prompts = [self._prompt(messages, settings) for messages in conversations]
        return self._answered(prompts, settings, batch_size) if prompts else iter(())

    def _answered(
        self, prompts: Sequence[Sequence[int]], settings: Generation, batch_size: int
    ) -> Iterator[dict[int, str]]:
        from pedcorpus.inference.batching.offline import replies_as_they_end
        from pedcorpus.inference.batching.opening import decoder_of

        decoder = decoder_of(self.model, rows=batch_size)
        for ended in replies_as_they_end(decoder, prompts, settings, ends=end_ids(self.model, self.tokenizer)):
            texts = {place: self.tokenizer.decode(ids, skip_special_tokens=True) for place, ids in ended.items()}
            yield {place: str(text).strip() for place, text in texts.items()}

    def stream(
        self, messages: Sequence[Message], *, generation: Generation | None = None
    ) -> Generator[str, None, None]:
        """The answer's pieces as they come; closing the generator stops the model."""
        from transformers import TextIteratorStreamer

        settings = generation or Generation()
        prompt = self._prompt(messages, settings)
        streamer = TextIteratorStreamer(self.tokenizer, skip_prompt=True, skip_special_tokens=True)
        work = _Work(self.model, self._config(settings, len(prompt)), settings, streamer)
        thread = threading.Thread(target=work.run, args=(prompt,), daemon=True)
        thread.start()
        try:
            yield from (piece for piece in streamer if piece)
        finally:
            work.stop.set()
            thread.join()
        if work.error is not None:
            raise work.error

    def _prompt(self, messages: Sequence[Message], settings: Generation) -> list[int]:
        """Token ids that leave room for the reply."""
        context = context_of(self.model)
        return fitted_ids(self.tokenizer, messages, room=context - min(settings.max_new_tokens, context // 2))

    def _config(self, settings: Generation, prompt: int) -> GenerationConfig:
        """For a prompt of so many tokens."""
        from transformers import GenerationConfig

        pad = self.tokenizer.pad_token_id
        draw = {"do_sample": True, "temperature": settings.temperature, "top_p": settings.top_p, "top_k": 0}
        return GenerationConfig(  # type: ignore[no-untyped-call]  # transformers'
            max_new_tokens=min(settings.max_new_tokens, context_of(self.model) - prompt),
            repetition_penalty=1.0,  # ours spares the question
            eos_token_id=sorted(end_ids(self.model, self.tokenizer)) or None,
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

    def run(self, prompt: Sequence[int]) -> None:
        import torch
        from transformers import LogitsProcessorList, RepetitionPenaltyLogitsProcessor

        penalty = RepetitionPenaltyLogitsProcessor(self.settings.repetition_penalty, prompt_ignore_length=len(prompt))
        torch.manual_seed(self.settings.seed)
        try:
            ids = torch.tensor([list(prompt)], device=self.model.device)
            self.model.generate(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
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
