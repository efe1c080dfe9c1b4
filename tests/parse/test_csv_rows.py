"""Rows keep their lines, and a row that is none costs only itself."""

from __future__ import annotations

import time

from pedcorpus.parse.csv_rows import BadRow, Row, read_rows
from pedcorpus.parse.limits import Limits, limited


def test_a_row_is_verbatim_at_its_line_and_offset() -> None:
    text = 'a,b\n1,"x\ny"\n\n"open,2\n3,4\n'
    rows = list(read_rows(text))
    assert [row.line for row in rows] == [1, 2, 4, 5, 6, 7]
    assert all(text[row.start : row.start + len(row.raw)] == row.raw for row in rows if isinstance(row, Row))
    assert isinstance(rows[3], BadRow)


def test_a_quoted_record_spans_so_many_lines_and_no_more() -> None:
    rows = limited(Limits(record_lines=3)).run(list, read_rows('a,b\nx,"1\n2\n3\n4"\ny,z'))
    assert [(type(row).__name__, row.line) for row in rows][:2] == [("Row", 1), ("BadRow", 2)]
    assert rows[-1].raw == "y,z"


def test_quotation_marks_left_open_everywhere_cost_time_in_proportion() -> None:
    start = time.process_time()
    rows = list(read_rows("a,b\n" + 'x,"yy"z\n' * 50_000))
    assert sum(isinstance(row, BadRow) for row in rows) == 50_000
    assert time.process_time() - start < 10
