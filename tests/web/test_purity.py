from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("room", "absent"),
    [
        # a browser's screen is Textual's in its own process; a command's help is not kept waiting
        ("pedcorpus.web", {"textual", "torch", "pymupdf"}),
        ("pedcorpus.cli.main", {"aiohttp", "textual", "textual_serve"}),
    ],
)
def test_what_need_not_be_loaded_is_not(room: str, absent: set[str]) -> None:
    code = f"import sys, {room}; print([name for name in {absent!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
