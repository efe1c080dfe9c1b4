import duckdb
import pytest

from pedcorpus.corpus.rows import add_new


@pytest.mark.parametrize("there", [0, 5_000, 50_000])
def test_new_rows_are_stored_in_their_order(there: int) -> None:
    with duckdb.connect() as unit:
        unit.execute("CREATE SEQUENCE written; CREATE TABLE t (id VARCHAR, written BIGINT DEFAULT nextval('written'))")
        unit.execute("INSERT INTO t (id) SELECT 'old' || i FROM range(?) AS r(i)", [there])
        rows = [{"id": f"{number * 7919 % 3_001}"} for number in range(3_000)] + [{"id": "old7"}]
        added = add_new(unit, "t", rows, key=("id",))
        stored = [
            row[0]
            for row in unit.execute("SELECT id FROM t ORDER BY written LIMIT ? OFFSET ?", [added, there]).fetchall()
        ]
    assert stored == [row["id"] for row in rows][:added]
