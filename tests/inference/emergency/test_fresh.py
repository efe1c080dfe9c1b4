"""How much of what parents may write is heard: two sets of 40 dangers and 40 harmless sentences each.

Both were written before the table was looked at; the table was then widened by what it missed in `development`, never
by what it missed in `held_out`, of which only the sums were looked at.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pedcorpus.inference.emergency import emergency_in


def heard(name: str, verdict: str) -> int:
    """How many sentences of this verdict are advised on."""
    with Path(__file__).with_name(f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["verdict"] == verdict]
    assert len(rows) == 40
    return sum(emergency_in([{"role": "user", "content": row["sentence"]}]) is not None for row in rows)


@pytest.mark.parametrize(("name", "dangers", "alarms"), [("development", 40, 1), ("held_out", 38, 5)])
def test_fresh_sentences_are_heard_as_well_as_the_documentation_says(name: str, dangers: int, alarms: int) -> None:
    assert heard(name, "danger") >= dangers
    assert heard(name, "calm") <= alarms
