from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from pedcorpus.export import Export

# mlcroissant's own use of rdflib
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def metadata(sample_export: Export) -> dict[str, object]:
    return json.loads((sample_export.root / "croissant.json").read_bytes())


def test_every_table_is_listed_with_its_hash(sample_export: Export, metadata) -> None:
    listed = {item["contentUrl"]: item["sha256"] for item in metadata["distribution"]}
    tables = {
        name: entry.sha256
        for name, entry in sample_export.manifest.files.items()
        if entry.rows is not None and not name.startswith("origins/")
    }
    assert listed == {name: sha256 for name, sha256 in tables.items() if not name.startswith("origins/")}


def test_every_column_is_described(sample_export: Export, metadata) -> None:
    for record_set in metadata["recordSet"]:
        schema = pq.read_schema(sample_export.root / f"{record_set['@id']}.parquet")
        assert [field["name"].split("/")[-1] for field in record_set["field"]] == schema.names


def test_identifiers_are_unique(metadata) -> None:
    def walk(fields):
        for field in fields:
            yield field["@id"]
            yield from walk(field.get("subField", ()))

    ids = [item["@id"] for item in metadata["distribution"]]
    ids += [name for item in metadata["recordSet"] for name in (item["@id"], *walk(item["field"]))]
    assert len(ids) == len(set(ids))


@pytest.fixture(scope="module")
def dataset(sample_export: Export):
    croissant = pytest.importorskip("mlcroissant", reason="pip install mlcroissant")
    return croissant.Dataset(jsonld=str(sample_export.root / "croissant.json"))


def test_the_reference_library_finds_no_error(dataset) -> None:
    assert not dataset.metadata.ctx.issues.errors


@pytest.mark.parametrize(
    ("view", "column"), [("sft", "completion"), ("dfpo", "rejected"), ("instructions", "messages")]
)
def test_the_reference_library_reads_the_rows(sample_export: Export, dataset, view, column) -> None:
    field = f"{view}/train/{column}"
    read = [
        [{name: message[f"{field}/{name}"].decode() for name in ("role", "content")} for message in record[field]]
        for record in dataset.records(f"{view}/train")
    ]
    assert read == [row[column] for row in sample_export.rows(view, "train")]
