"""Which vectors of a set are close to one of them: exact up to a hundred thousand, by cells beyond.

Exact search multiplies blocks of the matrix with all of it. Beyond, faiss sorts the vectors into cells around
k-means centres (IVF) and looks into the nearest ones only: some pairs near a border are missed.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from pedcorpus.errors import MissingExtra

__all__ = ["EXACT_MOST", "Neighbours"]

EXACT_MOST = 100_000
"""Vectors of one set that are compared each with each."""

_BLOCK = 512
_PROBES = 32  # cells that are looked into
_DIGITS = 4  # of a cosine: vectors are kept in half precision, and products differ with the machine


class Neighbours:
    """The vectors of one set, each of length one."""

    def __init__(self, vectors: npt.NDArray[np.float32], *, threshold: float, exact_most: int = EXACT_MOST) -> None:
        """Raises MissingExtra where there are more than `exact_most` and faiss is not installed."""
        self._vectors = np.ascontiguousarray(vectors)
        self._threshold = threshold
        self._block: npt.NDArray[np.float32] = np.empty((0, 0), dtype=np.float32)
        self._block_start = -1
        self._cells: Any = _cells(self._vectors) if len(vectors) > exact_most else None  # faiss has no types

    def of(self, place: int, *, among: npt.NDArray[np.bool_]) -> Iterator[tuple[int, float]]:
        """Those marked in `among` that are close to the one at `place`, with their cosines, in order of place."""
        places, cosines = self._near(place) if self._cells is not None else self._exact(place)
        for other, cosine in zip(places.tolist(), cosines.tolist(), strict=True):
            rounded = min(1.0, round(cosine, _DIGITS))
            if among[other] and rounded >= self._threshold:
                yield other, rounded

    def _exact(self, place: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]:
        start = place - place % _BLOCK
        if start != self._block_start:
            # what stands before the block is kept or covered by now
            self._block = self._vectors[start : start + _BLOCK] @ self._vectors[start:].T
            self._block_start = start
        cosines = self._block[place - start]
        (close,) = np.nonzero(cosines >= self._threshold - 10.0**-_DIGITS)
        return close + start, cosines[close]

    def _near(self, place: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]:
        _, cosines, places = self._cells.range_search(
            self._vectors[place : place + 1], self._threshold - 10.0**-_DIGITS
        )
        order = np.argsort(places, kind="stable")
        return places[order], cosines[order]


def _cells(vectors: npt.NDArray[np.float32]) -> Any:
    try:
        faiss = importlib.import_module("faiss")
    except ImportError as error:
        raise MissingExtra(f"finding neighbours among more than {EXACT_MOST:,} vectors", "embed") from error
    count, width = vectors.shape
    cells = max(1, round(4 * count**0.5))
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(width), width, cells, faiss.METRIC_INNER_PRODUCT)
    index.own_fields, index.cp.seed, index.cp.niter = False, 0, 10
    index.train(vectors[:: max(1, count // (40 * cells))])
    index.add(vectors)
    index.nprobe = _PROBES
    return index
