"""The golden files of the sample release; `python -m tests.export.golden` renews them.

Tables stand in as JSON Lines, because another version of the Parquet library may write other bytes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

from pedcorpus.export import SPLITS, VIEWS, Export, write_export
from pedcorpus.records import canonical_json
from tests.export.sample import sample_release

__all__ = ["GOLDEN", "golden_files"]

GOLDEN = Path(__file__).parent / "golden"


def golden_files(export: Export) -> dict[str, bytes]:
    """What is compared, by path."""
    names = ["LICENSE.md", "README.md", *sorted(name for name in export.manifest.files if name.startswith("reports/"))]
    files = {name: (export.root / name).read_bytes() for name in names}
    for view in VIEWS:
        for split in SPLITS:
            if lines := [canonical_json(row) + "\n" for row in export.rows(view, split)]:
                files[f"{view}/{split}.jsonl"] = "".join(lines).encode()
    for path in sorted(name for name in export.manifest.files if name.startswith("origins/")):
        files[path.replace(".parquet", ".jsonl")] = _told(export.root / path)
    settled = json.loads((export.root / "manifest.json").read_bytes())
    kept = {name: settled[name] for name in ("format", "version", "tier", "status", "counts", "settings_sha256")}
    return files | {"manifest.json": canonical_json(kept).encode() + b"\n"}


def _told(path: Path) -> bytes:
    if path.suffix == ".json":
        return path.read_bytes()
    return "".join(canonical_json(row) + "\n" for row in pq.read_table(path).to_pylist()).encode()


def _renew() -> None:
    shutil.rmtree(GOLDEN, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        export = write_export(sample_release("v1"), Path(folder) / "v1")
        for name, data in golden_files(export).items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_bytes(data)


if __name__ == "__main__":
    _renew()
