"""How routers share tokens out among the specific experts, layer by layer, while somebody watches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from pedcorpus.models.mue.layer import MueLinear

__all__ = ["GateWatch", "LayerGates"]


@dataclass(frozen=True)
class LayerGates:
    """Gates of one layer over the tokens that went through it."""

    tokens: int
    share: tuple[float, ...]
    """Mean gate of each expert; they sum to 1."""
    entropy: float
    """Mean over tokens of the gates' entropy as a share of the greatest there is: 1 where all experts weigh alike, 0
    where one expert alone is asked."""

    def told(self) -> dict[str, object]:
        """As JSON, but for the tokens."""
        return {"share": self.share, "entropy": self.entropy}


@dataclass
class _Sums:
    gates: Tensor | float = 0.0
    entropy: Tensor | float = 0.0
    tokens: int = 0

    def add(self, gates_TE: Tensor) -> None:
        each = gates_TE.detach().flatten(0, -2)
        self.gates = self.gates + each.sum(0)
        self.entropy = self.entropy + torch.special.entr(each).sum()
        self.tokens += len(each)


@dataclass
class GateWatch:
    """Gathers the gates of every MUE layer of a model."""

    model: nn.Module
    _sums: dict[str, _Sums] = field(default_factory=dict)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Gates are gathered until the block ends."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    def begin(self) -> None:
        """Gates are gathered from now on."""
        for name, layer in self._layers():
            layer.on_gates = self._sums.setdefault(name, _Sums()).add

    def end(self) -> None:
        """They are not any more; what was gathered stays until it is taken."""
        for _, layer in self._layers():
            layer.on_gates = None

    def taken(self) -> dict[str, LayerGates]:
        """What was gathered since the last time, by layer in the order of the model."""
        found = {name: _told(sums) for name, sums in self._sums.items() if sums.tokens}
        for sums in self._sums.values():  # the layers know them
            sums.gates, sums.entropy, sums.tokens = 0.0, 0.0, 0
        return found

    def _layers(self) -> Iterator[tuple[str, MueLinear]]:
        for name, layer in self.model.named_modules():
            if isinstance(layer, MueLinear):
                yield name.partition("layers.")[2] or name, layer


def _told(sums: _Sums) -> LayerGates:
    gates = torch.as_tensor(sums.gates).double() / sums.tokens
    greatest = torch.log(torch.tensor(float(len(gates)))).item()
    entropy = float(sums.entropy) / sums.tokens / greatest if greatest else 1.0
    return LayerGates(sums.tokens, tuple(gates.tolist()), entropy)
