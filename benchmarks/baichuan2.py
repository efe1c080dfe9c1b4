"""What Baichuan2's two layouts cost beside a Llama of the same shape: tokens a second, forward and backward.

Both models of a pair take the same tokens in turn, the one that begins alternating, so that a noisy machine disturbs
them alike; what is told are ratios of medians. Two blocks, 4096 wide, a sequence of 1024 tokens, float32, two threads.
The vocabulary is 32,000 for all of them, where the published one's 125,696 would take the memory of most machines. Run
as:

    python -m benchmarks.baichuan2 [--device cuda --dtype bfloat16]
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Iterator
from statistics import median

import torch
from torch import Tensor
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedModel

from benchmarks.figures import Figure, report
from pedcorpus.models.baichuan2 import Baichuan2Config, Baichuan2ForCausalLM

_SHAPE = {"hidden_size": 4096, "intermediate_size": 11008, "num_hidden_layers": 2, "num_attention_heads": 32}
_SHAPE |= {"vocab_size": 32_000}
_LENGTH = 1024
_LAYOUTS = {"7B layout, rotary": ("rotary", 0.95), "13B layout, ALiBi": ("alibi", 0.85)}


def llama(device: str, dtype: torch.dtype) -> PreTrainedModel:
    """The peer, with sdpa attention as all of them."""
    with torch.device(device):
        return LlamaForCausalLM(LlamaConfig(**_SHAPE, max_position_embeddings=_LENGTH, use_cache=False)).to(dtype)


def baichuan2(layout: str, device: str, dtype: torch.dtype) -> PreTrainedModel:
    """One layout in the same shape; it has as many parameters."""
    config = Baichuan2Config(**_SHAPE, model_max_length=_LENGTH, position_embedding=layout, use_cache=False)
    with torch.device(device):
        return Baichuan2ForCausalLM(config).to(dtype)


def _step(model: PreTrainedModel, tokens: Tensor) -> float:
    """Seconds of one forward and backward pass."""
    began = _now(tokens.device)
    model(input_ids=tokens, labels=tokens).loss.backward()
    taken = _now(tokens.device) - began
    for weight in model.parameters():
        weight.grad = None
    return taken


def _now(device: torch.device) -> float:
    if device.type == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()


def speeds(models: list[PreTrainedModel], tokens: Tensor, *, times: int) -> list[float]:
    """Tokens a second of each, by the median of `times` steps in turn, after one that warms up."""
    seconds: list[list[float]] = [[] for _ in models]
    for turn in range(times + 1):
        order = range(len(models)) if turn % 2 else reversed(range(len(models)))
        for number in order:
            taken = _step(models[number], tokens)
            if turn:
                seconds[number].append(taken)
    return [tokens.numel() / median(each) for each in seconds]


def figures(device: str, dtype: torch.dtype, times: int) -> Iterator[Figure]:
    """One pair a layout; only one pair is in memory at a time."""
    torch.manual_seed(0)
    tokens = torch.randint(3, _SHAPE["vocab_size"], (1, _LENGTH), device=device)
    for name, (layout, least) in _LAYOUTS.items():
        models = [baichuan2(layout, device, dtype).train(), llama(device, dtype).train()]
        ours, peer = speeds(models, tokens, times=times)
        yield Figure(f"forward and backward, {name}, beside Llama", ours, peer, least, unit="tokens/s")
        del models
        gc.collect()


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
