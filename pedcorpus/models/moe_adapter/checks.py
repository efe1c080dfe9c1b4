"""Whether an adapter's tensors are those that its configuration tells of: all of them, no others, of these shapes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.models.checkpoints import Header
from pedcorpus.models.moe_adapter.layouts import ExpertSizes, Layout

__all__ = ["Told", "checked_layers"]

_NUMBERED = re.compile(r"(?P<stack>.*\.layers)\.(?P<index>\d+)\.(?P<rest>.*)")

Names = Mapping[str, str]  # of one layer's tensors, by part


@dataclass(frozen=True)
class Told:
    """What adapter_config.json tells of the tensors."""

    experts: int
    """Specific ones."""
    rank: int
    blocks: tuple[int, ...] | None
    """Which have experts; none where all have."""
    targets: tuple[str, ...] | None
    """Names of the linear layers that have experts; none where they are told by an expression."""


def checked_layers(path: Path, header: Header, layout: Layout, told: Told) -> Mapping[str, Names]:
    """The names of each layer's tensors, by the layer's own name.

    Args:
        path: the file, for messages.
        header: shapes of its tensors.
        layout: how it is written.
        told: what its configuration tells.

    Raises:
        UsageError: a tensor is missing, of another shape, or of another kind.
    """
    found = _by_layer(path, header, layout)
    wanted = set(layout.parts) if any("noise" in names for names in found.values()) else set(layout.parts) - {"noise"}
    for layer, names in found.items():
        if told.targets is not None and not f".{layer}".endswith(tuple(f".{name}" for name in told.targets)):
            raise UsageError(
                f"{path}: holds experts for {layer}, which target_modules of adapter_config.json leaves out"
            )
        if missing := sorted(wanted - names.keys()):
            raise UsageError(f"{path}: lacks {layer}.{layout.parts[missing[0]]}, which its other layers have")
        _check_shapes(path, {part: (name, header[name]) for part, name in names.items()}, layout, told)
    _check_blocks(path, found, told.blocks)
    return found


def _by_layer(path: Path, header: Header, layout: Layout) -> Mapping[str, Names]:
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name in sorted(header):
        part = next((part for part, ending in layout.parts.items() if name.endswith(f".{ending}")), None)
        if part is None:
            known = ", ".join(layout.parts.values())
            raise UsageError(f"{path}: holds {name}, which is no tensor of the {layout.name} layout; known: {known}")
        found[name.removesuffix(f".{layout.parts[part]}")][part] = name
    if not found:
        raise UsageError(f"{path}: holds no tensors")
    return found


def _check_shapes(path: Path, tensors: Mapping[str, tuple[str, tuple[int, ...]]], layout: Layout, told: Told) -> None:
    a, b = tensors["A"][1], tensors["B"][1]
    inputs, outputs = layout.widths(a, b) if min(len(a), len(b)) > 1 else (0, 0)
    expected = layout.shapes(ExpertSizes(told.experts, told.rank, inputs, outputs))
    for part, (name, shape) in tensors.items():
        if shape != expected[part]:
            raise UsageError(
                f"{path}: {name} is {_told(shape)}, by adapter_config.json ({told.experts} specific experts and "
                f"the universal one, rank {told.rank}) it is {_told(expected[part])}"
            )


def _check_blocks(path: Path, found: Iterable[str], layers: Iterable[int] | None) -> None:
    """Each kind of layer has experts in every block: a file that lost some would answer otherwise, unnoticed."""
    blocks: dict[tuple[str, str], set[int]] = {}
    for layer in found:
        if match := _NUMBERED.fullmatch(layer):
            blocks.setdefault((match["stack"], match["rest"]), set()).add(int(match["index"]))
    highest = max((max(indices) for indices in blocks.values()), default=-1)
    wanted = set(range(highest + 1)) if layers is None else set(layers)
    for (stack, rest), indices in blocks.items():
        if missing := sorted(wanted - indices):
            raise UsageError(f"{path}: lacks {stack}.{missing[0]}.{rest}, which it has for other blocks")


def _told(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "one number"
