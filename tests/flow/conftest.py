from pathlib import Path

import pytest

from pedcorpus.settings import Workspace
from tests.chapter import CHAPTER, write_chapter

__all__ = ["CHAPTER"]


@pytest.fixture
def textbooks(tmp_path: Path) -> Path:
    """A folder with one undeclared chapter."""
    return write_chapter(tmp_path)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace folder."""
    return Workspace(tmp_path / "ward")
