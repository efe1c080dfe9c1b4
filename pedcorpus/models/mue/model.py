"""Puts experts on a model's linear layers, as PEFT's tuners do."""

from __future__ import annotations

from typing import NamedTuple

from peft import PeftConfig
from peft.tuners.tuners_utils import BaseTuner
from torch import nn

from pedcorpus.models.mue.config import MueConfig
from pedcorpus.models.mue.layer import MueLinear, refuse_merge

__all__ = ["MueModel", "TrainableShare", "trainable_share"]


class MueModel(BaseTuner):
    """A causal language model whose targeted linear layers carry universal and specific experts."""

    prefix: str = "mue_"
    tuner_layer_cls = MueLinear

    def _create_and_replace(
        self,
        peft_config: PeftConfig,
        adapter_name: str,
        target: nn.Module,
        target_name: str,
        parent: nn.Module,
        current_key: str,
        parameter_name: str | None = None,  # noqa: ARG002  # PEFT's signature
    ) -> None:
        assert isinstance(peft_config, MueConfig)  # PEFT pairs the two by their registration
        if isinstance(target, MueLinear):
            target.update_layer(adapter_name, peft_config)
            return
        if not isinstance(target, nn.Linear):
            raise TypeError(
                f"{current_key} is a {type(target).__name__}; MUE goes on torch.nn.Linear only, "
                "name other layers in target_modules"
            )
        layer = MueLinear(target, adapter_name, peft_config).train(target.training)
        if adapter_name not in self.active_adapters:
            layer.requires_grad_(False)  # one more adapter is not trained until it is made active
        self._replace_module(parent, target_name, layer, target)

    def _check_merge_allowed(self) -> None:
        refuse_merge()  # before any layer is touched


class TrainableShare(NamedTuple):
    """How much of a model an optimiser would change, counted in parameters."""

    trainable: int
    total: int

    @property
    def share(self) -> float:
        return self.trainable / self.total

    def __str__(self) -> str:
        return f"{self.trainable:,} of {self.total:,} parameters ({self.share:.2%})"


def trainable_share(model: nn.Module) -> TrainableShare:
    """Trainable and all parameters of `model`, adapters included; tied weights count once, those that DeepSpeed splits
    among processes, and leaves empty here, whole.
    """
    sizes = [(each.requires_grad, _size(each)) for each in model.parameters()]
    return TrainableShare(sum(size for trains, size in sizes if trains), sum(size for _, size in sizes))


def _size(weight: nn.Parameter) -> int:
    if type(weight).__name__ == "Params4bit":  # of bitsandbytes, which packs two of them in a byte
        return 2 * weight.element_size() * weight.numel()
    return int(getattr(weight, "ds_numel", weight.numel()))
