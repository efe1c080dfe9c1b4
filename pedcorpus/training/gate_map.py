"""Which experts each task asks for, layer by layer: measured on rows once a mixture is trained, and drawn.

Imports torch when called.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pedcorpus.export import Export, Split

if TYPE_CHECKING:
    from pedcorpus.models.mue import LayerGates

__all__ = ["draw_gates", "gates_by_task", "write_gates"]

_ROWS = 32
"""Conversations of each task that are looked at."""
Gates = Mapping[str, Mapping[str, "LayerGates"]]
"""By task and layer."""


def write_gates(model: Any, tokenizer: Any, export: Export, folder: Path, *, max_length: int) -> None:
    """`gates.json` and `gates.png` of a trained mixture, over held-out conversations, or others where there are none.

    A model whose layers have no routers leaves neither.
    """
    split: Split = "validation" if export.view_file("mue", "validation") else "train"
    found = gates_by_task(model, tokenizer, export.rows("mue", split), max_length=max_length)
    if not found:
        return
    told = {task: {name: gates.told() for name, gates in layers.items()} for task, layers in found.items()}
    (folder / "gates.json").write_text(json.dumps({"split": split, "tasks": told}, indent=1), encoding="utf-8")
    draw_gates(folder / "gates.png", found)


def gates_by_task(model: Any, tokenizer: Any, rows: Iterable[Mapping[str, Any]], *, max_length: int) -> Gates:
    """Gates over the first conversations of each task; rows are those of the view `mue`."""
    import torch

    from pedcorpus.models.mue import GateWatch

    watch, is_training = GateWatch(model), model.training
    model.eval()
    found = {}
    try:
        with torch.no_grad(), watch.watching():
            for task, conversations in _by_task(rows).items():
                for messages in conversations:
                    ids = tokenizer.apply_chat_template(messages, return_dict=False)[:max_length]
                    model(torch.tensor([ids], device=model.device))
                if layers := watch.taken():
                    found[task] = layers
    finally:
        model.train(is_training)
    return found


def _by_task(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[list[Mapping[str, str]]]]:
    found: dict[str, list[list[Mapping[str, str]]]] = {}
    for row in rows:
        known = found.setdefault(row["task"], [])
        if len(known) < _ROWS:
            known.append([*row["prompt"], *row["completion"]])
    return dict(sorted(found.items()))


def draw_gates(path: Path, gates: Gates) -> None:
    """A heat map as a PNG: a panel for each task, a line for each layer, a column for each expert."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    layers = list(next(iter(gates.values())))
    experts = len(next(iter(gates.values()))[layers[0]].share)
    figure = Figure(figsize=(2.2 + 2.2 * len(gates), min(2 + 0.22 * len(layers), 24)), layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, len(gates), squeeze=False, sharey=True)[0]
    most = max(share for told in gates.values() for each in told.values() for share in each.share)
    for panel, (task, told) in zip(panels, gates.items(), strict=True):
        shares: Sequence[Sequence[float]] = [told[layer].share for layer in layers]
        drawn = panel.imshow(shares, aspect="auto", vmin=0, vmax=most, cmap="viridis")
        panel.set(title=task, xticks=range(experts), xticklabels=range(1, experts + 1), xlabel="expert")
        panel.set_yticks(range(len(layers)), labels=layers, fontsize=7)
    figure.colorbar(drawn, ax=panels, label="mean gate")
    figure.savefig(path, dpi=120, metadata={"Software": None})
