"""adapter_config.json of the two layouts, each from the other; what one of them cannot say is refused."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pedcorpus.errors import UsageError

__all__ = ["experts_of", "mue_config", "published_config"]

Config = Mapping[str, Any]  # JSON's values

_SHARED = (
    "base_model_name_or_path",
    "inference_mode",
    "layers_pattern",
    "layers_to_transform",
    "lora_alpha",
    "lora_dropout",
    "r",
    "revision",
    "target_modules",
    "task_type",
)
"""What both say with the same words."""

_ONLY_PUBLISHED: Config = {
    "alpha_pattern": {},
    "bias": "none",
    "fan_in_fan_out": False,
    "modules_to_save": None,
    "rank_pattern": {},
    "use_dora": False,
}
"""What a mixture of experts here cannot say, with the values that say nothing."""

_ONLY_MUE: Config = {"exclude_modules": None, "modules_to_save": None}

_FORK: Config = {
    "auto_mapping": None,
    "init_lora_weights": True,
    "loftq_config": {},
    "megatron_config": None,
    "megatron_core": "megatron.core",
    "use_rslora": False,
}
"""Further keys that the fork writes; its defaults."""


def experts_of(path: Path, config: Config) -> int:
    """How many specific experts a configuration of either layout tells of.

    Raises:
        UsageError: none; or it does not give all that a layer is made of.
    """
    key, universal = ("lora_nums", 1) if "lora_nums" in config else ("num_experts", 0)
    for name, kinds, expected in (
        (key, int, "a whole number"),
        ("r", int, "a whole number"),
        ("lora_alpha", (int, float), "a number"),
        ("target_modules", (list, str), "names of linear layers"),
    ):
        if not isinstance(config.get(name), kinds):
            raise UsageError(f"{path}: {name} is {config.get(name)!r}, expected {expected}")
    experts = int(config[key]) - universal
    if experts < 1:
        raise UsageError(f"{path}: {key} is {config[key]}: it has no specific experts; PEFT's own LoRA is for that")
    return experts


def mue_config(path: Path, config: Config, *, noise: bool) -> dict[str, Any]:
    """This project's, of the published one.

    Raises:
        UsageError: it says something that a mixture of experts here cannot be told.
    """
    _refuse(path, config, _ONLY_PUBLISHED)
    made = {key: config[key] for key in _SHARED if key in config}
    if config.get("use_rslora"):
        made["lora_alpha"] = config["lora_alpha"] * math.sqrt(config["r"])  # alpha / sqrt(r) is this by r
    return {**made, **_ONLY_MUE, "peft_type": "MUE", "num_experts": experts_of(path, config), "router_noise": noise}


def published_config(path: Path, config: Config) -> dict[str, Any]:
    """The published one, of this project's.

    Raises:
        UsageError: it says something that the published layout cannot be told.
    """
    _refuse(path, config, _ONLY_MUE)
    shared = {key: config[key] for key in _SHARED if key in config}
    return {**shared, **_ONLY_PUBLISHED, **_FORK, "peft_type": "LORA", "lora_nums": experts_of(path, config) + 1}


def _refuse(path: Path, config: Config, silent: Config) -> None:
    for key, nothing in silent.items():
        value = config.get(key, nothing)
        if value != nothing and value:
            raise UsageError(f"{path}: {key} is {value!r}, which the other layout has no way to say")
