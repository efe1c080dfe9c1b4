import json
from pathlib import Path

import jsonschema
import pytest

from pedcorpus.records import Instruction
from pedcorpus.shipped import shipped_folder
from pedcorpus.tasks import instruction_schema
from pedcorpus.tasks.publish import published_schemas, schema_text
from tests.by_hand import question, treatment


@pytest.mark.parametrize("name", published_schemas())
def test_the_published_schema_is_the_records_own(name: str) -> None:
    published = (shipped_folder("schemas") / name).read_text(encoding="utf-8")
    assert published == schema_text(published_schemas()[name]), "run `make schemas` and commit what it writes"


def test_nothing_else_is_published() -> None:
    assert {path.name for path in Path(shipped_folder("schemas")).iterdir()} == set(published_schemas())


@pytest.mark.parametrize("record", [question(), treatment()], ids=["medkqa", "trerecom"])
def test_a_record_fits_its_published_schema(record: Instruction) -> None:
    jsonschema.validate(json.loads(record.model_dump_json()), instruction_schema(record.task))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**json.loads(record.model_dump_json()), "task": "other"}, instruction_schema(record.task))
