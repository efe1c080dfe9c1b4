from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.errors import ExportError, UsageError
from pedcorpus.export import Export, write_export
from pedcorpus.settings import Workspace
from tests.export.sample import sample_release


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Export:
    return write_export(sample_release("v1"), tmp_path_factory.mktemp("made") / "v1")


@pytest.fixture
def ward(made: Export, tmp_path: Path) -> Workspace:
    """A workspace with a version and no corpus: none is needed."""
    shutil.copytree(made.root, tmp_path / "ward" / "exports" / "v1")
    return Workspace(tmp_path / "ward")


def test_a_version_is_converted_into_a_folder_of_its_own(ward: Workspace) -> None:
    assert flow.convert(ward, "v1", "swift").root == ward.root / "converted" / "v1" / "swift"
    assert [path.name for path in (ward.root / "exports").iterdir()] == ["v1"]


def test_it_is_written_where_one_wants_it(ward: Workspace, tmp_path: Path) -> None:
    made = flow.convert(ward, "v1", "openai", out=tmp_path / "elsewhere" / "x", views=["sft"])
    assert (made.root, {file.view for file in made.files}) == (tmp_path / "elsewhere" / "x", {"sft"})


def test_a_damaged_version_is_not_converted(ward: Workspace) -> None:
    table = ward.exports / "v1" / "sft" / "train.parquet"
    table.write_bytes(table.read_bytes()[:-1] + b"?")
    with pytest.raises(ExportError, match=r"train\.parquet: was changed"):
        flow.convert(ward, "v1", "jsonl")
    assert not (ward.root / "converted").exists()


def test_a_version_that_is_not_there_is_refused(ward: Workspace) -> None:
    with pytest.raises(UsageError, match="there is no export"):
        flow.convert(ward, "v2", "jsonl")


def test_a_version_from_elsewhere_is_called_by_its_folder(ward: Workspace, made: Export) -> None:
    converted = flow.convert(ward, str(made.root), "openai")
    assert converted.root == ward.root / "converted" / "v1" / "openai"


def test_an_unknown_format_is_named_with_the_known(ward: Workspace) -> None:
    with pytest.raises(UsageError, match="--format csv: expected one of alpaca, jsonl, llamafactory, openai"):
        flow.convert(ward, "v1", "csv")


class Counting:
    """Adds up a stage's parts and what was done of them."""

    def __init__(self) -> None:
        self.total, self.done = 0.0, 0.0

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Counting]:  # noqa: ARG002 - the protocol's signature
        self.total = total
        yield self

    def advance(self, done: float = 1) -> None:
        self.done += done


def test_progress_ends_where_its_total_said(ward: Workspace) -> None:
    progress = Counting()
    made = flow.convert(ward, "v1", "sharegpt", progress=progress)  # type: ignore[arg-type]
    assert progress.total == progress.done == sum(file.rows for file in made.files)
