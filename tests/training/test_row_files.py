import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytest.importorskip("datasets", reason="needs the [train] extra")
from pedcorpus.training.row_files import load_rows

pytestmark = pytest.mark.train


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "train.parquet"
    texts = [f"第{number}行" for number in range(10_000)]
    pq.write_table(pa.table({"kind": ["a"] * 10_000, "text": texts}), path, row_group_size=3000)
    return path


def test_rows_are_found_by_their_numbers_across_batches_and_repeated(table, tmp_path):
    numbers = np.array([0, 4095, 4096, 4096, 9999])
    rows = load_rows(table, tmp_path / "rows", columns=("text",), rows=numbers)
    assert rows["text"][:] == [f"第{number}行" for number in numbers]
    assert rows.column_names == ["text"]


def test_rows_are_mapped_from_a_file_that_is_found_again(table, tmp_path):
    first = load_rows(table, tmp_path / "rows", columns=("text",), rows=np.arange(5))
    (path,) = (tmp_path / "rows").iterdir()
    written = path.stat().st_mtime_ns
    again = load_rows(table, tmp_path / "rows", columns=("text",), rows=np.arange(5))
    assert first.cache_files == again.cache_files == [{"filename": str(path)}]
    assert (path.stat().st_mtime_ns, first._fingerprint) == (written, again._fingerprint)


def test_other_rows_are_another_file(table, tmp_path):
    for count in (5, 6):
        load_rows(table, tmp_path / "rows", columns=("text",), rows=np.arange(count))
    assert len(list((tmp_path / "rows").iterdir())) == 2
