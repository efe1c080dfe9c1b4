from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pedcorpus.errors import ExportError, UsageError
from pedcorpus.export import Export, list_exports, newest_export, open_export


def finished(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).mkdir()
        (folder / name / "manifest.json").write_text("{}")


def test_an_export_opens_as_it_was_written(sample_export: Export) -> None:
    assert open_export(sample_export.root) == sample_export


def test_versions_come_in_natural_order(tmp_path: Path) -> None:
    finished(tmp_path, "v10", "v9", "v1", "2026.10", "2026.9")
    assert [path.name for path in list_exports(tmp_path)] == ["2026.9", "2026.10", "v1", "v9", "v10"]
    assert newest_export(tmp_path) == tmp_path / "v10"


def test_unfinished_folders_and_stray_files_are_no_exports(tmp_path: Path) -> None:
    finished(tmp_path, "v1", ".v2.partial")
    (tmp_path / "v3").mkdir()
    (tmp_path / "v4").write_text("")
    assert list_exports(tmp_path) == (tmp_path / "v1",)


@pytest.mark.parametrize("name", ["", "absent"])
def test_without_exports_there_is_no_newest(tmp_path: Path, name: str) -> None:
    assert newest_export(tmp_path / name) is None


def test_opening_what_is_not_there_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="pedcorpus export --version v7"):
        open_export(tmp_path / "v7")


def test_a_folder_without_a_manifest_is_no_export(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"manifest\.json: cannot be read .*no finished export"):
        open_export(tmp_path)


def test_a_changed_file_is_named_on_opening_unless_trusted(sample_export: Export, tmp_path: Path) -> None:
    root = shutil.copytree(sample_export.root, tmp_path / "v1")
    (root / "README.md").write_text("other")
    with pytest.raises(ExportError, match=r"README\.md: has 5 bytes"):
        open_export(root)
    assert open_export(root, verify=False).manifest == sample_export.manifest


def test_rows_keep_their_order_and_count(sample_export: Export) -> None:
    entry = sample_export.manifest.files["sft/train.parquet"]
    assert len(list(sample_export.rows("sft", "train"))) == entry.rows == 27
    assert sample_export.view_file("sft", "train") == sample_export.root / "sft" / "train.parquet"
