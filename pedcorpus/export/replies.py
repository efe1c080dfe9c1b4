"""Which replies of which models rows were made of: one hash over all, and counts by model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from pedcorpus.records import canonical_json

__all__ = ["Replies", "bound_replies"]


@dataclass(frozen=True)
class Replies:
    """What binds a version to models' replies."""

    sha256: str
    """Over the JSON lines `[row, key, model]` of all rows that a model wrote, by row. A reply is kept under its key,
    which is a hash of the whole request."""
    models: Counter[str]
    """Rows by model."""


def bound_replies(replies: Iterable[tuple[str, str, str]]) -> Replies:
    """Row, key of the request and model, sorted."""
    digest = sha256()
    models: Counter[str] = Counter()
    for reply in replies:
        digest.update(canonical_json(list(reply)).encode() + b"\n")
        models[reply[2]] += 1
    return Replies(digest.hexdigest(), models)
