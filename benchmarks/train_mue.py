"""What a mixture of experts costs beside plain LoRA of the same total rank, and beside experts computed one by one.

All stand on the same model and take the same tokens in turn, step about, so that a noisy machine disturbs them alike;
what is told are ratios of medians. Experts by einsum are the public layer's mathematics with all experts as one tensor
of three axes; beside them stand one block's feed-forward linears alone, and whole models, where attention and head cost
both the same: there plain LoRA's ratio is about as far as experts can get. Run as:

    python -m benchmarks.train_mue [--device cuda --dtype bfloat16 --shape 7b]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

import torch
import torch.nn.functional as F  # noqa: N812
from peft import LoraConfig, get_peft_model
from torch import Tensor, nn
from transformers import LlamaConfig, LlamaForCausalLM

from benchmarks.figures import Figure, report
from pedcorpus.models.mue import MueConfig, MueLinear

_EXPERTS, _RANK = 4, 8
_TARGETS = ["gate_proj", "up_proj", "down_proj"]
_SHAPES = {
    "small": {"hidden_size": 512, "intermediate_size": 1376, "num_hidden_layers": 4, "num_attention_heads": 8},
    "7b": {"hidden_size": 4096, "intermediate_size": 11008, "num_hidden_layers": 32, "num_attention_heads": 32},
}


class EinsumExperts(nn.Module):
    """The layer of `MueLinear`, expert by expert: A and B with an axis for experts, gates summed over it."""

    def __init__(self, fused: MueLinear) -> None:
        super().__init__()
        a, b = fused.mue_A["default"].data, fused.mue_B["default"].data
        self.base, self.scaling = fused.base_layer, fused.mue_scaling["default"]
        self.a = nn.Parameter(a.clone().view(_EXPERTS + 1, _RANK, -1))
        self.b = nn.Parameter(b.clone().view(-1, _EXPERTS + 1, _RANK).transpose(0, 1).contiguous())
        self.router = nn.Parameter(fused.mue_router["default"].data.clone())
        self.noise = nn.Parameter(fused.mue_noise["default"].data.clone())

    def forward(self, x: Tensor) -> Tensor:
        x_f = x.float()
        logits = F.linear(x_f, self.router)
        if self.training:
            logits = logits + torch.randn_like(logits) * F.softplus(F.linear(x_f, self.noise))
        gates = F.pad(logits.softmax(-1), (1, 0), value=1.0).to(x.dtype)
        hidden = torch.einsum("...i,eri->...er", x, self.a)
        each = torch.einsum("...er,eor->...eo", hidden, self.b)
        return self.base(x) + torch.einsum("...eo,...e->...o", each, gates) * self.scaling


def base(shape: str, device: str, dtype: torch.dtype) -> LlamaForCausalLM:
    """A Llama of random weights, always the same."""
    torch.manual_seed(0)
    config = LlamaConfig(vocab_size=4096 if shape == "small" else 32000, use_cache=False, **_SHAPES[shape])
    with torch.device(device):
        return LlamaForCausalLM(config).to(dtype)


def with_mue(model: LlamaForCausalLM) -> nn.Module:
    """`model` with 4 + 1 experts of rank 8 on the feed-forward linears, and something in B to compute with."""
    torch.manual_seed(1)
    adapted = get_peft_model(
        model, MueConfig(task_type="CAUSAL_LM", r=_RANK, num_experts=_EXPERTS, target_modules=_TARGETS)
    )
    for name, weight in adapted.named_parameters():
        if "mue_B" in name:
            nn.init.normal_(weight, std=0.02)
    return adapted


def with_einsum(adapted: nn.Module) -> nn.Module:
    """The mixture with every layer computed by einsum, its experts' weights copied; the base is shared."""
    for name, layer in list(adapted.named_modules()):
        if isinstance(layer, MueLinear):
            parent, _, own = name.rpartition(".")
            setattr(adapted.get_submodule(parent), own, EinsumExperts(layer))
    return adapted


def with_lora(model: LlamaForCausalLM) -> nn.Module:
    """`model` with plain LoRA of the experts' total rank."""
    rank = _RANK * (_EXPERTS + 1)
    return get_peft_model(
        model, LoraConfig(task_type="CAUSAL_LM", r=rank, lora_alpha=2 * rank, target_modules=_TARGETS)
    )


