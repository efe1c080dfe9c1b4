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

__all__ = ["MueLinear", "gated", "gates"]


def gates(x_TI: Tensor, router_EI: Tensor, noise_EI: Tensor | None) -> Tensor:
    """Weights of the specific experts, (T, E) in float32, each row summing to 1; without W_n no noise is drawn."""
    with torch.autocast(x_TI.device.type, enabled=False):  # half precision would drown the small gates
        x_TI = x_TI.float()
        logits_TE = F.linear(x_TI, router_EI.float())
        return _shares(logits_TE, None if noise_EI is None else F.linear(x_TI, noise_EI.float()))


def _shares(logits_TE: Tensor, spread_TE: Tensor | None = None) -> Tensor:
    if spread_TE is not None:
        logits_TE = logits_TE + torch.randn_like(logits_TE) * F.softplus(spread_TE)
    return logits_TE.softmax(dim=-1)


def gated(hidden_TM: Tensor, gates_TE: Tensor, scaling: float) -> Tensor:
    """Each expert's R columns times its gate, the universal one's times 1, and all times `scaling`, (T, M)."""
    all_gates = F.pad(gates_TE * scaling, (1, 0), value=scaling).to(hidden_TM.dtype)  # (T, E + 1)
    blocks = hidden_TM.reshape(*all_gates.shape, -1)  # (T, E + 1, R)
    return (blocks * all_gates.unsqueeze(-1)).flatten(-2)


def _plus_product(result_TO: Tensor, hidden_TM: Tensor, b_OM: Tensor) -> Tensor:
    """The base layer's answer plus hidden · Bᵀ; in one step where all have one precision, without a (T, O) between."""
    is_one_step = result_TO.dtype == hidden_TM.dtype == b_OM.dtype and result_TO.dim() > 1
    if not is_one_step or torch.is_autocast_enabled(result_TO.device.type):
        return result_TO + F.linear(hidden_TM, b_OM).to(result_TO.dtype)
    return torch.addmm(result_TO.flatten(0, -2), hidden_TM.flatten(0, -2), b_OM.t()).view_as(result_TO)


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
                result = self._with_experts(result, x, name)
        return result

    def _with_experts(self, result: Tensor, x: Tensor, name: str) -> Tensor:
        a, b, scaling = self.mue_A[name], self.mue_B[name], self.mue_scaling[name]
        x = x.to(a.dtype)
        dropout = self.mue_dropout[name]
        dropped = dropout(x) if dropout.training and dropout.p else x
        if name not in self.mue_router:  # to the last digit what LoRA does
            return result + (F.linear(F.linear(dropped, a), b) * scaling).to(result.dtype)
        hidden, weights = self._hidden_and_gates(x, dropped, name)
        if self.on_gates is not None:
            self.on_gates(weights)
        return _plus_product(result, gated(hidden, weights, scaling), b)

    def _hidden_and_gates(self, x: Tensor, dropped: Tensor, name: str) -> tuple[Tensor, Tensor]:
        """A x and the gates; in training in float32 by one product for A, W_g and W_n, since thin ones are slow."""
        a, router = self.mue_A[name], self.mue_router[name]
        noise = self.mue_noise[name] if self.training and name in self.mue_noise else None
        is_one_kind = dropped is x and a.dtype == router.dtype and not torch.is_autocast_enabled(x.device.type)
        if not (is_one_kind and torch.is_grad_enabled()):
            return F.linear(dropped, a), gates(x, router, noise)
        parts = [a, router] if noise is None else [a, router, noise]
        hidden, *routed = torch.split(F.linear(x, torch.cat(parts)), [len(part) for part in parts], dim=-1)
        return hidden, _shares(*routed)

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
