"""Which rows of its view a phase trains on: the recipe's `data` section made into row numbers, and counted.

Weights come first, then shares, then `max_rows`. What is drawn hangs on the seed and on the rows' places alone, so that
a resumed run, and every process of a run, draws the same; no text is read for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from pedcorpus.errors import ExportError, UsageError
from pedcorpus.export import Export
from pedcorpus.settings import nearest_key
from pedcorpus.training.data_keys import MIXED, group_of_task
from pedcorpus.training.drawing import Numbers, apportioned, drawn, greatest_total, repeated
from pedcorpus.training.phase import Phase
from pedcorpus.training.recipe import Recipe
from pedcorpus.training.row_labels import RowLabels, row_labels

__all__ = ["Mixture", "mixture_of"]

_DEFAULT_SEED = 42
"""transformers' own, where the recipe names none."""


@dataclass(frozen=True)
class Mixture:
    """Rows to train on."""

    count: int
    rows: Numbers | None = None
    """Their numbers in the view, ascending, some several times; none means the first `count`."""
    parts: Mapping[str, int] = field(default_factory=dict)
    """How many of each kind or task; empty for a view whose rows say nothing of themselves."""
    instructions: NDArray[np.bool_] | None = None
    """Which of them are instructions; only where a schedule tells them apart."""
    seed: int = 0
    """Of what is drawn, and of the schedule's order."""


def mixture_of(export: Export, phase: Phase, recipe: Recipe, *, known: int) -> Mixture:
    """The rows of a phase whose training view has `known` rows.

    Raises:
        ExportError: the view is not what its instructions are.
        UsageError: a setting names what the view does not hold, or lets no row through.
    """
    data = recipe.data
    limit = known if data.get("max_rows") is None else min(known, data["max_rows"])
    if limit < 1:
        raise UsageError(f"data.max_rows of {phase.id} is {limit}, expected at least 1")
    labels = row_labels(export, phase.view, "train", with_sources=bool(data.get("weights")))
    if labels is None:
        return Mixture(limit, seed=_seed(recipe))
    if len(labels.codes) != known:
        raise ExportError(f"{export.root}: {phase.view} has {known} rows, its instructions {len(labels.codes)}")
    rows = _drawn_rows(labels, phase, recipe)
    taken = np.arange(limit) if rows is None else rows
    codes = labels.codes[taken]
    told = _are_instructions(labels)[codes] if data.get("schedule", MIXED) != MIXED else None
    return Mixture(len(taken), rows, labels.counts(codes), told, _seed(recipe))


def _drawn_rows(labels: RowLabels, phase: Phase, recipe: Recipe) -> Numbers | None:
    """None where the recipe draws nothing."""
    data, seed = recipe.data, _seed(recipe)
    shares: Mapping[str, float] = data.get("shares") or {}
    group_of: Callable[[str], str] = group_of_task
    if data.get("instruction_share") is not None:
        share = float(data["instruction_share"])
        shares, group_of = {"instruction": share, "text": 1 - share}, _text_or_instruction
    if not data.get("weights") and not shares:
        return None
    rows = _weighted(labels, data.get("weights") or {}, phase, seed)
    limit = data.get("max_rows")
    if shares:
        return _shared(rows, labels, _of_groups(labels, group_of), shares, phase, seed=seed, limit=limit)
    if not len(rows):
        raise UsageError(f"data.weights of {phase.id} lets no row through")
    return rows if limit is None else drawn(rows, limit, seed)


def _seed(recipe: Recipe) -> int:
    chosen = recipe.trainer.get("data_seed")
    return cast("int", recipe.trainer.get("seed", _DEFAULT_SEED) if chosen is None else chosen)


def _weighted(labels: RowLabels, weights: Mapping[str, float], phase: Phase, seed: int) -> Numbers:
    names = sorted({name for pair in labels.pairs for name in pair if name})
    for name in weights:
        if name not in names:
            raise UsageError(f"data.weights of {phase.id}: the view has no {name!r}{nearest_key(str(name), names)}")
    everything, rows = np.arange(len(labels.codes)), []
    for code, pair in enumerate(labels.pairs):
        times = float(np.prod([weights[name] for name in set(pair) if name in weights]))
        rows.append(repeated(everything[labels.codes == code], times, seed))
    return np.sort(np.concatenate(rows), kind="stable")


def _shared(
    rows: Numbers,
    labels: RowLabels,
    groups: tuple[str, ...],
    shares: Mapping[str, float],
    phase: Phase,
    *,
    seed: int,
    limit: int | None,
) -> Numbers:
    names = list(dict.fromkeys([*shares, *groups]))
    places = np.array([names.index(group) for group in groups])[labels.codes[rows]]
    known = dict(zip(names, np.bincount(places, minlength=len(names)).tolist(), strict=True))
    whole = _completed(shares, known, phase)
    total = greatest_total(known, whole)
    counts = apportioned(total if limit is None else min(total, limit), whole)
    if not sum(counts.values()):
        missing = next(name for name, share in whole.items() if share > 0 and not known[name])
        raise UsageError(f"{phase.id}: {missing} is to be {whole[missing]:.0%} of the rows, and there is no such row")
    chosen = [drawn(rows[places == place], counts[name], seed) for place, name in enumerate(names)]
    return np.sort(np.concatenate(chosen), kind="stable")


def _completed(shares: Mapping[str, float], known: Mapping[str, int], phase: Phase) -> dict[str, float]:
    """Shares that add up to 1: groups that are not named have what is left, as many as there are of each."""
    left, others = 1 - sum(shares.values()), {name: count for name, count in known.items() if name not in shares}
    if left > 1e-9 and not sum(others.values()):
        raise UsageError(f"data.shares of {phase.id} add up to {1 - left:g}, and the view has no rows of other groups")
    return {**shares, **{name: left * count / max(sum(others.values()), 1) for name, count in others.items()}}


def _of_groups(labels: RowLabels, group_of: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(group_of(name) for name, _ in labels.pairs)


def _text_or_instruction(kind: str) -> str:
    return "instruction" if kind == "instruction" else "text"


def _are_instructions(labels: RowLabels) -> NDArray[np.bool_]:
    return np.array([kind == "instruction" for kind, _ in labels.pairs], np.bool_)
