from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pedcorpus.export.tables import ROWS_PER_GROUP, SCHEMAS, TableWriters


def texts(count: int) -> pa.Table:
    rows = [{"text": f"文{number}", "kind": "passage", "source": "s"} for number in range(count)]
    return pa.Table.from_pylist(rows, schema=SCHEMAS["cpt"])


def write(folder: Path, table: pa.Table, *, at_once: int) -> bytes:
    with ThreadPoolExecutor(2) as pool:
        tables = TableWriters(folder, pool)
        for start in range(0, len(table), at_once):
            tables.write("cpt", "train", table.slice(start, at_once))
        assert tables.close() == {"cpt/train.parquet": len(table)}
    return (folder / "cpt" / "train.parquet").read_bytes()


def test_rows_are_written_in_groups_of_fixed_size(tmp_path: Path) -> None:
    write(tmp_path, texts(ROWS_PER_GROUP + 1), at_once=100_000)
    metadata = pq.read_metadata(tmp_path / "cpt" / "train.parquet")
    assert [metadata.row_group(number).num_rows for number in range(2)] == [ROWS_PER_GROUP, 1]
    assert metadata.row_group(0).column(0).compression == "ZSTD"


@pytest.mark.parametrize("at_once", [1000, 4096, 4097, 9000])
def test_how_many_rows_come_at_once_changes_no_byte(tmp_path: Path, at_once: int) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "parts").mkdir()
    table = texts(2 * ROWS_PER_GROUP + 5)
    assert write(tmp_path / "parts", table, at_once=at_once) == write(tmp_path / "whole", table, at_once=100_000)


def test_without_rows_there_is_no_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        tables = TableWriters(tmp_path, pool)
        tables.write("cpt", "train", texts(0))
        assert tables.close() == {}
    assert not list(tmp_path.iterdir())
