"""The four phases: their order, the export's view each one reads and the TRL configuration each one takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pedcorpus.errors import UsageError
from pedcorpus.export import View
from pedcorpus.settings import nearest_key

__all__ = ["PHASES", "Phase", "chosen_phases"]


@dataclass(frozen=True)
class Phase:
    """One station of the road from a base model to an assistant."""

    id: str
    title: str
    view: View
    columns: tuple[str, ...]
    """Columns of the view that the trainer is given."""
    config: Literal["SFTConfig", "DPOConfig"]
    """TRL's configuration, whose keys the recipe's `trainer` section takes."""
    adapter: bool = False
    """Whether it trains a MUE adapter on a frozen model instead of the model itself."""


PHASES: dict[str, Phase] = {
    phase.id: phase
    for phase in (
        Phase("cpt", "continuous pre-training", "cpt", ("text",), "SFTConfig"),
        Phase("sft", "supervised fine-tuning", "sft", ("prompt", "completion"), "SFTConfig"),
        Phase(
            "dfpo", "direct following preference optimisation", "dfpo", ("prompt", "chosen", "rejected"), "DPOConfig"
        ),
        Phase(
            "mue", "mixture of universal-specific experts", "mue", ("prompt", "completion"), "SFTConfig", adapter=True
        ),
    )
}
"""By id, in the order in which they are run."""


def chosen_phases(ids: Sequence[str]) -> tuple[Phase, ...]:
    """The named phases in the road's order, whatever order they were named in.

    Raises:
        UsageError: none, or one that is not known.
    """
    for name in ids:
        if name not in PHASES:
            raise UsageError(f"there is no training phase {name!r}{nearest_key(name, list(PHASES))}")
    if not ids:
        raise UsageError(f"no training phase was named; known: {', '.join(PHASES)}")
    return tuple(phase for phase in PHASES.values() if phase.id in ids)
