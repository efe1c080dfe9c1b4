"""`key=value` words from a command line that change recipes for one run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from pedcorpus.errors import SettingsError, UsageError
from pedcorpus.training.phase import PHASES, Phase
from pedcorpus.training.recipe_check import Values, recipe_problems
from pedcorpus.training.recipe_yaml import parse_yaml

__all__ = ["with_overrides"]


class _Override(NamedTuple):
    phase: str | None
    section: str | None
    key: str
    value: Any


def with_overrides(recipes: dict[str, Values], texts: Sequence[str]) -> dict[str, Values]:
    """Recipes by phase, changed by `section.key=value` where the key is known, or by `phase.section.key=value`.

    Raises:
        SettingsError: keys that no phase knows, and wrong values.
        UsageError: a text that is no override.
    """
    changed, problems = dict(recipes), []
    for override in [_parse_override(text) for text in texts]:
        asked = [override.phase] if override.phase else list(changed)
        tried = {name: _overridden(changed[name], override, PHASES[name]) for name in asked if name in changed}
        taken = {name: values for name, values in tried.items() if not isinstance(values, str)}
        changed |= taken
        if not taken:
            refusals = [refusal for refusal in tried.values() if isinstance(refusal, str)]
            problems.append(refusals[0] if refusals else f"{override.phase}: this phase is not among those run")
    if problems:
        raise SettingsError("overrides", problems)
    return changed


def _parse_override(text: str) -> _Override:
    path, separator, value = text.partition("=")
    parts = path.strip().split(".")
    if not separator or not all(parts):
        raise UsageError(f"override {text!r}: expected section.key=value, as trainer.max_steps=10")
    phase = parts.pop(0) if len(parts) > 2 or parts in [[name, "template"] for name in PHASES] else None
    if (phase is not None and phase not in PHASES) or len(parts) > 2:
        raise UsageError(f"override {text!r}: expected [phase.]section.key=value; phases: {', '.join(PHASES)}")
    try:
        parsed = parse_yaml(value)
    except yaml.YAMLError as error:
        raise UsageError(f"override {text!r}: {value!r} is no YAML value") from error
    return _Override(phase, parts[0] if len(parts) == 2 else None, parts[-1], parsed)


def _overridden(values: Values, override: _Override, phase: Phase) -> Values | str:
    """The recipe with the override in it, or why it does not go there."""
    section, key, value = override.section, override.key, override.value
    within = {key: value} if section is None else {section: {**values.get(section, {}), key: value}}
    changed = {**values, **within}
    problems = recipe_problems(changed, phase)
    return problems[0] if problems else changed
