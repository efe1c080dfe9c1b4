"""TRL's preference trainer, with the chosen answers' loss in the log, and for models that carry experts.

Imports torch when called.
"""

from __future__ import annotations

from typing import Any

import torch
from trl.trainer.dpo_trainer import DPOTrainer

from pedcorpus.models.mue.reference import as_reference, without_router_noise

__all__ = ["PreferenceTrainer"]


class PreferenceTrainer(DPOTrainer):
    """DPOTrainer that logs `nll/chosen`, the mean negative log-likelihood of the chosen answers' tokens.

    Experts are asked without noise, so that model and reference agree before the first step.
    """

    def __init__(self, model: Any, *args: Any, **kwargs: Any) -> None:
        without_router_noise(model)
        with as_reference(model):
            super().__init__(model, *args, **kwargs)

    def compute_loss(self, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        seen: list[torch.Tensor] = []
        asked = self.accelerator.unwrap_model(model)
        hook = asked.register_forward_hook(lambda _module, _given, output: seen.append(output.log_probs.detach()))
        try:
            result = super().compute_loss(model, inputs, *args, **kwargs)  # type: ignore[no-untyped-call]  # TRL's
        finally:
            hook.remove()
        mean = self._chosen_nll(seen[0], inputs["completion_mask"])  # the model's; its reference is asked later
        self._metrics["train" if model.training else "eval"]["nll/chosen"].append(mean)
        return result

    def _chosen_nll(self, log_probs: torch.Tensor, completion_mask: torch.Tensor) -> float:
        mask = completion_mask[:, 1:].chunk(2)[0].bool()  # a batch is all chosen answers, then all rejected
        chosen = log_probs[:, -mask.shape[1] :].chunk(2)[0]
        told = torch.stack([-chosen[mask].double().sum(), mask.sum().double()])
        total, tokens = self.accelerator.reduce(told, "sum").tolist()
        return float(total / max(tokens, 1))
