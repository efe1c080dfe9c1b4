"""Which keys a recipe may hold, and of which kinds their values are, without importing TRL, PEFT or torch.

`known_keys.json` is taken from the configuration classes themselves by `list_keys`; a test fails when it differs from
what is installed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast

__all__ = ["FILE", "Known", "known_keys", "matches_kind"]

Known = Mapping[str, str]
"""Kinds that a key's value may have, joined by `|`: bool, int, float, str, list, dict, null or any."""

FILE = "known_keys.json"
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
    listed = json.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    return cast("Known", listed[config])


def matches_kind(value: object, kinds: str) -> bool:
    """Whether `value` is of one of `kinds`; true and false are no numbers."""
    names = kinds.split("|")
    if "any" in names:
        return True
    if isinstance(value, bool):
        return "bool" in names
    return any(isinstance(value, _PYTHON[name]) for name in names if name != "bool")
