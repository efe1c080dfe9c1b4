"""Which files a folder's weights are in: one file or shards with an index, safetensors before pickles."""

from __future__ import annotations

import json
from pathlib import Path

from pedcorpus.errors import UsageError

__all__ = ["adapter_weights", "weight_files"]

_MODEL = ("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json")
"""In the order in which transformers looks for them."""
_ADAPTER = ("adapter_model.safetensors", "adapter_model.bin")


def weight_files(folder: Path) -> tuple[Path, ...]:
    """The files of a model's weights, all of which are there; empty where the folder holds none.

    Raises:
        UsageError: an index names files that are not there, or cannot be read.
    """
    found = next((folder / name for name in _MODEL if (folder / name).is_file()), None)
    if found is None:
        return ()
    return _shards(found) if found.name.endswith(".index.json") else (found,)


def _shards(index: Path) -> tuple[Path, ...]:
    try:
        names = sorted(set(json.loads(index.read_bytes())["weight_map"].values()))
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise UsageError(f"{index}: is no index of shards; expected weight_map, by tensor its file") from error
    if foreign := [name for name in names if Path(name).name != name]:
        raise UsageError(f"{index}: names {foreign[0]}, which is not in its folder; expected names of files alone")
    missing = [name for name in names if not (index.parent / name).is_file()]
    if missing:
        raise UsageError(
            f"{index.parent}: {len(missing)} of {len(names)} shards are missing: {', '.join(missing[:3])}"
            f"{', …' if len(missing) > 3 else ''}; copy them from the checkpoint"
        )
    return tuple(index.parent / name for name in names)


def adapter_weights(folder: Path) -> Path:
    """The file of an adapter's weights.

    Raises:
        UsageError: there is none.
    """
    for name in _ADAPTER:
        if (folder / name).is_file():
            return folder / name
    raise UsageError(f"{folder}: holds no weights of an adapter; expected {' or '.join(_ADAPTER)}")
