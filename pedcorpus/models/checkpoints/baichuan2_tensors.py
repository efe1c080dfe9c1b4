"""What tensors a Baichuan2 checkpoint has, by its config.json; names and shapes are the original's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["expected_tensors", "is_first_baichuan", "is_ignored"]

_FIRST_VOCABULARY = 64_000


def is_first_baichuan(config: Mapping[str, Any]) -> bool:
    """Is it Baichuan of before Baichuan2, which has the same tensors? Its vocabulary and the 7B's class name tell."""
    return config.get("vocab_size") == _FIRST_VOCABULARY or "BaiChuanForCausalLM" in (config.get("architectures") or ())


def is_ignored(name: str) -> bool:
    """Is it a constant that some checkpoints hold and each model works out?"""
    return name.endswith(("rotary_emb.inv_freq", "alibi_mask"))


def expected_tensors(config: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """Shapes by name; empty where the configuration does not give all sizes."""
    names = ("vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers")
    if not all(isinstance(config.get(name), int) for name in names):
        return {}
    vocabulary, width, wide, layers = (int(config[name]) for name in names)
    block = {
        "self_attn.W_pack.weight": (3 * width, width),
        "self_attn.o_proj.weight": (width, width),
        "mlp.gate_proj.weight": (wide, width),
        "mlp.up_proj.weight": (wide, width),
        "mlp.down_proj.weight": (width, wide),
        "input_layernorm.weight": (width,),
        "post_attention_layernorm.weight": (width,),
    }
    ends = {
        "model.embed_tokens.weight": (vocabulary, width),
        "lm_head.weight": (vocabulary, width),
        "model.norm.weight": (width,),
    }
    return ends | {f"model.layers.{index}.{name}": shape for index in range(layers) for name, shape in block.items()}
