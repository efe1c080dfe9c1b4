"""Experts under a preference loss: the reference is the same adapter as it was, and neither side draws noise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from torch import nn

from pedcorpus.models.mue.layer import MueLinear

__all__ = ["as_reference", "without_router_noise"]


def without_router_noise(model: nn.Module) -> None:
    """Routers of `model` draw no noise from now on, whatever mode it is put in; dropout stays as it is."""
    for layer in _layers(model):
        layer.register_forward_pre_hook(_be_quiet)


def _be_quiet(layer: nn.Module, _given: Any) -> None:
    layer.training = False  # of the layer itself only, where it stands for the noise


@contextmanager
def as_reference(model: Any) -> Iterator[None]:  # a model with adapters, or any other
    """Adapters that are added until the block ends are copies of `default`.

    TRL adds its reference, and copies into it what has `.default.` in its name; parameters of experts end in it.
    """
    layers = list(_layers(model))
    if not layers:
        yield
        return
    add = model.add_adapter

    def add_copy(name: str, *args: Any, **kwargs: Any) -> None:
        add(name, *args, **kwargs)
        for layer in layers:
            _copy_experts(layer, name)

    model.add_adapter = add_copy
    try:
        yield
    finally:
        del model.add_adapter


def _copy_experts(layer: MueLinear, name: str) -> None:
    for weights in (layer.mue_A, layer.mue_B, layer.mue_router, layer.mue_noise):
        if name in weights:
            weights[name].data.copy_(weights["default"].data)


def _layers(model: nn.Module) -> Iterator[MueLinear]:
    return (module for module in model.modules() if isinstance(module, MueLinear))
