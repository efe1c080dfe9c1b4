"""Data sets in columns: Parquet, and Arrow files as Hugging Face writes them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, dialogues, parse_original

Make = Callable[..., Original]
ROWS = [
    {"conversations": [{"from": "human", "value": "宝宝发热"}, {"from": "gpt", "value": "多少度？"}]},
    {"conversations": [{"from": "human", "value": "咳嗽"}, {"from": "gpt", "value": "几天了？"}]},
]


def parquet(rows: list[dict[str, object]], **options: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink, **options)
    return sink.getvalue()


def arrow(rows: list[dict[str, object]], *, stream: bool) -> bytes:
    table, sink = pa.Table.from_pylist(rows), io.BytesIO()
    writer = pa.ipc.new_stream(sink, table.schema) if stream else pa.ipc.new_file(sink, table.schema)
    with writer:
        writer.write_table(table)
    return sink.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.parquet", parquet(ROWS)),
        ("a.parquet", parquet(ROWS, compression="zstd")),
        ("data-00000-of-00001.arrow", arrow(ROWS, stream=True)),
        ("a.arrow", arrow(ROWS, stream=False)),
        ("wrongly.json", parquet(ROWS)),
    ],
)
def test_columns_are_read_as_rows(original: Make, name: str, data: bytes) -> None:
    found = parse_original(original(name, data, "dataset")).dialogues
    assert [one.turns[1].content for one in found] == ["多少度？", "几天了？"]
    assert [one.address.row for one in found] == [1, 2]


def test_a_folder_saved_by_datasets_is_read(original: Make, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    datasets.Dataset.from_list([{"instruction": "问", "input": "", "output": "答"}]).save_to_disk(tmp_path / "saved")
    (file,) = (tmp_path / "saved").glob("*.arrow")
    (found,) = parse_original(original(file.name, file.read_bytes(), "dataset")).dialogues
    assert [turn.content for turn in found.turns] == ["问", "答"]


def test_rows_without_an_exchange_are_failures(original: Make) -> None:
    rows: list[dict[str, object]] = [{"ask": "问", "answer": "答"}, {"ask": None, "answer": "答"}]
    parsed = parse_original(original("a.parquet", parquet(rows), "dataset"))
    assert [failure.where for failure in parsed.failures] == ["a.parquet: row 2"]


@pytest.mark.parametrize("cut", [10, 100, -9])
def test_a_truncated_file_is_refused(original: Make, cut: int) -> None:
    with pytest.raises(InputError) as refused:
        parse_original(original("a.parquet", parquet(ROWS)[:cut], "dataset"))
    assert refused.value.reason == "unreadable"


def test_a_file_that_unpacks_to_far_more_is_refused(original: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogues, "_SMALL_CHARACTERS", 1_000_000)
    rows: list[dict[str, object]] = [{"ask": f"{n}", "answer": "答" * 50_000} for n in range(100)]
    data = parquet(rows, compression="zstd")
    assert len(data) < 100_000
    with pytest.raises(InputError) as refused:
        parse_original(original("a.parquet", data, "dataset"))
    assert refused.value.reason == "expands_too_much"
