"""Baichuan2's tensors as Llama's, one file in memory at a time. Imports torch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812  # its usual name
from safetensors.torch import save_file
from torch import Tensor

from pedcorpus.models.checkpoints.reading import read_tensors

__all__ = ["as_llama", "write_weights"]

_PACKED = "W_pack.weight"
_CONSTANT = "rotary_emb.inv_freq"  # a Llama works it out


def as_llama(name: str, tensor: Tensor) -> Iterator[tuple[str, Tensor]]:
    """What one of Baichuan2's tensors is in a Llama: none, one, or three."""
    if name.endswith(_PACKED):  # (3 D, D): queries, keys, values
        for part, rows in zip(("q_proj", "k_proj", "v_proj"), tensor.chunk(3), strict=True):
            yield name.replace("W_pack", part), rows.clone()
    elif name == "lm_head.weight":  # (V, D)
        yield name, F.normalize(tensor.float()).to(tensor.dtype)
    elif not name.endswith(_CONSTANT):
        yield name, tensor.contiguous()


def write_weights(files: Sequence[Path], target: Path) -> str:
    """Writes what is in `files`, file by file, into the folder `target`; tells the precision of the weights."""
    places: dict[str, str] = {}
    size, dtypes = 0, set()
    for number, path in enumerate(files, start=1):
        name = "model.safetensors" if len(files) == 1 else f"model-{number:05}-of-{len(files):05}.safetensors"
        tensors = dict(pair for given in read_tensors(path).items() for pair in as_llama(*given))
        save_file(tensors, target / name, metadata={"format": "pt"})
        places |= dict.fromkeys(tensors, name)
        size += sum(tensor.nbytes for tensor in tensors.values())
        dtypes |= {tensor.dtype for tensor in tensors.values()}
    if len(files) > 1:
        index = {"metadata": {"total_size": size}, "weight_map": places}
        text = json.dumps(index, indent=2, sort_keys=True)
        (target / "model.safetensors.index.json").write_text(f"{text}\n", encoding="utf-8")
    return _name(dtypes)


def _name(dtypes: set[torch.dtype]) -> str:
    return str(dtypes.pop() if len(dtypes) == 1 else torch.float32).removeprefix("torch.")
