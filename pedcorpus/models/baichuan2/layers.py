"""The parts of a Baichuan2 block; tensors have the original's names. What is put around the blocks is in `modeling`."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.activations import ACT2FN
from transformers.cache_utils import Cache
from transformers.modeling_layers import GradientCheckpointingLayer
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

from pedcorpus.models.baichuan2.configuration import Baichuan2Config
from pedcorpus.models.baichuan2.positions import rotated, with_coordinates

__all__ = ["Baichuan2Attention", "Baichuan2Layer", "Baichuan2RMSNorm"]


class Baichuan2RMSNorm(nn.Module):
    """Vectors over the root of their mean square, computed in float32, times `weight`."""

    def __init__(self, hidden_size: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(hidden_size))
        self.epsilon = epsilon

    def forward(self, hidden: Tensor) -> Tensor:
        exact = hidden.float()
        exact = exact * torch.rsqrt(exact.square().mean(-1, keepdim=True) + self.epsilon)
        return self.weight * exact.to(hidden.dtype)


class Baichuan2MLP(nn.Module):
    """SwiGLU: Shazeer, GLU Variants Improve Transformer, arXiv 2002.05202."""

    def __init__(self, config: Baichuan2Config) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(config.hidden_size, config.intermediate_size, bias=False)
        self.up_proj = nn.Linear(config.hidden_size, config.intermediate_size, bias=False)
        self.down_proj = nn.Linear(config.intermediate_size, config.hidden_size, bias=False)
        self.act_fn = ACT2FN[config.hidden_act]

    def forward(self, hidden: Tensor) -> Tensor:
        out: Tensor = self.down_proj(self.act_fn(self.gate_proj(hidden)) * self.up_proj(hidden))
        return out


def eager_attention(
    module: nn.Module,  # noqa: ARG001  # transformers' signature
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    *,
    scaling: float,
    dropout: float = 0.0,  # noqa: ARG001  # the original has none
    **_: Any,
) -> tuple[Tensor, Tensor]:
    """Attention as its formula says; scores in float32, where ALiBi's bias of distant keys has room."""
    scores = query.float() @ key.float().transpose(2, 3) * scaling
    if attention_mask is not None:
        scores = scores + attention_mask
    weights = scores.softmax(-1).to(query.dtype)
    return (weights @ value).transpose(1, 2).contiguous(), weights


class Baichuan2Attention(nn.Module):
    """Causal self-attention with queries, keys and values from one linear layer."""

    is_causal = True

    def __init__(self, config: Baichuan2Config, layer_idx: int) -> None:
        super().__init__()
        self.config, self.layer_idx = config, layer_idx
        self.W_pack = nn.Linear(config.hidden_size, 3 * config.hidden_size, bias=False)
        self.o_proj = nn.Linear(config.hidden_size, config.hidden_size, bias=False)

    def forward(
        self,
        hidden: Tensor,
        *,
        position_embeddings: tuple[Tensor, Tensor],
        attention_mask: Tensor | None = None,
        past_key_values: Cache | None = None,
        **kwargs: Any,  # the attention function's
    ) -> tuple[Tensor, Tensor | None]:
        batch, length, _ = hidden.shape
        width = self.config.head_dim
        packed = self.W_pack(hidden).view(batch, length, 3, -1, width)
        query, key, value = (each.transpose(1, 2) for each in packed.unbind(2))  # (B, H, S, D) each
        first, second = position_embeddings
        if self.config.is_alibi:
            query, key = with_coordinates(query, first), with_coordinates(key, second)
            value = F.pad(value, (0, key.shape[-1] - width))  # the fast kernels want all as wide
        else:
            query, key = rotated(query, first, second), rotated(key, first, second)
        if past_key_values is not None:
            key, value = past_key_values.update(key, value, self.layer_idx)
        attend = ALL_ATTENTION_FUNCTIONS.get_interface(self.config._attn_implementation, eager_attention)
        out, weights = attend(self, query, key, value, attention_mask, scaling=width**-0.5, dropout=0.0, **kwargs)
        return self.o_proj(out[..., :width].reshape(batch, length, -1)), weights


class Baichuan2Layer(GradientCheckpointingLayer):
    """One block: attention, then the feed-forward network, each on normalised states and added to what came in."""

    def __init__(self, config: Baichuan2Config, layer_idx: int) -> None:
        super().__init__()
        self.self_attn = Baichuan2Attention(config, layer_idx)
        self.mlp = Baichuan2MLP(config)
        self.input_layernorm = Baichuan2RMSNorm(config.hidden_size, config.rms_norm_eps)
        self.post_attention_layernorm = Baichuan2RMSNorm(config.hidden_size, config.rms_norm_eps)

    def forward(self, hidden: Tensor, **kwargs: Any) -> Tensor:
        hidden = hidden + self.self_attn(self.input_layernorm(hidden), **kwargs)[0]
        out: Tensor = hidden + self.mlp(self.post_attention_layernorm(hidden))
        return out
