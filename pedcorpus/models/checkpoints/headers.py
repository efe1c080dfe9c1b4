"""Names and shapes of the tensors in a file of weights, without reading one of them and without torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.models.checkpoints.pickles import pickled_shapes

__all__ = ["Header", "header_of"]

Header = Mapping[str, tuple[int, ...]]
"""Shapes by name."""


def header_of(path: Path) -> Header:
    """Shapes of the tensors in `path`, a safetensors file or what `torch.save` wrote, by their names.

    Raises:
        UsageError: it is cut off or damaged, or would run code when it is read.
    """
    return _safetensors(path) if path.suffix == ".safetensors" else pickled_shapes(path)


def _safetensors(path: Path) -> Header:
    """Its first eight bytes tell the length of the JSON that follows, which tells where the tensors lie."""
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if length > path.stat().st_size:
                raise UsageError(f"{path}: cannot be read: it ends within its header; copy it anew")
            header = json.loads(file.read(length))
        tensors = {name: value for name, value in header.items() if name != "__metadata__"}
        end = 8 + length + max((value["data_offsets"][1] for value in tensors.values()), default=0)
        shapes = {name: tuple(value["shape"]) for name, value in tensors.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    if path.stat().st_size < end:
        raise UsageError(f"{path}: is cut off: {path.stat().st_size:,} of {end:,} bytes are there; copy it anew")
    return shapes
