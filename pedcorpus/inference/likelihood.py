"""How likely a model holds given answers to a conversation: in batches, each what it would be alone.

An answer's tokens follow the tokens of the prompt, as in training; the token that ends a reply is not asked for: an
option is weighed, not where it stops. What is made of the numbers is left to `evaluation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pedcorpus.evaluation.likelihood import Likelihood
from pedcorpus.inference.prompt import Message, context_of, prompt_ids

if TYPE_CHECKING:
    from torch import Tensor

    from pedcorpus.inference.assistant import Assistant

__all__ = ["Weighed", "answer_likelihoods"]


@dataclass(frozen=True)
class Weighed:
    """A conversation with the answers that are weighed against one another."""

    messages: Sequence[Message]
    answers: Sequence[str]


@dataclass(frozen=True)
class _Row:
    place: tuple[int, int]
    """Of the conversation, and of the answer in it."""
    ids: list[int]
    answer: int
    """How many of the last ids are the answer's."""


def answer_likelihoods(
    assistant: Assistant, asked: Sequence[Weighed], *, batch_size: int = 8
) -> Iterator[dict[int, list[Likelihood]]]:
    """For each conversation by its place the likelihood of every answer; yielded as they become whole, in any order.

    Prompts lose their head where prompt and answer are longer than the model's context.
    """
    rows = [row for place, each in enumerate(asked) for row in _rows(assistant, place, each)]
    rows.sort(key=lambda row: (-len(row.ids), row.place))
    found: dict[int, dict[int, Likelihood]] = {}
    for first in range(0, len(rows), batch_size):
        batch = rows[first : first + batch_size]
        for row, log in zip(batch, _logs(assistant.model, batch), strict=True):
            question, answer = row.place
            found.setdefault(question, {})[answer] = Likelihood(log, row.answer)
        whole = [place for place in found if len(found[place]) == len(asked[place].answers)]
        if whole:
            yield {place: [likelihood for _, likelihood in sorted(found.pop(place).items())] for place in whole}


def _rows(assistant: Assistant, place: int, weighed: Weighed) -> Iterator[_Row]:
    prompt = prompt_ids(assistant.tokenizer, weighed.messages)
    context = context_of(assistant.model)
    for number, answer in enumerate(weighed.answers):
        ids = assistant.tokenizer.encode(answer, add_special_tokens=False)[: context - 1]
        yield _Row((place, number), [*prompt, *ids][-context:], len(ids))


def _logs(model: Any, batch: Sequence[_Row]) -> list[float]:  # a PreTrainedModel or a PeftModel, which share no type
    """Log-likelihood of each row's answer; rows are padded on the right, where no answer looks."""
    import torch

    width = max(len(row.ids) for row in batch)
    ids_B_S = torch.zeros((len(batch), width), dtype=torch.long)
    mask_B_S = torch.zeros_like(ids_B_S)
    for number, row in enumerate(batch):
        ids_B_S[number, : len(row.ids)] = torch.tensor(row.ids)
        mask_B_S[number, : len(row.ids)] = 1
    with torch.inference_mode():
        logits_B_S_V = model(
            input_ids=ids_B_S.to(model.device), attention_mask=mask_B_S.to(model.device), use_cache=False
        ).logits
    return [_log(logits_B_S_V[number], row) for number, row in enumerate(batch)]


def _log(logits_S_V: Tensor, row: _Row) -> float:
    """The sum over the answer's tokens; those of the prompt are given."""
    import torch

    first, last = len(row.ids) - row.answer, len(row.ids)
    wanted = torch.tensor(row.ids[first:last], device=logits_S_V.device)
    logs_A_V = torch.log_softmax(logits_S_V[first - 1 : last - 1].float(), dim=-1)
    return float(logs_A_V.gather(1, wanted[:, None]).sum())
