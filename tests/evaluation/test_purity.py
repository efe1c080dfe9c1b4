"""The room reads runs and counts votes; it needs no screen, no database, no model, and no statistics until asked."""

from __future__ import annotations

import subprocess
import sys


def test_evaluation_needs_neither_a_screen_nor_a_database_nor_a_model() -> None:
    absent = ("textual", "duckdb", "torch", "transformers", "scipy", "matplotlib", "krippendorff")
    code = f"import sys, pedcorpus.evaluation; print([name for name in {absent!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
