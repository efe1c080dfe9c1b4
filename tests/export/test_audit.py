"""A version that was changed, and its manifest with it, is found out by what is in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pedcorpus.export import Export, audit_export, open_export, verify_export
from pedcorpus.export.manifest import FileEntry, Manifest, manifest_bytes
from pedcorpus.export.verify import file_sha256
from pedcorpus.records import Tier

TRAIN, TEST = Path("instructions/train.parquet"), Path("instructions/test.parquet")


@pytest.fixture
def root(sample_export: Export, tmp_path: Path) -> Path:
    return shutil.copytree(sample_export.root, tmp_path / "v1")


def rewritten(path: Path, change: Callable[[list[dict[str, Any]]], object]) -> None:
    table = pq.read_table(path)
    rows = table.to_pylist()
    change(rows)
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)


def resealed(root: Path, **changes: Any) -> None:
    """The manifest anew, as whoever wants to hide a change would write it."""
    manifest = Manifest.model_validate_json((root / "manifest.json").read_bytes())
    files = {name: _entry(root / name) for name in manifest.files}
    (root / "manifest.json").write_bytes(manifest_bytes(manifest.model_copy(update={"files": files, **changes})))


def _entry(path: Path) -> FileEntry:
    rows = pq.read_metadata(path).num_rows if path.suffix == ".parquet" else None
    return FileEntry(sha256=file_sha256(path), rows=rows, bytes=path.stat().st_size)


def another_answer(root: Path) -> None:
    rewritten(root / TRAIN, lambda rows: rows[0]["messages"][-1].update(content="别的回答。"))


def another_question(root: Path) -> None:
    rewritten(root / TRAIN, lambda rows: rows[0].update(topic="别的病"))


def another_example(root: Path) -> None:
    rewritten(root / "sft/train.parquet", lambda rows: rows[0]["completion"][0].update(content="别的回答。"))


def a_row_less(root: Path) -> None:
    rewritten(root / TRAIN, lambda rows: rows.pop())


def a_section_on_both_sides(root: Path) -> None:
    group = pq.read_table(root / TRAIN, columns=["group"]).column("group")[0].as_py()
    rewritten(root / TEST, lambda rows: rows[0].update(group=group))


def a_stricter_row(root: Path) -> None:
    rewritten(root / TRAIN, lambda rows: rows[0].update(tier="internal"))


def a_nicer_report(root: Path, name: str) -> None:
    path = root / "reports" / f"{name}.json"
    told = json.loads(path.read_bytes())
    if name == "leakage":
        told["test"]["rows"] = 10_000
    else:
        told["rows_by_license"] = {"MIT": 1}
    path.write_text(json.dumps(told), encoding="utf-8")


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "an answer": (another_answer, "messages are not what its fields say"),
    "a topic": (another_question, "has the id"),
    "an example": (another_example, "the view sft says something else"),
    "a row is gone": (a_row_less, "the tables hold"),
    "a section is torn": (a_section_on_both_sides, "stands in train and in test"),
    "leakage": (lambda root: a_nicer_report(root, "leakage"), "leakage.json: test.rows says 10000"),
    "licences": (lambda root: a_nicer_report(root, "licences"), "licences.json: rows_by_license"),
}


def test_a_sound_version_stands_up_to_everything(root: Path) -> None:
    assert list(audit_export(root)) == []


@pytest.mark.parametrize(("change", "told"), CHANGES.values(), ids=CHANGES)
def test_a_change_that_the_manifest_was_made_to_fit_is_found(
    root: Path, change: Callable[[Path], None], told: str
) -> None:
    change(root)
    resealed(root)
    assert verify_export(root) == []
    assert told in "\n".join(audit_export(root))


def test_a_row_that_may_not_travel_so_far_is_named(root: Path) -> None:
    a_stricter_row(root)
    resealed(root, tier=Tier.OPEN)
    assert "train holds rows of tier internal, stricter than the version's" in "\n".join(audit_export(root))


def test_a_count_that_the_tables_do_not_bear_out_is_named(root: Path) -> None:
    counts = open_export(root).manifest.counts
    resealed(root, counts={**counts, "splits": {**counts["splits"], "train": 99_999}})
    assert "counts 99999 under splits, train" in "\n".join(audit_export(root))
