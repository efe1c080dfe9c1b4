"""Two ways to write the experts of a layer: names and shapes of their tensors, told from an adapter's header alone.

The published one is of a fork of PEFT's LoRA; its `lora_nums` counts the universal expert, too. In letters: E specific
experts, I and O features in and out, R rank.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pedcorpus.errors import UsageError

__all__ = ["MUE_LAYOUT", "PUBLISHED_LAYOUT", "ExpertSizes", "Layout", "layout_of_adapter", "read_adapter_config"]

Shape = tuple[int, ...]


@dataclass(frozen=True)
class ExpertSizes:
    """Sizes of one layer's experts."""

    experts: int
    """The specific ones."""
    rank: int
    inputs: int
    outputs: int


@dataclass(frozen=True)
class Layout:
    """How one of the two writes a layer."""

    name: str
    parts: Mapping[str, str]
    """What stands after a layer's name, by part: `A`, `B`, `router`, `noise`."""
    shapes: Callable[[ExpertSizes], dict[str, Shape]]
    """Of the parts, by sizes."""
    widths: Callable[[Shape, Shape], tuple[int, int]]
    """Features in and out, by the shapes of `A` and `B`."""


def _published(sizes: ExpertSizes) -> dict[str, Shape]:
    return {
        "A": (sizes.experts + 1, sizes.inputs, sizes.rank),
        "B": (sizes.experts + 1, sizes.rank, sizes.outputs),
        "router": (sizes.experts, sizes.inputs),
        "noise": (sizes.inputs, sizes.experts),
    }


def _mue(sizes: ExpertSizes) -> dict[str, Shape]:
    rows = (sizes.experts + 1) * sizes.rank
    return {
        "A": (rows, sizes.inputs),
        "B": (sizes.outputs, rows),
        "router": (sizes.experts, sizes.inputs),
        "noise": (sizes.experts, sizes.inputs),
    }


PUBLISHED_LAYOUT = Layout(
    "published",
    {"A": "lora_moe_A", "B": "lora_moe_B", "router": "lora_route.weight", "noise": "w_noise"},
    _published,
    lambda a, b: (a[1], b[-1]),
)
MUE_LAYOUT = Layout(
    "mue",
    {"A": "mue_A", "B": "mue_B", "router": "mue_router", "noise": "mue_noise"},
    _mue,
    lambda a, b: (a[-1], b[0]),
)


def read_adapter_config(folder: Path) -> dict[str, Any]:
    """What adapter_config.json holds.

    Raises:
        UsageError: it is not there, or no JSON object.
    """
    path = folder / "adapter_config.json"
    try:
        config = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise UsageError(f"{folder}: there is no adapter_config.json; expected a saved adapter") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(config, dict):
        raise UsageError(f"{path}: holds no JSON object")
    return config


def layout_of_adapter(config: Mapping[str, Any]) -> Layout | None:
    """The layout of the adapter with this configuration; none where it is another method's."""
    if config.get("peft_type") == "MUE":
        return MUE_LAYOUT
    return PUBLISHED_LAYOUT if "lora_nums" in config else None
