"""Many prompts answered together: what each would be answered alone, in less time.

Batches hold prompts of like length, left-padded, so that little of the work is padding; a row that has ended is carried
along until the last one of its batch has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import GenerationConfig, PreTrainedTokenizerBase

__all__ = ["batched_replies"]


def batched_replies(
    model: Any,  # a PreTrainedModel or a PeftModel, which share no type
    tokenizer: PreTrainedTokenizerBase,
    prompts: Sequence[Tensor],
    *,
    config: GenerationConfig,
    penalty: float,
    batch_size: int,
) -> Iterator[dict[int, str]]:
    """Each batch's replies by the place of their prompt.

    The longest prompts come first, so that what does not fit into memory fails at once. `config` must be greedy:
    drawing would make a reply depend on its neighbours. `penalty` falls on the reply's own tokens only.
    """
    order = sorted(range(len(prompts)), key=lambda place: (-len(prompts[place]), place))
    for first in range(0, len(order), batch_size):
        places = order[first : first + batch_size]
        made = _generated(model, [prompts[place] for place in places], config, penalty)
        texts = [tokenizer.decode(_until_end(row, config), skip_special_tokens=True) for row in made]
        yield {place: str(text).strip() for place, text in zip(places, texts, strict=True)}


def _generated(model: Any, prompts: Sequence[Tensor], config: GenerationConfig, penalty: float) -> list[list[int]]:
    """Tokens after each prompt."""
    import torch
    from transformers import LogitsProcessorList, RepetitionPenaltyLogitsProcessor

    width = max(len(prompt) for prompt in prompts)
    ids_B_S = prompts[0].new_full((len(prompts), width), config.pad_token_id)
    mask_B_S = torch.zeros_like(ids_B_S)
    for row, prompt in enumerate(prompts):
        ids_B_S[row, width - len(prompt) :] = prompt
        mask_B_S[row, width - len(prompt) :] = 1
    made_B_S = model.generate(
        input_ids=ids_B_S,
        attention_mask=mask_B_S,
        generation_config=config,
        logits_processor=LogitsProcessorList([RepetitionPenaltyLogitsProcessor(penalty, prompt_ignore_length=width)]),
    )
    rows: list[list[int]] = made_B_S[:, width:].tolist()
    return rows


def _until_end(row: list[int], config: GenerationConfig) -> list[int]:
    """Without what fills up a reply that ended before its neighbours; its end is a token that is not shown."""
    ends: Mapping[int, None] = dict.fromkeys(_ends(config))
    return row[: next((place + 1 for place, token in enumerate(row) if token in ends), len(row))]


def _ends(config: GenerationConfig) -> Sequence[int]:
    ends = config.eos_token_id
    if ends is None:
        return ()
    return [ends] if isinstance(ends, int) else list(ends)
