"""A Llama small enough to train on a laptop, with a tokenizer learnt from the texts it will read.

It exists so that the whole road runs without a downloaded model; it does not become a doctor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

__all__ = ["TinyShape", "tiny_model", "tiny_tokenizer"]

PAD, EOS = "<pad>", "</s>"


@dataclass(frozen=True)
class TinyShape:
    """Size of the tiny model; names are LlamaConfig's own."""

    vocab_size: int = 4096
    """Most tokens the tokenizer may learn; few texts make fewer."""
    hidden_size: int = 128
    intermediate_size: int = 384
    num_hidden_layers: int = 4
    num_attention_heads: int = 4
    max_position_embeddings: int = 1024
    """Tokens of prompt and answer together."""
    seed: int = 0
    """Of the first weights."""


def tiny_tokenizer(texts: Iterable[str], *, vocab_size: int, chat_template: str) -> PreTrainedTokenizerFast:
    """A byte-level BPE tokenizer: any text survives encoding and decoding; the same texts make the same tokenizer."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size,
        special_tokens=[PAD, EOS],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers'
        tokenizer_object=tokenizer, pad_token=PAD, eos_token=EOS, padding_side="right"
    )
    fast.chat_template = chat_template
    return fast


def tiny_model(tokenizer: PreTrainedTokenizerFast, shape: TinyShape) -> LlamaForCausalLM:
    """A fresh Llama with `tokenizer`'s vocabulary; the same shape makes the same weights."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=shape.hidden_size,
        intermediate_size=shape.intermediate_size,
        num_hidden_layers=shape.num_hidden_layers,
        num_attention_heads=shape.num_attention_heads,
        num_key_value_heads=shape.num_attention_heads,
        max_position_embeddings=shape.max_position_embeddings,
        # Llama's 0.02 suits models some thousand wide: with it, 200 steps on the sample shelf ended at a loss of
        # 3.9 instead of 1.0
        initializer_range=shape.hidden_size**-0.5,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(shape.seed)
        return LlamaForCausalLM(config)
