"""Originals for the parse tests: a work of a kind, a name and bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pedcorpus.parse import Original
from pedcorpus.records import Source, SourceKind

REAL = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def original() -> Callable[..., Original]:
    def make(name: str, data: bytes | str, kind: str = "textbook", **columns: str) -> Original:
        raw = data.encode("utf-8") if isinstance(data, str) else data
        source = Source(id="work", kind=SourceKind(kind), title="一部书")
        return Original(source, name, raw, columns)

    return make


@pytest.fixture
def real_data() -> Path:
    if not REAL.is_dir():
        pytest.skip(f"{REAL.name} is not beside the checkout: real text is not part of the repository")
    return REAL
