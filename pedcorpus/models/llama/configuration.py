"""config.json of a Llama that computes what a Baichuan2 of the 7B layout does. Imports transformers."""

from __future__ import annotations

from pathlib import Path

from transformers import LlamaConfig

from pedcorpus.models.baichuan2 import Baichuan2Config

__all__ = ["write_configuration"]

_SHARED = (
    "vocab_size",
    "hidden_size",
    "intermediate_size",
    "num_hidden_layers",
    "num_attention_heads",
    "hidden_act",
    "initializer_range",
    "rms_norm_eps",
    "max_position_embeddings",
    "pad_token_id",
    "bos_token_id",
    "eos_token_id",
)


def write_configuration(source: Path, target: Path, *, dtype: str) -> None:
    """Writes the Llama's config.json into `target`, for weights of this precision."""
    given = Baichuan2Config.from_pretrained(source)
    config = LlamaConfig(
        **{name: getattr(given, name) for name in _SHARED},
        num_key_value_heads=given.num_attention_heads,
        tie_word_embeddings=False,
        architectures=["LlamaForCausalLM"],
        dtype=dtype,
    )
    config.save_pretrained(target)
