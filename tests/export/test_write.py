from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.export import Export, Release, list_exports, open_export, write_export
from pedcorpus.export.read import VIEWS
from pedcorpus.records import Tier
from pedcorpus.settings import ExportSettings
from tests.export.golden import GOLDEN, golden_files
from tests.export.sample import sample_release

REPOSITORY = Path(__file__).parents[2]

WRITER = """
import random, sys
from pathlib import Path
from pedcorpus.export import write_export
from tests.export.sample import sample_release
release = sample_release("v1")
shuffled = {name: random.Random(int(sys.argv[2])).sample(list(getattr(release, name)), len(getattr(release, name)))
            for name in ("rows", "sources", "documents", "passages", "triples", "preferences")}
write_export(sample_release("v1", **shuffled), Path(sys.argv[1]))
"""

WORLDS = [
    {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1", "USER": "a"},
    {"TZ": "America/Caracas", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "OMP_NUM_THREADS": "4", "USER": "b"},
]


def bytes_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_sample_release_is_the_golden_one(sample_export: Export) -> None:
    made, golden = golden_files(sample_export), bytes_of(GOLDEN)
    differing = sorted(name for name in made.keys() | golden.keys() if made.get(name) != golden.get(name))
    assert not differing, "look at the difference; if it is meant, run: python -m tests.export.golden"


def test_the_same_release_gives_the_same_bytes_anywhere(sample_export: Export, tmp_path: Path) -> None:
    for number, world in enumerate(WORLDS):
        target = tmp_path / f"folder {number}" / "v1"
        environment = os.environ | world | {"PYTHONPATH": str(REPOSITORY)}
        subprocess.run([sys.executable, "-c", WRITER, str(target), str(number)], env=environment, check=True)
        assert bytes_of(target) == bytes_of(sample_export.root)


def test_an_export_never_changes(tmp_path: Path) -> None:
    target = tmp_path / "v1"
    before = bytes_of(write_export(sample_release("v1"), target).root)
    with pytest.raises(UsageError, match="choose another version name"):
        write_export(sample_release("v1", tier=Tier.OPEN), target)
    assert bytes_of(target) == before


def test_a_folder_is_called_as_its_version(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has to be called so"):
        write_export(sample_release("v1"), tmp_path / "v2")


@pytest.mark.parametrize("version", ["../v1", "", "a/b"])
def test_a_version_with_a_path_in_it_is_refused(tmp_path: Path, version: str) -> None:
    with pytest.raises(UsageError, match="cannot name a folder"):
        write_export(sample_release(version), tmp_path / version)


def test_an_empty_release_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no instruction is accepted yet"):
        write_export(sample_release("v1", rows=()), tmp_path / "v1")
    assert not list(tmp_path.iterdir())


def test_a_failure_half_way_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise RuntimeError("half way")

    monkeypatch.setattr("pedcorpus.export.write.write_card", fail)
    with pytest.raises(RuntimeError, match="half way"):
        write_export(sample_release("v1"), tmp_path / "v1")
    assert list_exports(tmp_path) == ()
    assert not list(tmp_path.iterdir())


def test_no_byte_of_an_open_export_is_from_a_stricter_work(tmp_path: Path) -> None:
    export = write_export(sample_release("v1", tier=Tier.OPEN), tmp_path / "v1")
    rows = [row for view in VIEWS for split in ("train", "validation", "test") for row in export.rows(view, split)]
    texts = [path.read_text("utf-8") for path in export.root.rglob("*") if path.suffix in (".md", ".json")]
    assert rows
    assert not [text for text in (*texts, str(rows)) if "样图" in text or "'graph'" in text or "CC-BY-4.0" in text]
    assert export.manifest.counts["left_out"] == {"tier": 14}


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("settings_sha256", {"settings": ExportSettings(cpt_instruction_share=0.2)}),
        (
            "sources_sha256",
            {"sources": tuple(item.model_copy(update={"edition": "9"}) for item in sample_release().sources)},
        ),
        ("decisions_sha256", {"rows": [row.model_copy(update={"decisions": ()}) for row in sample_release().rows]}),
    ],
)
def test_the_manifest_binds_what_the_export_was_made_from(
    sample_export: Export, tmp_path: Path, name: str, changes: dict[str, object]
) -> None:
    changed = write_export(sample_release("v1", **changes), tmp_path / "v1")
    assert getattr(changed.manifest, name) != getattr(sample_export.manifest, name)


def test_a_child_names_its_parent(tmp_path: Path) -> None:
    release: Release = sample_release("v2", parent="v1")
    assert open_export(write_export(release, tmp_path / "v2").root).manifest.parent == "v1"
