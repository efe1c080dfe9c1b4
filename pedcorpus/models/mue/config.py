"""What a mixture of universal-specific experts is made of; how it computes is in `layer`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peft import PeftConfig
from peft.utils import PeftType

__all__ = ["FEED_FORWARD", "MUE", "MueConfig", "add_peft_type"]

MUE = "MUE"
FEED_FORWARD = ("down_proj", "gate_proj", "up_proj")
"""The feed-forward linears of Llama-like models, Baichuan's included."""


def add_peft_type(name: str) -> None:
    """Adds `name` to PEFT's enum of methods, which `register_peft_method` only looks up."""
    if name in PeftType.__members__:
        return
    member = str.__new__(PeftType, name)
    member._name_, member._value_ = name, name
    PeftType._member_names_.append(name)
    PeftType._member_map_[name] = member
    PeftType._value2member_map_[name] = member
    type.__setattr__(PeftType, name, member)


add_peft_type(MUE)


@dataclass
class MueConfig(PeftConfig):
    """Settings of a mixture of universal-specific experts, saved as `adapter_config.json`."""

    r: int = 8
    """Rank of each expert."""
    lora_alpha: float = 16
    """Experts are scaled by `lora_alpha / r`."""
    num_experts: int = 3
    """Specific experts beside the universal one; 0 leaves plain LoRA."""
    lora_dropout: float = 0.0
    """Dropout on the experts' input while training; the router sees the input whole."""
    router_noise: bool = True
    """Noise on the router's logits while training; inference never draws any."""
    target_modules: list[str] | str | None = None
    """Names of linear layers, or one regular expression, or `all-linear`; none takes the feed-forward linears."""
    exclude_modules: list[str] | str | None = None
    layers_to_transform: list[int] | int | None = None
    """Indices of the layers that get experts; none takes all."""
    layers_pattern: list[str] | str | None = None
    modules_to_save: list[str] | None = None
    """Further modules to train whole and to save with the adapter."""

    def __post_init__(self) -> None:
        """Raises ValueError for sizes that make no experts."""
        super().__post_init__()  # type: ignore[no-untyped-call]  # peft's
        self.peft_type = getattr(PeftType, MUE)
        if self.r < 1:
            raise ValueError(f"r is {self.r}, expected at least 1")
        if self.num_experts < 0:
            raise ValueError(f"num_experts is {self.num_experts}, expected 0 or more")
        if not 0 <= self.lora_dropout < 1:
            raise ValueError(f"lora_dropout is {self.lora_dropout}, expected 0 to below 1")
        if self.target_modules is None:
            self.target_modules = list(FEED_FORWARD)

    def to_dict(self) -> dict[str, Any]:
        """Fields by name; names of modules are sorted, because PEFT keeps them in sets."""
        return {
            key: sorted(value) if isinstance(value, (set, frozenset)) else value
            for key, value in super().to_dict().items()
        }
