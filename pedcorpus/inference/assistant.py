"""A model, with or without an adapter, that answers conversations; who asks and who shows is left to others."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pedcorpus.errors import UsageError
from pedcorpus.inference.batching.batch import Batch, Row
from pedcorpus.inference.batching.text import ReplyText
from pedcorpus.inference.generation import Generation
from pedcorpus.inference.prompt import Message, context_of, end_ids, fitted_ids

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

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
        """The answer's pieces as they come; closing the generator stops the model.

        Raises:
            UsageError: the model's scores are no numbers.
        """
        from pedcorpus.inference.batching.alone import AloneDecoder
        from pedcorpus.inference.batching.choosing import Chooser
        from pedcorpus.inference.batching.opening import spelling_of

        settings = generation or Generation()
        prompt = self._prompt(messages, settings)
        row = Row(prompt, settings, min(settings.max_new_tokens, context_of(self.model) - len(prompt)))
        batch: Batch[Row] = Batch(AloneDecoder(self.model), Chooser())
        batch.join([row])
        ends, text = end_ids(self.model, self.tokenizer), ReplyText(spelling_of(self.tokenizer))
        while row.tokens < row.most:
            ((_, token),) = batch.step()
            if token is None:
                raise UsageError("the model's scores are no numbers: its weights, or its adapter's, are damaged")
            if token in ends:
                break
            if piece := text.add(token):
                yield piece
        if piece := text.end():
            yield piece

    def _prompt(self, messages: Sequence[Message], settings: Generation) -> list[int]:
        """Token ids that leave room for the reply."""
        context = context_of(self.model)
        return fitted_ids(self.tokenizer, messages, room=context - min(settings.max_new_tokens, context // 2))
