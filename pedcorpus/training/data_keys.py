"""The `data` section of a recipe: which keys each phase knows, what its values may be, and groups of tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pedcorpus.settings import nearest_key
from pedcorpus.training.known_keys import Known
from pedcorpus.training.phase import Phase

__all__ = ["GROUPS", "MIXED", "SCHEDULES", "clashes", "data_keys", "data_problem", "group_of_task"]

MIXED = "mixed"
SCHEDULES = (MIXED, "instructions_last", "ramp")
GROUPS = ("paediatric", "medical", "general")
"""Whose shares fine-tuning may set."""
_GROUP_OF = {"medical": "medical", "general": "general", "safety": "general", "self_cognition": "general"}

_EVERY: Known = {"max_rows": "int|null", "eval_rows": "int|null"}
_OF_PHASE: Mapping[str, Known] = {
    "cpt": {"instruction_share": "float|null", "schedule": "str", "weights": "dict|null"},
    "sft": {"shares": "dict|null", "weights": "dict|null"},
    "mue": {"weights": "dict|null"},
}


def data_keys(phase: Phase) -> Known:
    """Keys that the phase knows, with the kinds of their values."""
    return {**_EVERY, **_OF_PHASE.get(phase.id, {})}


def group_of_task(task: str) -> str:
    """The group of `GROUPS` that a task counts among; what a team adds counts as paediatric."""
    return _GROUP_OF.get(task, "paediatric")


def data_problem(key: str, value: Any) -> str | None:  # a YAML value of a known kind
    """What is wrong with a value that is of the right kind; none if nothing is."""
    if value is None:
        return None
    if key == "instruction_share" and not 0 <= value <= 1:
        return f"data.instruction_share: expected 0 to 1, found {value!r}"
    if key == "eval_rows" and value < 1:
        return f"data.eval_rows: expected at least 1, found {value!r}"
    if key == "schedule" and value not in SCHEDULES:
        return f"data.schedule: there is no {value!r}{nearest_key(value, list(SCHEDULES))}"
    if key in ("weights", "shares"):
        return _amounts_problem(f"data.{key}", value) or (_shares_problem(value) if key == "shares" else None)
    return None


def clashes(recipe: Mapping[str, Any]) -> list[str]:
    """What is wrong with the `data` section and another one together."""
    data, trainer = recipe.get("data"), recipe.get("trainer")
    if not isinstance(data, dict) or not isinstance(trainer, dict) or data.get("schedule", MIXED) == MIXED:
        return []
    if trainer.get("train_sampling_strategy", "sequential") == "sequential":
        return []
    return ["trainer.train_sampling_strategy: may not be set beside data.schedule, which has an order of its own"]


def _amounts_problem(path: str, values: Mapping[Any, Any]) -> str | None:
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < float("inf"):
            return f"{path}.{name}: expected a number from 0 on, found {value!r}"
    return None


def _shares_problem(shares: Mapping[Any, float]) -> str | None:
    for name in shares:
        if name not in GROUPS:
            return f"data.shares.{name}: unknown group{nearest_key(str(name), list(GROUPS))}"
    total = sum(shares.values())
    return f"data.shares: add up to {total:g}, expected at most 1" if total > 1 + 1e-9 else None
