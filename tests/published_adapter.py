"""An adapter in the layout that PediatricsGPT was published with, and what its layer computes, said again plainly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

EXPERTS, RANK, ALPHA = 3, 2, 4  # specific experts; the universal one comes on top


def write_published(folder: Path, model: Any, *, targets: tuple[str, ...], **settings: Any) -> dict[str, Any]:
    """Random experts for the linear layers of `model` so named, as the fork of PEFT saves them; the tensors."""
    import torch
    from safetensors.torch import save_file

    generator = torch.Generator().manual_seed(0)

    def drawn(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator) * 0.3

    tensors = {}
    for name, layer in model.named_modules():
        if name.endswith(targets):
            inputs, outputs = layer.in_features, layer.out_features
            prefix = f"base_model.model.{name}"
            tensors[f"{prefix}.lora_moe_A"] = drawn(EXPERTS + 1, inputs, RANK)
            tensors[f"{prefix}.lora_moe_B"] = drawn(EXPERTS + 1, RANK, outputs)
            tensors[f"{prefix}.lora_route.weight"] = drawn(EXPERTS, inputs)
            tensors[f"{prefix}.w_noise"] = drawn(inputs, EXPERTS)
    folder.mkdir()
    save_file(tensors, folder / "adapter_model.safetensors")
    config = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "lora_nums": EXPERTS + 1, "r": RANK, "lora_alpha": ALPHA}
    config |= {"target_modules": sorted(targets), "lora_dropout": 0.05, "base_model_name_or_path": "a/base"}
    (folder / "adapter_config.json").write_text(json.dumps({**config, **settings}))
    return tensors


def restated(x: Any, parts: dict[str, Any], *, gate_dtype: Any = None) -> Any:
    """What is added to a linear layer's output for its input `x` (B, S, I): expert by expert, without noise."""
    import torch

    gates = torch.softmax(x @ parts["lora_route.weight"].T, dim=-1, dtype=gate_dtype).to(x.dtype)  # (B, S, E)
    total = (x @ parts["lora_moe_A"][0]) @ parts["lora_moe_B"][0]
    for expert in range(1, EXPERTS + 1):
        answer = (x @ parts["lora_moe_A"][expert]) @ parts["lora_moe_B"][expert]
        total = total + gates[..., expert - 1 : expert] * answer
    return total * ALPHA / RANK


@contextmanager
def with_restated(model: Any, tensors: dict[str, Any], **how: Any) -> Iterator[None]:
    """`model` answers with the published experts until the block ends."""
    hooks = []
    for name, layer in model.named_modules():
        prefix = f"base_model.model.{name}."
        parts = {key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)}
        if "w_noise" in parts:
            add = lambda _layer, given, output, parts=parts: output + restated(given[0], parts, **how)  # noqa: E731
            hooks.append(layer.register_forward_hook(add))
    yield
    for hook in hooks:
        hook.remove()
