"""The tensors of a file of weights, one file at a time, never with code. Imports torch."""

from __future__ import annotations

import pickle
from pathlib import Path

import safetensors.torch
import torch
from safetensors import SafetensorError
from torch import Tensor

from pedcorpus.errors import UsageError
from pedcorpus.models.checkpoints.headers import header_of

__all__ = ["read_tensors"]


def read_tensors(path: Path) -> dict[str, Tensor]:
    """Tensors of a safetensors file, or of one that `torch.save` wrote, by their names.

    Raises:
        UsageError: it is damaged, or would run code.
    """
    header_of(path)  # says in one line what is wrong with it
    try:
        if path.suffix == ".safetensors":
            return safetensors.torch.load_file(path)
        state: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, ValueError, pickle.UnpicklingError, SafetensorError) as error:
        raise UsageError(f"{path}: cannot be read: {next(iter(str(error).splitlines()), '')}") from error
    return dict(state)
