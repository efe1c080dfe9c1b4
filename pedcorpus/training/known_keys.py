"""Which keys a recipe may hold, and of which kinds their values are, without importing TRL, PEFT or torch.

`known_keys.json` is taken from the configuration classes themselves; `python -m pedcorpus.training.known_keys`
takes it anew, and a test fails when it differs from what is installed.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args, get_origin

from pedcorpus.models.tiny import TinyShape

__all__ = ["Known", "installed_keys", "known_keys", "matches_kind"]

Known = Mapping[str, str]
"""Kinds that a key's value may have, joined by `|`: bool, int, float, str, list, dict, null or any."""

_FILE = "known_keys.json"
_KINDS: dict[Any, str] = {bool: "bool", int: "int", float: "float", str: "str", type(None): "null", Any: "any"}
_PYTHON: dict[str, type | tuple[type, ...]] = {
    "int": int,
    "float": (int, float),
    "str": str,
    "list": list,
    "dict": dict,
    "null": type(None),
}


@cache
def known_keys(config: str) -> Known:
    """Keys of `SFTConfig`, `DPOConfig`, `MueConfig` or `TinyShape`."""
    if config == TinyShape.__name__:
        return _keys_of(TinyShape)
    listed = json.loads(files(__package__).joinpath(_FILE).read_text(encoding="utf-8"))
    return typing.cast("Known", listed[config])


def matches_kind(value: object, kinds: str) -> bool:
    """Whether `value` is of one of `kinds`; true and false are no numbers."""
    names = kinds.split("|")
    if "any" in names:
        return True
    if isinstance(value, bool):
        return "bool" in names
    return any(isinstance(value, _PYTHON[name]) for name in names if name != "bool")


def installed_keys() -> dict[str, Known]:
    """The same as in the file, of the TRL and PEFT that are installed; imports torch."""
    from trl.trainer.dpo_config import DPOConfig
    from trl.trainer.sft_config import SFTConfig

    from pedcorpus.models.mue import MueConfig

    return {config.__name__: _keys_of(config) for config in (SFTConfig, DPOConfig, MueConfig)}


def _keys_of(config: type) -> Known:
    hints = typing.get_type_hints(config)
    fields = dataclasses.fields(config)
    return {field.name: "|".join(sorted(_kinds_of(hints[field.name]))) for field in fields if field.init}


def _kinds_of(hint: Any) -> set[str]:  # type hints are values of many types
    if hint in _KINDS:
        return {_KINDS[hint]}
    origin = get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return set().union(*(_kinds_of(part) for part in get_args(hint)))
    if origin is typing.Literal:
        return {_KINDS[type(value)] for value in get_args(hint)}
    if (origin or hint) in (list, dict):
        return {(origin or hint).__name__}
    return {"str"} if isinstance(hint, type) and issubclass(hint, str) else {"any"}


def _json_text(keys: Mapping[str, Known]) -> str:
    return json.dumps(keys, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name(_FILE).write_text(_json_text(installed_keys()), encoding="utf-8")
