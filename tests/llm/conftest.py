from collections.abc import Iterator
from pathlib import Path

import pytest

from pedcorpus.llm import ReplyStore
from tests.llm.server import ScriptedServer, serving


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with serving() as started:
        yield started


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ReplyStore]:
    with ReplyStore(tmp_path / "replies.sqlite") as opened:
        yield opened
