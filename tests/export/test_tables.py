from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from pedcorpus.export.tables import ROWS_PER_GROUP, write_table


def texts(count: int) -> list[dict[str, str]]:
    return [{"text": f"文{number}", "kind": "passage", "source": "s"} for number in range(count)]


def test_rows_are_written_in_groups_of_fixed_size(tmp_path: Path) -> None:
    path = tmp_path / "cpt" / "train.parquet"
    assert write_table(path, iter(texts(ROWS_PER_GROUP + 1)), view="cpt") == ROWS_PER_GROUP + 1
    metadata = pq.read_metadata(path)
    assert [metadata.row_group(number).num_rows for number in range(2)] == [ROWS_PER_GROUP, 1]
    assert metadata.row_group(0).column(0).compression == "ZSTD"


def test_without_rows_there_is_no_file(tmp_path: Path) -> None:
    assert write_table(tmp_path / "cpt" / "train.parquet", iter([]), view="cpt") == 0
    assert not list(tmp_path.iterdir())
