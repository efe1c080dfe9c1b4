from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("room", "absent"),
    [
        ("pedcorpus.review", ("textual", "duckdb", "torch")),
        ("pedcorpus.screens", ("duckdb", "torch", "pedcorpus.corpus")),
    ],
)
def test_importing_the_room_does_not_import(room, absent):
    code = f"import sys, {room}; print([name for name in {absent!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
