"""One linear layer with a universal expert, gated specific experts and the router between them.

    h = W0 x + (alpha / r) [ B_0 A_0 x + sum_{i=1..E} g_i(x) B_i A_i x ]
    g(x) = softmax(W_g x + eps * softplus(W_n x)),  eps ~ N(0, I) while training, 0 otherwise

The sum over experts is two matrix products: all A stacked, each block of R rows scaled by its gate, all B side by
side. Axes, as suffixes of names: T tokens (any number of axes), I and O features in and out, E specific experts,
R rank, M = (E + 1) · R rows of all experts together.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from peft.tuners.tuners_utils import BaseTunerLayer
from torch import Tensor, nn

from pedcorpus.models.mue.config import MueConfig

__all__ = ["MueLinear", "gates", "mixed_experts"]


def gates(x_TI: Tensor, router_EI: Tensor, noise_EI: Tensor | None) -> Tensor:
    """Weights of the specific experts, (T, E) in float32, each row summing to 1; without W_n no noise is drawn."""
    with torch.autocast(x_TI.device.type, enabled=False):  # half precision would drown the small gates
        x_TI = x_TI.float()
        logits_TE = F.linear(x_TI, router_EI.float())
        if noise_EI is not None:
            logits_TE = logits_TE + torch.randn_like(logits_TE) * F.softplus(F.linear(x_TI, noise_EI.float()))
        return logits_TE.softmax(dim=-1)


def mixed_experts(x_TI: Tensor, a_MI: Tensor, b_OM: Tensor, gates_TE: Tensor | None) -> Tensor:
    """The universal expert's answer plus the specific ones' as gated, (T, O); no gates: the universal one alone."""
    hidden_TM = F.linear(x_TI, a_MI)
    if gates_TE is not None:
        all_gates = F.pad(gates_TE, (1, 0), value=1.0).to(hidden_TM.dtype)  # (T, E + 1)
        blocks = hidden_TM.reshape(*all_gates.shape, -1)  # (T, E + 1, R)
        hidden_TM = (blocks * all_gates.unsqueeze(-1)).flatten(-2)
    return F.linear(hidden_TM, b_OM)


class MueLinear(nn.Module, BaseTunerLayer):
    """A frozen linear layer and, by adapter name, its experts and router."""

    adapter_layer_names: tuple[str, ...] = ("mue_A", "mue_B", "mue_router", "mue_noise")
    other_param_names: tuple[str, ...] = ("mue_scaling", "mue_dropout")

    def __init__(self, base_layer: nn.Linear, adapter_name: str, config: MueConfig) -> None:
        super().__init__()
        self.base_layer = base_layer
        self.in_features: int = base_layer.in_features
        self.out_features: int = base_layer.out_features
        self.mue_A, self.mue_B = nn.ParameterDict(), nn.ParameterDict()
        self.mue_router, self.mue_noise = nn.ParameterDict(), nn.ParameterDict()
        self.mue_dropout = nn.ModuleDict()
        self.mue_scaling: dict[str, float] = {}
        self._disable_adapters = False
        self.merged_adapters: list[str] = []  # PEFT asks for it; it stays empty
        self.on_gates: Callable[[Tensor], None] | None = None
        """Told the gates of all tokens, (T, E), while somebody watches."""
        self._active_adapter: str | list[str] = adapter_name
        self.update_layer(adapter_name, config)

    def update_layer(self, adapter_name: str, config: MueConfig) -> None:
        """Adds one adapter's experts: A Kaiming-uniform, B zero, so that training starts from the base model."""
        rows = (config.num_experts + 1) * config.r
        self.mue_A[adapter_name] = _kaiming(rows, self.in_features)
        self.mue_B[adapter_name] = nn.Parameter(torch.zeros(self.out_features, rows))
        if config.num_experts:
            self.mue_router[adapter_name] = _kaiming(config.num_experts, self.in_features)
            if config.router_noise:
                self.mue_noise[adapter_name] = nn.Parameter(torch.zeros(config.num_experts, self.in_features))
        self.mue_dropout[adapter_name] = nn.Dropout(config.lora_dropout).train(self.training)
        self.mue_scaling[adapter_name] = config.lora_alpha / config.r
        self._move_adapter_to_device_of_base_layer(adapter_name)
        for routing in (self.mue_router, self.mue_noise):  # experts take the base layer's precision, the router not
            if adapter_name in routing:
                routing[adapter_name] = routing[adapter_name].float()
        self.set_adapter(self.active_adapters, inference_mode=config.inference_mode)

    def forward(self, x: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        result: Tensor = self.base_layer(x, *args, **kwargs)
        if self.disable_adapters:
            return result
        for name in self.active_adapters:
            if name in self.mue_A:
                result = result + self._experts(x, name).to(result.dtype)
        return result

    def _experts(self, x: Tensor, name: str) -> Tensor:
        x = x.to(self.mue_A[name].dtype)
        weights = None
        if name in self.mue_router:
            noise = self.mue_noise[name] if self.training and name in self.mue_noise else None
            weights = gates(x, self.mue_router[name], noise)
            if self.on_gates is not None:
                self.on_gates(weights)
        dropped = self.mue_dropout[name](x)
        return mixed_experts(dropped, self.mue_A[name], self.mue_B[name], weights) * self.mue_scaling[name]

    def merge(self, safe_merge: bool = False, adapter_names: list[str] | None = None) -> None:  # noqa: ARG002  # PEFT's
        """Always raises ValueError."""
        refuse_merge()

    def unmerge(self) -> None:
        """Does nothing, as nothing is ever merged."""


def refuse_merge() -> None:
    """Raises ValueError, saying why experts cannot become part of the base weights."""
    raise ValueError(
        "a MUE adapter cannot be merged: its gates differ from token to token, so no single weight matrix equals it; "
        "load it on its base model instead"
    )


def _kaiming(rows: int, columns: int) -> nn.Parameter:
    weight = nn.Parameter(torch.empty(rows, columns))
    nn.init.kaiming_uniform_(weight, a=math.sqrt(5))
    return weight
