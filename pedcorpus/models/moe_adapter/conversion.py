"""An adapter's folder made into one of the other layout: checked by headers, read, turned over, written whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pedcorpus.errors import MissingExtra, UsageError
from pedcorpus.models.checkpoints import adapter_weights, header_of
from pedcorpus.models.moe_adapter.checks import Told, checked_layers
from pedcorpus.models.moe_adapter.configs import experts_of, mue_config, published_config
from pedcorpus.models.moe_adapter.layouts import (
    MUE_LAYOUT,
    PUBLISHED_LAYOUT,
    Layout,
    layout_of_adapter,
    read_adapter_config,
)

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["ConvertedAdapter", "convert_adapter"]


@dataclass(frozen=True)
class ConvertedAdapter:
    """An adapter that was written."""

    folder: Path
    layout: str
    layers: int
    """Linear layers with experts."""
    experts: int
    """Specific ones, beside the universal one."""
    rank: int


def convert_adapter(source: Path, target: Path, *, to: str | None = None) -> ConvertedAdapter:
    """Writes the adapter in `source` as `target`, in the other layout.

    Args:
        source: folder of an adapter, published or this project's.
        target: a folder that does not exist yet.
        to: `mue` or `published`; none takes the one that it is not.

    Raises:
        UsageError: `source` is not sound, of another method, or in that layout already; `target` exists.
        MissingExtra: torch is not installed.
    """
    config, path = read_adapter_config(source), source / "adapter_config.json"
    layout = layout_of_adapter(config)
    if layout is None:
        raise UsageError(f"{path}: is an adapter of {config.get('peft_type')}; expected lora_nums, or peft_type MUE")
    other = _other(layout)
    if to is not None and to != other.name:
        raise UsageError(f"{source}: is in the {layout.name} layout already; leave --to out, or ask for {other.name}")
    if target.exists():
        raise UsageError(f"{target}: exists; name a new folder")
    layers, experts = _layers(source, config, layout), experts_of(path, config)
    if other is MUE_LAYOUT:
        made = mue_config(path, config, noise=any("noise" in names for names in layers.values()))
    else:
        made = published_config(path, config)
    if find_spec("torch") is None or find_spec("safetensors") is None:
        raise MissingExtra("converting an adapter", "train")
    _write(target, made, _turned_over(adapter_weights(source), layers, layout, experts))
    return ConvertedAdapter(target, other.name, len(layers), experts, int(config["r"]))


def _other(layout: Layout) -> Layout:
    return PUBLISHED_LAYOUT if layout is MUE_LAYOUT else MUE_LAYOUT


def _layers(source: Path, config: Mapping[str, Any], layout: Layout) -> Mapping[str, Mapping[str, str]]:
    """The names of the tensors of each layer, which are all there."""
    weights, blocks, targets = adapter_weights(source), config.get("layers_to_transform"), config.get("target_modules")
    told = Told(
        experts=experts_of(source / "adapter_config.json", config),
        rank=int(config["r"]),
        blocks=(blocks,) if isinstance(blocks, int) else None if blocks is None else tuple(blocks),
        targets=tuple(targets) if isinstance(targets, list) else None,
    )
    return checked_layers(weights, header_of(weights), layout, told)


def _turned_over(
    weights: Path, layers: Mapping[str, Mapping[str, str]], layout: Layout, experts: int
) -> dict[str, Tensor]:
    from pedcorpus.models.checkpoints.reading import read_tensors
    from pedcorpus.models.moe_adapter.tensors import as_mue, as_published

    tensors = read_tensors(weights)
    other = _other(layout)
    made: dict[str, Tensor] = {}
    for layer, names in layers.items():
        parts = {part: tensors[name] for part, name in names.items()}
        turned = as_mue(parts) if other is MUE_LAYOUT else as_published(parts, experts=experts)
        made |= {f"{layer}.{other.parts[part]}": tensor for part, tensor in turned.items()}
    return made


def _write(target: Path, config: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> None:
    from safetensors.torch import save_file

    draft = target.with_name(f".{target.name}")
    shutil.rmtree(draft, ignore_errors=True)  # of a conversion that was interrupted
    draft.mkdir(parents=True)
    save_file(dict(tensors), draft / "adapter_model.safetensors", metadata={"format": "pt"})
    text = json.dumps(config, ensure_ascii=False, indent=2, sort_keys=True)
    (draft / "adapter_config.json").write_text(f"{text}\n", encoding="utf-8")
    draft.rename(target)
