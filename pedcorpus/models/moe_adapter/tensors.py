"""One layer's experts from one layout into the other: axes change places, no number changes. Imports torch."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor

__all__ = ["as_mue", "as_published"]

Parts = Mapping[str, Tensor]  # by `A`, `B`, `router`, `noise`


def as_mue(parts: Parts) -> dict[str, Tensor]:
    """Of the published layout: the ranks of all experts stacked, the universal one's first."""
    made = {
        "A": parts["A"].transpose(1, 2).flatten(0, 1),  # (E + 1, I, R) to ((E + 1) R, I)
        "B": parts["B"].flatten(0, 1).transpose(0, 1),  # (E + 1, R, O) to (O, (E + 1) R)
        "router": parts["router"],
    }
    return _whole(made, noise=parts.get("noise"))


def as_published(parts: Parts, *, experts: int) -> dict[str, Tensor]:
    """Of this project's layout, with `experts` specific ones."""
    made = {
        "A": parts["A"].reshape(experts + 1, -1, parts["A"].shape[1]).transpose(1, 2),
        "B": parts["B"].transpose(0, 1).reshape(experts + 1, -1, parts["B"].shape[0]),
        "router": parts["router"],
    }
    return _whole(made, noise=parts.get("noise"))


def _whole(made: dict[str, Tensor], *, noise: Tensor | None) -> dict[str, Tensor]:
    """Each in memory of its own, as files want them; the noise's matrix is the other's turned over."""
    together = made if noise is None else {**made, "noise": noise.transpose(0, 1)}
    return {part: tensor.contiguous() for part, tensor in together.items()}
