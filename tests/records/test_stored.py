from __future__ import annotations

import json

import pytest

from pedcorpus.records import NotPlain, Patient, Statement, read_back
from tests.export.sample import sample_rows

EVIDENCE = frozenset({"evidence"})


def test_records_of_all_tasks_come_back_as_they_were() -> None:
    for row in sample_rows():
        record = row.instruction
        values = json.loads(record.canonical) | {"license": record.license, "tier": record.tier.value}
        assert read_back(type(record), values) == record
        assert read_back(type(record), values).messages == record.messages


def test_a_field_that_was_left_out_is_missed_when_it_is_asked_for() -> None:
    record = sample_rows()[0].instruction
    values = json.loads(record.canonical) | {"license": record.license, "tier": record.tier.value}
    del values["evidence"]
    back = read_back(type(record), values, without=EVIDENCE)
    assert back.messages == record.messages
    with pytest.raises(AttributeError):
        _ = back.evidence


def test_a_record_from_before_one_of_its_fields_has_it_empty() -> None:
    record = next(row.instruction for row in sample_rows() if row.instruction.task == "evidiag")
    assert "advice" not in record.body()
    values = json.loads(record.canonical) | {"license": record.license, "tier": record.tier.value}
    assert vars(read_back(type(record), values))["advice"] == ()


@pytest.mark.parametrize("values", [{"age_months": 3}, {"age_months": 3, "sex": None, "weight_kg": 4, "name": "x"}])
def test_values_of_another_version_of_the_record_are_not_read_blindly(values: dict[str, object]) -> None:
    with pytest.raises(NotPlain):
        read_back(Patient, values)


def test_nested_values_get_their_types() -> None:
    values = {"text": "文", "basis": "quoted", "evidence": [0, 1]}
    assert read_back(Statement, values) == Statement.model_validate(values)
