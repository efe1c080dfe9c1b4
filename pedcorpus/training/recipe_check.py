"""What is wrong with a recipe: unknown keys and values of the wrong kind, all at once, without TRL or torch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pedcorpus.errors import UsageError
from pedcorpus.models import chat_template
from pedcorpus.settings import nearest_key
from pedcorpus.training.data_keys import clashes, data_keys, data_problem
from pedcorpus.training.known_keys import Known, known_keys, matches_kind
from pedcorpus.training.phase import Phase
from pedcorpus.training.quantised import quantisation_problems

__all__ = ["Values", "recipe_problems"]

Values = dict[str, Any]  # YAML's values; each is held against its kinds here

OURS = {"output_dir": "the run folder decides where things are written"}
"""Keys of TRL's that a recipe may not set, and why."""


def _sections(phase: Phase) -> dict[str, Known]:
    """The sections that a recipe of this phase may have, with their keys."""
    sections: dict[str, Known] = {"data": data_keys(phase), "trainer": known_keys(phase.config)}
    sections["tiny"] = known_keys("TinyShape")
    if phase.adapter:
        sections["mue"] = known_keys("MueConfig")
    return sections


def recipe_problems(values: Values, phase: Phase) -> list[str]:
    """Everything wrong with a recipe, as `key: what is wrong`."""
    sections = _sections(phase)
    problems = []
    if values.get("phase") != phase.id:
        problems.append(f"phase: expected {phase.id!r}, found {values.get('phase')!r}")
    for key, value in values.items():
        if key == "template":
            problems += _template_problems(value)
        elif key in sections:
            problems += _section_problems(key, value, sections[key], phase)
        elif key != "phase":
            problems.append(f"{key}: unknown key{_hint(str(key), sections)}")
    return problems + clashes(values) + quantisation_problems(values.get("trainer"), phase)


def _template_problems(value: object) -> list[str]:
    try:
        chat_template(str(value))
    except UsageError as error:
        return [f"template: {error}"]
    return []


def _section_problems(section: str, values: object, known: Known, phase: Phase) -> list[str]:
    if not isinstance(values, dict):
        return [f"{section}: expected keys and values, found {values!r}"]
    checked = (_value_problem(f"{section}.{key}", key, value, known, phase) for key, value in values.items())
    return [problem for problem in checked if problem]


def _value_problem(path: str, key: str, value: object, known: Known, phase: Phase) -> str | None:
    if key in OURS and key in known:
        return f"{path}: may not be set; {OURS[key]}"
    if key not in known:
        hint = nearest_key(key, list(known))
        many = "did you mean" not in hint and len(known) > 20  # a list nobody reads
        return f"{path}: unknown key{f'; the known ones are the fields of {phase.config} in TRL' if many else hint}"
    if not matches_kind(value, known[key]):
        return f"{path}: expected {known[key].replace('|', ' or ')}, found {value!r}"
    return data_problem(key, value) if path.startswith("data.") else None


def _hint(key: str, sections: Mapping[str, Known]) -> str:
    for name, known in sections.items():
        if key in known:
            return f"; did you mean '{name}.{key}'?"
    return nearest_key(key, ["phase", "template", *sections])
