from __future__ import annotations

from pathlib import Path

import pytest

from pedcorpus.export import Export
from pedcorpus.export.formats import Converted, convert_export, format_names, format_of
from tests.export.formats.handmade import handmade_export


@pytest.fixture(scope="session")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """A version with every sort of conversation."""
    return handmade_export(tmp_path_factory.mktemp("versions") / "v7")


@pytest.fixture(scope="session")
def converted(talks: Export, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Converted]:
    """It in each format; tests that change a folder make their own."""
    place: Path = tmp_path_factory.mktemp("converted")
    return {name: convert_export(talks, format_of(name), place / name) for name in format_names()}
