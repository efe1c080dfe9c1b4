"""How much memory a phase takes on each device, by arithmetic on the model's shape: an estimate.

    weights      P · w                 P parameters of w bytes each, as `model_init_kwargs.dtype` says
    casts        P · 2                 where float32 weights are computed with in 16 bits
    gradients    T · w                 T parameters that are trained
    optimiser    T · o                 o: two numbers of the weights' kind for Adam, 2 bytes in 8 bits, 0 for SGD
    activations  B · S · (L · h + b)   checkpointed: each of L blocks' input, and what one block keeps
                 B · S · L · b         else; b = 6h + 2k + q + 4i values of a block: h its width, k that of keys, q of
                                       queries, i of the feed-forward network; B sequences of S tokens
    scores       B · S² · heads        with eager attention only; sdpa and flash attention keep none

Split among N processes (FSDP, ZeRO-3), weights, gradients and optimiser are divided by N, and casts are of one block at
a time. Linear layers quantised to 4 or 8 bits have w of 0.5 or 1. DeepSpeed keeps 2 + 2 + 12 bytes a parameter:
Rajbhandari et al., ZeRO, 2020, section 3.1. The values that a block keeps are counted on Llama's as Korthikanti et al.,
Reducing Activation Recomputation in Large Transformer Models, 2022, section 4.1, count them on GPT's. What is left out:
the framework itself, fragments, and the logits, which TRL computes piece by piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pedcorpus.models.model_folder import ModelShape
from pedcorpus.training.plan import PlannedPhase
from pedcorpus.training.quantised import quantised_bytes

__all__ = ["Memory", "memory_of", "trained_parameters"]

_BYTES = {"float32": 4, "float16": 2, "bfloat16": 2}
_FEED_FORWARD = ("gate_proj", "up_proj", "down_proj")


@dataclass(frozen=True)
class Memory:
    """Bytes on each device."""

    weights: int
    casts: int
    gradients: int
    optimiser: int
    activations: int

    @property
    def total(self) -> int:
        """All at once, as at the end of a forward pass after the first step."""
        return self.weights + self.casts + self.gradients + self.optimiser + self.activations


def trained_parameters(planned: PlannedPhase, shape: ModelShape) -> int:
    """Parameters that a phase trains: all, or those of experts and routers."""
    if not planned.phase.adapter:
        return shape.parameters
    mue = planned.recipe.mue
    named = mue.get("target_modules") or _FEED_FORWARD
    targets = [pair for name, pair in shape.linears.items() if named == "all-linear" or name in named]
    experts = int(mue.get("num_experts", 3))
    routers = experts * (2 if mue.get("router_noise", True) else 1)
    rank = int(mue.get("r", 8)) * (experts + 1)
    return shape.layers * sum(rank * (inputs + outputs) + routers * inputs for inputs, outputs in targets)


def memory_of(planned: PlannedPhase, shape: ModelShape, *, processes: int) -> Memory:
    """What each of `processes` devices holds."""
    trainer = planned.recipe.trainer
    trained = trained_parameters(planned, shape)
    whole = shape.parameters + (trained if planned.phase.adapter else 0)
    share = processes if trainer.get("fsdp") or trainer.get("deepspeed") else 1
    size = _BYTES.get(str((trainer.get("model_init_kwargs") or {}).get("dtype", "float32")), 4)
    activations = _activations(planned, shape)
    if trainer.get("deepspeed") and trainer.get("bf16"):
        return Memory(2 * whole // share, 0, 2 * trained // share, 12 * trained // share, activations)
    half = bool(trainer.get("bf16") or trainer.get("fp16"))
    casts = 2 * whole // (shape.layers if share > 1 else 1) if half and size == 4 else 0
    copies = 2 if _asks_a_second_model(planned) else 1
    return Memory(
        weights=(copies * size * whole - _saved_by_quantising(planned, shape, size)) // share,
        casts=casts,
        gradients=size * trained // share,
        optimiser=int(_optimiser_bytes(str(trainer.get("optim", "adamw")), size) * trained) // share,
        activations=activations,
    )


def _saved_by_quantising(planned: PlannedPhase, shape: ModelShape, size: int) -> int:
    """Bytes that the linear layers' weights do without."""
    each = quantised_bytes(planned.recipe.trainer)
    linears = shape.layers * sum(inputs * outputs for inputs, outputs in shape.linears.values())
    return int(linears * (size - each)) if each else 0


def _asks_a_second_model(planned: PlannedPhase) -> bool:
    return planned.phase.config == "DPOConfig" and not planned.recipe.trainer.get("precompute_ref_log_probs")


def _optimiser_bytes(name: str, size: int) -> int:
    if "8bit" in name:
        return 2
    if "sgd" in name or "adafactor" in name:  # Adafactor keeps rows and columns only
        return 0
    return 2 * size


def _activations(planned: PlannedPhase, shape: ModelShape) -> int:
    trainer: dict[str, Any] = planned.recipe.trainer
    sequences = int(trainer.get("per_device_train_batch_size", 8)) * (2 if planned.phase.config == "DPOConfig" else 1)
    length = int(trainer.get("max_length") or shape.max_positions or 1024)
    size = 2 if trainer.get("bf16") or trainer.get("fp16") else 4
    block = 6 * shape.hidden_size + 2 * shape.kv_size + shape.q_size + 4 * shape.intermediate_size
    if (trainer.get("model_init_kwargs") or {}).get("attn_implementation") == "eager":
        block += 2 * length * shape.heads
    fsdp = trainer.get("fsdp_config") or {}
    checkpointed = trainer.get("activation_checkpointing", True) or fsdp.get("activation_checkpointing")
    kept = shape.layers * shape.hidden_size + block if checkpointed else shape.layers * block
    return sequences * length * size * kept
