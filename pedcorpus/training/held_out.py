"""Which rows a phase is measured on that it does not train on, and what was measured at its start and its end."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from pedcorpus.export import Export
from pedcorpus.training.drawing import Numbers
from pedcorpus.training.phase import Phase
from pedcorpus.training.recipe import Recipe
from pedcorpus.training.row_labels import row_labels
from pedcorpus.training.runs import HeldOut

__all__ = ["held_out_rows", "measured"]

_EVAL_ROWS = 256
"""Of text and of instructions each, where the recipe does not say how many: seconds, and enough for two digits."""


def held_out_rows(export: Export, phase: Phase, recipe: Recipe) -> dict[str, Numbers]:
    """Row numbers of the validation split: in pre-training text and instructions apart, else all without a name."""
    limit = recipe.data.get("eval_rows")
    labels = row_labels(export, phase.view, "validation", with_sources=False)
    if phase.id != "cpt" or labels is None:
        path = export.view_file(phase.view, "validation")
        known = export.manifest.files[path.relative_to(export.root).as_posix()].rows or 0 if path else 0
        return {"": np.arange(known if limit is None else min(known, limit))}
    are_instructions = np.array([kind == "instruction" for kind, _ in labels.pairs], np.bool_)[labels.codes]
    sides = {"text": np.flatnonzero(~are_instructions), "instruction": np.flatnonzero(are_instructions)}
    return {name: rows[: limit or _EVAL_ROWS] for name, rows in sides.items() if len(rows)}


def measured(metrics: Path, rows: Mapping[str, Numbers]) -> tuple[HeldOut, ...]:
    """First and last perplexity of each part that a metrics file tells of."""
    lines = [json.loads(line) for line in metrics.read_text(encoding="utf-8").splitlines()]
    found = []
    for name, numbers in rows.items():
        key = f"eval_{name}_loss" if name else "eval_loss"
        losses = [line[key] for line in lines if line.get(key) is not None]
        if losses:
            first, last = (min(math.exp(min(loss, 700.0)), 1e300) for loss in (losses[0], losses[-1]))
            found.append(HeldOut(part=name or "all", rows=len(numbers), first_perplexity=first, last_perplexity=last))
    return tuple(found)
