"""What Baichuan2's two layouts cost beside a Llama of the same shape: tokens a second, forward and backward.

All take the same tokens in turn, in an order that turns round, so that a noisy machine disturbs them alike; what is
told are ratios of medians, on a CPU of processor time. Two blocks, 4096 wide, a sequence of 1024 tokens, float32, two
threads. The vocabulary is 32,000 for all of them, where the published one's 125,696 would take the memory of most
machines; they share what weights they can for the same reason. Run as:

    python -m benchmarks.baichuan2 [--device cuda --dtype bfloat16]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from statistics import median

import torch
from torch import Tensor, nn
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedModel

from benchmarks.figures import Figure, report
from pedcorpus.models.baichuan2 import Baichuan2Config, Baichuan2ForCausalLM

_SHAPE = {"hidden_size": 4096, "intermediate_size": 11008, "num_hidden_layers": 2, "num_attention_heads": 32}
_SHAPE |= {"vocab_size": 32_000}
_LENGTH = 1024
_LAYOUTS = {"rotary": ("7B layout, rotary", 0.95), "alibi": ("13B layout, ALiBi", 0.85)}


def models(device: str, dtype: torch.dtype) -> dict[str, PreTrainedModel]:
    """Both layouts and their peer, all with sdpa attention and the same weights but for queries, keys and values."""
    with torch.device(device):
        peer = LlamaForCausalLM(LlamaConfig(**_SHAPE, max_position_embeddings=_LENGTH, use_cache=False)).to(dtype)
    return {"llama": peer, **{layout: baichuan2(layout, peer, dtype) for layout in _LAYOUTS}}


def baichuan2(layout: str, peer: PreTrainedModel, dtype: torch.dtype) -> PreTrainedModel:
    """One layout in the same shape; it has as many parameters."""
    config = Baichuan2Config(**_SHAPE, model_max_length=_LENGTH, position_embedding=layout, use_cache=False)
    with torch.device("meta"):
        model = Baichuan2ForCausalLM(config).to(dtype)
    theirs = dict(peer.named_parameters())
    for name in [name for name, _ in model.named_parameters()]:
        module, _, own = name.rpartition(".")
        if "W_pack" in name:
            apart = [theirs[name.replace("W_pack", f"{each}_proj")].detach() for each in "qkv"]
            weight = nn.Parameter(torch.cat(apart))
        else:
            weight = theirs[name]
        setattr(model.get_submodule(module), own, weight)
    return model


def _step(model: PreTrainedModel, tokens: Tensor) -> float:
    """Seconds of one forward and backward pass."""
    began = _now(tokens.device)
    model(input_ids=tokens, labels=tokens).loss.backward()
    taken = _now(tokens.device) - began
    for weight in model.parameters():
        weight.grad = None
    return taken


def _now(device: torch.device) -> float:
    if device.type != "cuda":
        return time.process_time()
    torch.cuda.synchronize()
    return time.perf_counter()


def speeds(asked: dict[str, PreTrainedModel], tokens: Tensor, *, times: int) -> dict[str, float]:
    """Tokens a second of each, by the median of `times` steps in turn, after one that warms up."""
    seconds: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(times + 1):
        for name in asked if turn % 2 else reversed(asked):
            taken = _step(asked[name].train(), tokens)
            if turn:
                seconds[name].append(taken)
    return {name: tokens.numel() / median(each) for name, each in seconds.items()}


def figures(device: str, dtype: torch.dtype, times: int) -> Iterator[Figure]:
    """One figure a layout."""
    torch.manual_seed(0)
    tokens = torch.randint(3, _SHAPE["vocab_size"], (1, _LENGTH), device=device)
    found = speeds(models(device, dtype), tokens, times=times)
    for layout, (name, least) in _LAYOUTS.items():
        what = f"forward and backward, {name}, beside Llama"
        yield Figure(what, found[layout], found["llama"], least, unit="tokens/s")


def main() -> int:
    """The figures, and 1 if a target was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--dtype", default="float32", choices=("float32", "bfloat16"))
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    torch.set_num_threads(2)
    if given.device == "cuda":
        print(torch.cuda.get_device_name(0))
    return report(figures(given.device, getattr(torch, given.dtype), given.times))


if __name__ == "__main__":
    sys.exit(main())
