"""What `torch.save` wrote, looked at without running any of it: only names and shapes come out of a `.bin` file.

Its format: a zip archive, or a run of pickles in files of before 2020; tensors are rebuilt by functions that the pickle
names. Here those are stand-ins, and whatever else a pickle names is refused.
"""

from __future__ import annotations

import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from pedcorpus.errors import UsageError

__all__ = ["pickled_shapes"]

_BEFORE_STATE = 3  # pickles of the old format before the one of the tensors: magic number, version, system


class _Tensor(NamedTuple):
    shape: tuple[int, ...]


class _Refused(Exception):
    """Raised when a pickle names something that is no part of a tensor."""


def _tensor(_storage: Any, _offset: int, size: Any, *_rest: Any) -> _Tensor:
    return _Tensor(tuple(size))


def _parameter(data: _Tensor, *_rest: Any) -> _Tensor:
    return data


_STAND_INS: Mapping[tuple[str, str], Any] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _tensor,
    ("torch._utils", "_rebuild_parameter"): _parameter,
    ("torch", "Size"): tuple,
}


class _Shapes(pickle.Unpickler):
    """Makes stand-ins only, so that nothing of a pickle is run."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _STAND_INS:
            return _STAND_INS[module, name]
        if module in ("torch", "torch.storage") and name.endswith("Storage"):
            return name
        raise _Refused(f"{module}.{name}")

    def persistent_load(self, pid: Any) -> Any:  # where a tensor's numbers lie
        return pid


def pickled_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """Shapes of the tensors in a file that `torch.save` wrote, by their names.

    Raises:
        UsageError: it names anything but tensors, or is damaged.
    """
    try:
        state = _state(path)
    except _Refused as error:
        raise UsageError(
            f"{path}: would run {error} when it is read; refused: weights hold tensors alone; ask whoever made it for "
            "safetensors"
        ) from error
    except (OSError, zipfile.BadZipFile, pickle.UnpicklingError, EOFError, KeyError, ValueError) as error:
        raise UsageError(f"{path}: is cut off, or was not written by torch.save: {error}; copy it anew") from error
    except (AttributeError, TypeError, IndexError, ImportError, MemoryError, OverflowError) as error:
        raise UsageError(f"{path}: is damaged: {error}; copy it anew") from error
    if not isinstance(state, dict):
        raise UsageError(f"{path}: holds a {type(state).__name__}, expected tensors by their names")
    return {str(name): value.shape for name, value in state.items() if isinstance(value, _Tensor)}


def _state(path: Path) -> Any:
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            file.seek(0)
            return _of_run(file)
    with zipfile.ZipFile(path) as archive:
        name = next((name for name in archive.namelist() if name.rpartition("/")[2] == "data.pkl"), None)
        if name is None:
            raise ValueError("data.pkl is not in it")
        with archive.open(name) as file:
            return _Shapes(file).load()


def _of_run(file: BinaryIO) -> Any:
    for _ in range(_BEFORE_STATE):
        _Shapes(file).load()
    return _Shapes(file).load()
