"""Embedding vectors, kept by text and model in a file of their own, so that none is computed or paid for twice.

The file is a store of replies of its own kind: several processes fill it at once, each vector is on the disk before
the next is waited for, and who computes one holds a claim on it. What a vector is good for is decided elsewhere.
"""

from __future__ import annotations

import base64
import math
import struct
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from pedcorpus.errors import StoreError
from pedcorpus.llm.reading import Exchange
from pedcorpus.llm.store import ReplyStore
from pedcorpus.records import content_id

__all__ = ["Embedder", "Filled", "Vector", "VectorStore", "fill_vectors", "vector_key"]

Vector = Sequence[float]

_ROUND = 2048  # texts claimed together
_RENEW_S = 20.0
_LOOK_AGAIN_S = 0.5  # whether another process has its vectors


class Embedder(Protocol):
    """What turns texts into vectors."""

    name: str
    """Stands for the model in the file, so that another model's vectors are never taken for its own."""

    def embed(self, texts: Mapping[str, str]) -> Iterator[Mapping[str, Vector]]:
        """Vectors by the keys of `texts`, as they are done, an empty mapping now and then; what it cannot is left out.

        Raises:
            EndpointError: the model cannot be used.
        """


@dataclass(frozen=True)
class Filled:
    """What filling the file came to."""

    known: int
    """Vectors that were kept already."""
    computed: int
    left_out: int
    """Texts without a vector: the model refused them, or the budget ran out."""


def vector_key(model: str, text: str) -> str:
    """Where the vector of `text` is kept."""
    return content_id("vector", model, text)


class VectorStore:
    """Vectors of length one by key, rounded to half precision; safe under several processes."""

    def __init__(self, path: Path) -> None:
        """Opens the file, or makes it.

        Raises:
            StoreError: it is damaged, is something else, or cannot be written.
        """
        self._path = path
        self._rows = ReplyStore(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._rows.close()

    def find(self, keys: Collection[str]) -> dict[str, bytes]:
        """Those of `keys` that are kept, each as little-endian half-precision floats.

        Raises:
            StoreError: a row is damaged.
        """
        found = self._rows.find(keys)
        try:
            return {key: base64.b64decode(turns[0].raw, validate=True) for key, turns in found.items()}
        except ValueError as error:
            raise StoreError(f"{self._path}: holds a damaged vector; move the file away, it is filled anew") from error

    def keep(self, vectors: Mapping[str, Vector]) -> None:
        """Write vectors durably, and give up the claims on them.

        Raises:
            StoreError: they cannot be written.
        """
        rows = [Exchange(key, 0, 0, "plain", 200, _packed(vector)) for key, vector in vectors.items()]
        self._rows.keep(rows, done=list(vectors))

    def claim(self, keys: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Of `keys`, of which none is kept: those that are ours to compute, and those that another process does."""
        claimed = self._rows.claim(keys, seen={})
        return claimed.mine, claimed.theirs

    def renew(self) -> None:
        """Say that this process still computes what it claimed."""
        self._rows.renew()

    def release(self) -> None:
        """Give up what was claimed and is not kept."""
        self._rows.release_all()


def fill_vectors(
    store: VectorStore, texts: Mapping[str, str], embedder: Embedder, *, advance: Callable[[int], None]
) -> Filled:
    """Compute what `store` lacks of `texts`, by key; what another process is computing is waited for.

    Raises:
        EndpointError: the model cannot be used; what was computed is kept.
        StoreError: vectors cannot be kept.
    """
    kept = store.find(texts.keys())
    todo = sorted(texts.keys() - kept.keys(), key=lambda key: (len(texts[key]), key))  # of a length: less padding
    advance(len(kept))
    computed = left_out = 0
    while todo:
        some, todo = todo[:_ROUND], todo[_ROUND:]
        mine, theirs = store.claim(some)
        done = _compute(store, {key: texts[key] for key in some if key in mine}, embedder, advance)
        computed, left_out = computed + done, left_out + len(mine) - done
        if theirs:
            if not mine:
                time.sleep(_LOOK_AGAIN_S)
            todo += sorted(theirs - store.find(theirs).keys())
    return Filled(known=len(texts) - computed - left_out, computed=computed, left_out=left_out)


def _compute(store: VectorStore, texts: Mapping[str, str], embedder: Embedder, advance: Callable[[int], None]) -> int:
    done, renewed_at = 0, time.monotonic()
    try:
        for vectors in embedder.embed(texts) if texts else ():
            usable = {key: unit for key, vector in vectors.items() if (unit := _unit(vector)) is not None}
            store.keep(usable)
            done += len(usable)
            advance(len(vectors))
            if time.monotonic() - renewed_at > _RENEW_S:
                store.renew()
                renewed_at = time.monotonic()
    finally:
        store.release()
    return done


def _unit(vector: Vector) -> Vector | None:
    """The vector at length one; none where it has no direction."""
    length = math.hypot(*vector)
    return [value / length for value in vector] if 0.0 < length < math.inf else None


def _packed(vector: Vector) -> str:
    return base64.b64encode(struct.pack(f"<{len(vector)}e", *vector)).decode("ascii")
