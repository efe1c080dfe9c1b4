"""Takes the keys and kinds of recipes from the configuration classes that are installed.

python -m pedcorpus.training.list_keys     writes known_keys.json anew
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

from pedcorpus.training.known_keys import FILE, Known

__all__ = ["installed_keys", "keys_of"]

_KINDS: dict[Any, str] = {bool: "bool", int: "int", float: "float", str: "str", type(None): "null", Any: "any"}


def installed_keys() -> dict[str, Known]:
    """The same as in the file, of the TRL and PEFT that are installed; imports torch."""
    from trl.trainer.dpo_config import DPOConfig
    from trl.trainer.sft_config import SFTConfig

    from pedcorpus.models.mue import MueConfig
    from pedcorpus.models.tiny import TinyShape

    return {config.__name__: keys_of(config) for config in (SFTConfig, DPOConfig, MueConfig, TinyShape)}


def keys_of(config: type) -> Known:
    """Names of a dataclass's fields, with the kinds of their values."""
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
    Path(__file__).with_name(FILE).write_text(_json_text(installed_keys()), encoding="utf-8")
