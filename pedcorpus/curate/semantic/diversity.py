"""How far apart vectors are: mean pairwise cosine, Vendi score, distance to the nearest other, all of a sample.

The Vendi score (Friedman and Dieng 2023) is the exponential of the entropy of the eigenvalues of the cosine matrix over
its size: the number of rows as different as possible that would be as varied, from 1 to the size of the sample.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["EDGES", "SpreadOfVectors", "spread_of"]

EDGES = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)
"""Borders of the histogram's bins, the lower one within; the first bin is all below."""
_BLOCK = 512


@dataclass(frozen=True)
class SpreadOfVectors:
    """What the vectors of a sample tell."""

    sample: int
    mean_cosine: float
    """Of all pairs of two."""
    vendi: float
    nearest: tuple[int, ...]
    """Rows by their cosine to the nearest other of the sample; one bin more than `EDGES`."""


def spread_of(vectors: npt.NDArray[np.float32]) -> SpreadOfVectors | None:
    """Measures of vectors of length one; none of fewer than two."""
    count = len(vectors)
    if count < 2:
        return None
    exact = vectors.astype(np.float64)
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    total = exact.sum(axis=0)
    mean = (float(total @ total) - count) / (count * (count - 1))
    return SpreadOfVectors(count, round(mean, 4), round(_vendi(exact), 2), _nearest(exact))


def _vendi(vectors: npt.NDArray[np.float64]) -> float:
    count, width = vectors.shape
    small = vectors @ vectors.T if count <= width else vectors.T @ vectors  # the same eigenvalues but zeros
    shares = np.linalg.eigvalsh(small / count)
    shares = shares[shares > 1e-12]
    return math.exp(float(-(shares * np.log(shares)).sum()))


def _nearest(vectors: npt.NDArray[np.float64]) -> tuple[int, ...]:
    best = np.empty(len(vectors))
    for start in range(0, len(vectors), _BLOCK):
        cosines = vectors[start : start + _BLOCK] @ vectors.T
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = -2.0  # itself
        best[start : start + _BLOCK] = cosines.max(axis=1)
    bins = np.searchsorted(EDGES, np.round(best, 4), side="right")
    return tuple(np.bincount(bins, minlength=len(EDGES) + 1).tolist())
