from __future__ import annotations

from pedcorpus.parse.blocks import PrintedBox
from pedcorpus.records import Box


def test_a_printed_box_becomes_the_record_that_its_fields_would_make() -> None:
    printed = PrintedBox(3, 66.0, 80.1, 529.2, 92.3, 0, 40, 0.9)
    assert printed.record == Box(**printed._asdict())
