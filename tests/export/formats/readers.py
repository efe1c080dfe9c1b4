"""Other tools' own readers. Their requirements clash with ours, so each runs in an interpreter of its own:

    python -m venv /somewhere/factory && /somewhere/factory/bin/pip install llamafactory
    PEDCORPUS_LLAMAFACTORY_PYTHON=/somewhere/factory/bin/python pytest tests/export/formats

Likewise `ms-swift` with PEDCORPUS_SWIFT_PYTHON.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

__all__ = ["read_with"]


def read_with(tool: str, *arguments: object, cache: Path) -> dict[str, list[dict[str, Any]]]:
    """What the tool's loader makes of a folder, by file; skips the test where there is no interpreter with it."""
    variable = f"PEDCORPUS_{tool.upper()}_PYTHON"
    python = os.environ.get(variable)
    if not python:
        pytest.skip(f"{variable} names no interpreter that has {tool}")
    script = Path(__file__).with_name(f"read_by_{tool}.py")
    places = {"HF_HOME": str(cache), "MODELSCOPE_CACHE": str(cache), "HF_HUB_OFFLINE": "1"}
    command = [python, str(script), *map(str, arguments)]
    done = subprocess.run(command, env={**os.environ, **places}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    rows: dict[str, list[dict[str, Any]]] = json.loads(done.stdout.strip().splitlines()[-1])
    return rows
