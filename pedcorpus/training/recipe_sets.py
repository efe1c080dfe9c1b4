"""Where recipes are found: sets that ship with the package, by name, and files and folders of one's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pedcorpus.errors import SettingsError, UsageError
from pedcorpus.settings import nearest_key
from pedcorpus.shipped import shipped_folder

__all__ = ["find_recipe", "recipe_sets", "with_files_read"]

_FILES = ("deepspeed", "fsdp_config")
"""Keys of TRL's that may name a JSON file."""


def recipe_sets() -> tuple[str, ...]:
    """Names of the shipped sets beside the one that is used by default."""
    return tuple(sorted(path.name for path in shipped_folder("train").iterdir() if path.is_dir()))


def find_recipe(name: str | Path) -> Path:
    """The file or folder that `name` is, or the shipped set of that name.

    Raises:
        UsageError: there is neither.
    """
    path = Path(name)
    if path.exists():
        return path
    if str(name) in recipe_sets():
        return shipped_folder("train") / name
    raise UsageError(
        f"{name}: no such recipe, nor a shipped set of that name{nearest_key(str(name), list(recipe_sets()))}"
    )


def with_files_read(trainer: dict[str, Any], folder: Path, *, recipe: Path | str) -> dict[str, Any]:
    """A recipe's `trainer` section with the contents of the JSON files that it names, which are looked for in `folder`.

    So a run's own copy of its recipe is whole, and can be gone on with where the files have moved.

    Raises:
        SettingsError: a file is missing or holds no JSON object.
    """
    named = {key: folder / trainer[key] for key in _FILES if isinstance(trainer.get(key), str)}
    return trainer | {key: _object(path, key, recipe) for key, path in named.items()}


def _object(path: Path, key: str, recipe: Path | str) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise SettingsError(recipe, [f"trainer.{key}: {path} cannot be read: {error}"]) from error
    if not isinstance(value, dict):
        raise SettingsError(recipe, [f"trainer.{key}: {path} holds no JSON object"])
    return value
