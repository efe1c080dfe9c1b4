"""Recipes: one YAML file per phase, whose keys are TRL's and PEFT's own, checked without importing either.

Here they are found and read; `recipe_check` says what is wrong with them, `overrides` changes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from pedcorpus.errors import SettingsError, UsageError
from pedcorpus.shipped import shipped_folder
from pedcorpus.training.overrides import with_overrides
from pedcorpus.training.phase import Phase
from pedcorpus.training.recipe_check import Values, recipe_problems
from pedcorpus.training.recipe_sets import find_recipe, with_files_read
from pedcorpus.training.recipe_yaml import parse_yaml

__all__ = ["Recipe", "load_recipes", "recipe_text"]


@dataclass(frozen=True)
class Recipe:
    """How one phase is trained."""

    phase: str
    template: str = "default"
    """Prompt template that the tokenizer is given; `tokenizer` leaves its own."""
    data: Values = field(default_factory=dict)
    """Which rows of the view to train on; keys are those of `data_keys`, told in docs/train-data.md."""
    trainer: Values = field(default_factory=dict)
    """Keys of TRL's SFTConfig or DPOConfig."""
    mue: Values = field(default_factory=dict)
    """Keys of MueConfig; only in the phase `mue`."""
    tiny: Values = field(default_factory=dict)
    """Keys of TinyShape: the model that is made when none is given."""


def load_recipes(phases: Sequence[Phase], *, source: str | Path | None, overrides: Sequence[str]) -> dict[str, Recipe]:
    """The recipe of each phase, by its id.

    Args:
        phases: in the order wanted.
        source: one recipe, used for the phase it names, a folder of `<phase>.yaml`, or the name of a shipped set;
            none, and phases that `source` does not name, take the recipes that are shipped for a CPU.
        overrides: `section.key=value` for every phase that knows the key, `phase.section.key=value` for one phase.

    Files that a recipe names are looked for beside it, those that an override names in the working directory.

    Raises:
        SettingsError: all problems of a recipe or of the overrides at once.
        UsageError: `source` does not exist, or is the recipe of a phase that is not run.
    """
    paths = _recipe_paths(phases, None if source is None else find_recipe(source))
    raw = {phase.id: _read_yaml(paths[phase.id]) for phase in phases}
    for phase in phases:
        if problems := recipe_problems(raw[phase.id], phase):
            raise SettingsError(paths[phase.id], problems)
    whole = {name: _with_files(values, paths[name].parent, paths[name]) for name, values in raw.items()}
    changed = with_overrides(whole, overrides)
    return {name: Recipe(**_with_files(values, Path.cwd(), "overrides")) for name, values in changed.items()}


def _with_files(values: Values, folder: Path, recipe: Path | str) -> Values:
    return values | {"trainer": with_files_read(values.get("trainer", {}), folder, recipe=recipe)}


def recipe_text(recipe: Recipe) -> str:
    """The recipe as YAML that `load_recipes` reads to the same recipe."""
    values = {"phase": recipe.phase, "template": recipe.template, "data": recipe.data, "trainer": recipe.trainer}
    values |= {name: section for name in ("mue", "tiny") if (section := getattr(recipe, name))}
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False)


def _recipe_paths(phases: Sequence[Phase], source: Path | None) -> dict[str, Path]:
    shipped = shipped_folder("train")
    paths = {phase.id: shipped / f"{phase.id}.yaml" for phase in phases}
    if source is None:
        return paths
    if source.is_dir():
        own = {phase.id: path for phase in phases if (path := source / f"{phase.id}.yaml").is_file()}
        if not own:
            raise UsageError(
                f"{source}: holds no recipe; expected one of {', '.join(f'{name}.yaml' for name in paths)}"
            )
        return paths | own
    named = _read_yaml(source).get("phase")
    if named not in paths:
        raise UsageError(f"{source}: is a recipe of the phase {named!r}, but the phases run are {', '.join(paths)}")
    return paths | {str(named): source}


def _read_yaml(path: Path) -> Values:
    try:
        values = parse_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: no such recipe ({error.strerror})") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(path, [f"not valid YAML: {' '.join(str(error).split())}"]) from error
    if not isinstance(values, dict):
        raise SettingsError(path, ["holds no keys; expected at least `phase:` and `trainer:`"])
    return values
