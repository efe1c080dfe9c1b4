"""Reads a converted folder with ms-swift's own loader; run by an interpreter that has it, see `readers.py`.

It prints, by path in the folder, the rows as the loader hands them to a template.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from swift.dataset import load_dataset

KEYS = ("messages", "rejected_response", "channel")


def read(folder: str) -> dict[str, list[dict[str, object]]]:
    paths = sorted(Path(folder).rglob("*.jsonl"))
    return {path.relative_to(folder).as_posix(): _read(path) for path in paths}


def _read(path: Path) -> list[dict[str, object]]:
    rows, _ = load_dataset(str(path), strict=True)
    return [{key: row[key] for key in KEYS if row.get(key) is not None} for row in rows]


if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps(read(sys.argv[1])) + "\n")
