from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pedcorpus.export import Export, verify_export


@pytest.fixture
def root(sample_export: Export, tmp_path: Path) -> Path:
    return shutil.copytree(sample_export.root, tmp_path / "v1")


def cut(root: Path) -> None:
    path = root / "sft" / "train.parquet"
    path.write_bytes(path.read_bytes()[:-10])


def add(root: Path) -> None:
    (root / "sft" / "extra.parquet").write_text("x")


def remove(root: Path) -> None:
    (root / "reports" / "leakage.json").unlink()


def rename(root: Path) -> None:
    (root / "sft" / "test.parquet").rename(root / "sft" / "held-out.parquet")


def swap(root: Path) -> None:
    for first, second in (("mue/train", "x"), ("mue/test", "mue/train"), ("x", "mue/test")):
        (root / f"{first}.parquet").rename(root / f"{second}.parquet")


def lose_manifest(root: Path) -> None:
    (root / "manifest.json").unlink()


CHANGES: list[tuple[Callable[[Path], None], list[str]]] = [
    (cut, ["sft/train.parquet: has "]),
    (add, ["sft/extra.parquet: was added"]),
    (remove, ["reports/leakage.json: is missing"]),
    (rename, ["sft/held-out.parquet: was added", "sft/test.parquet: is missing"]),
    (swap, ["mue/test.parquet: has ", "mue/train.parquet: has "]),
    (lose_manifest, ["manifest.json: cannot be read"]),
]


def test_a_sound_export_has_no_problems(root: Path) -> None:
    assert verify_export(root) == []


@pytest.mark.parametrize(("change", "expected"), CHANGES, ids=[change.__name__ for change, _ in CHANGES])
def test_each_change_is_named(root: Path, change: Callable[[Path], None], expected: list[str]) -> None:
    change(root)
    problems = verify_export(root)
    assert len(problems) == len(expected)
    assert all(f"{root}/{start}" in problem for start, problem in zip(expected, problems, strict=True))


def test_a_wrong_row_count_is_found_even_where_the_manifest_was_sealed_anew(root: Path) -> None:
    from pedcorpus.export.manifest import manifest_bytes, parse_manifest

    path = root / "manifest.json"
    manifest = parse_manifest(path.read_bytes(), where="here")
    entry = manifest.files["sft/train.parquet"].model_copy(update={"rows": 26})
    changed = manifest.model_copy(update={"files": {**manifest.files, "sft/train.parquet": entry}})
    path.write_bytes(manifest_bytes(changed))
    assert verify_export(root) == [f"{root}/sft/train.parquet: has 27 rows, expected 26"]


def test_every_flipped_byte_is_found(root: Path) -> None:
    chance = random.Random(5)
    files = sorted(path for path in root.rglob("*") if path.is_file())
    for _ in range(200):
        path = chance.choice(files)
        data = path.read_bytes()
        position = chance.randrange(len(data))
        flipped = data[position] ^ chance.randrange(1, 256)
        path.write_bytes(data[:position] + bytes([flipped]) + data[position + 1 :])
        assert len(verify_export(root)) == 1, (path, position)
        path.write_bytes(data)
    assert verify_export(root) == []


@pytest.mark.parametrize("change", [{"version": "v2"}, {"extra": 1}, {"format": 2}, {"files": {"a": {}}}])
def test_an_edited_manifest_is_found(root: Path, change: dict[str, object]) -> None:
    path = root / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | change, indent=2))
    (problem,) = verify_export(root)
    assert problem.startswith(f"{path}: ")