def _clock(device: str) -> Callable[[], float]:
    if device != "cuda":
        return time.process_time

    def synchronised() -> float:
        torch.cuda.synchronize()
        return time.perf_counter()

    return synchronised


def taken(models: dict[str, nn.Module], tokens: Tensor, *, training: bool, times: int) -> dict[str, float]:
    """Median seconds of one step of each, in turn."""
    clock = _clock(tokens.device.type)
    seconds: dict[str, list[float]] = {name: [] for name in models}
    for model in models.values():
        model.train(training)
    for turn in range(times + 2):
        for name, model in models.items():
            began = clock()
            _step(model, tokens, training=training)
            if turn >= 2:  # the first ones warm up
                seconds[name].append(clock() - began)
    return {name: median(each) for name, each in seconds.items()}


def _step(model: nn.Module, tokens: Tensor, *, training: bool) -> None:
    if not training:
        with torch.no_grad():
            model(input_ids=tokens)
        return
    model(input_ids=tokens, labels=tokens).loss.backward()
    for weight in model.parameters():
        weight.grad = None


def figures(device: str, dtype: torch.dtype, shape: str, times: int) -> Iterator[Figure]:
    """Ratios of speed, and how far outputs differ."""
    torch.manual_seed(2)
    tokens = torch.randint(0, 4096, (4, 256), device=device)
    models = {
        "mue": with_mue(base(shape, device, dtype)),
        "einsum": with_einsum(with_mue(base(shape, device, dtype))),
        "lora": with_lora(base(shape, device, dtype)),
    }
    with torch.no_grad():
        answers = [models[name].eval()(input_ids=tokens).logits.float() for name in ("mue", "einsum")]
    apart = (answers[0] - answers[1]).abs().max().item()
    yield Figure("greatest difference from experts by einsum", apart, 1.0, 1e-5, at_least=False)
    for training, least in ((True, 0.95), (False, 0.97)):
        what = "training" if training else "inference"
        found = taken(models, tokens, training=training, times=times)
        count = tokens.numel()
        speed = {name: count / seconds for name, seconds in found.items()}
        yield Figure(f"{what}, 4 + 1 experts beside LoRA r = 40", speed["mue"], speed["lora"], least, unit="tokens/s")
        if training:
            yield Figure(
                "training the layers alone, beside experts by einsum", *_layers(device, dtype, shape, times), 1.8
            )
            yield Figure("training, beside experts by einsum", speed["mue"], speed["einsum"], 1.8, unit="tokens/s")
            yield Figure("training, LoRA r = 40 beside the same", speed["lora"], speed["einsum"], 1.0, unit="tokens/s")


def _layers(device: str, dtype: torch.dtype, shape: str, times: int) -> tuple[float, float]:
    """Passes a second, forward and back, of one block's feed-forward linears with experts: fused, and by einsum."""
    wide, inner = _SHAPES[shape]["hidden_size"], _SHAPES[shape]["intermediate_size"]
    clock, config = _clock(device), MueConfig(r=_RANK, num_experts=_EXPERTS)
    took = {"fused": 0.0, "einsum": 0.0}
    for inputs, outputs in ((wide, inner), (wide, inner), (inner, wide)):
        fused = MueLinear(nn.Linear(inputs, outputs, bias=False, device=device, dtype=dtype), "default", config)
        fused.base_layer.requires_grad_(False)
        layers = {"fused": fused, "einsum": EinsumExperts(fused)}
        x = torch.randn(1024, inputs, device=device, dtype=dtype, requires_grad=True)
        found: dict[str, list[float]] = {name: [] for name in layers}
        for _ in range(times + 2):
            for name, layer in layers.items():
                began = clock()
                layer(x).sum().backward()
                found[name].append(clock() - began)
        for name, each in found.items():
            took[name] += median(each[2:])  # the first ones warm up
    return 1 / took["fused"], 1 / took["einsum"]


def main() -> int:
    """The figures, and 1 if a target was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--dtype", default="float32", choices=("float32", "bfloat16"))
    parser.add_argument("--shape", default="small", choices=tuple(_SHAPES))
    parser.add_argument("--times", type=int, default=15)
    given = parser.parse_args()
    torch.set_num_threads(1)
    if given.device == "cuda":
        print(torch.cuda.get_device_name(0))
    return report(figures(given.device, getattr(torch, given.dtype), given.shape, given.times))


if __name__ == "__main__":
    sys.exit(main())
