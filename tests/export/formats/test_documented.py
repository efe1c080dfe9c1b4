"""Every line is held against what its tool's page documents, whether or not the tool is installed here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pedcorpus.export.formats import Converted

DOCUMENTED = json.loads(Path(__file__).with_name("documented.json").read_bytes())
FORMATS = ("alpaca", "llamafactory", "openai", "sharegpt", "swift")


def validator(name: str) -> Draft202012Validator:
    escaped = name.replace("/", "~1")
    return Draft202012Validator({"$ref": f"#/$defs/{escaped}", "$defs": DOCUMENTED["$defs"]})


def schema_of(form: str, view: str) -> Draft202012Validator:
    own = f"{form}/{view}"
    return validator(own if own in DOCUMENTED["$defs"] else form)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("form", FORMATS)
def test_every_line_is_as_documented(form: str, converted: dict[str, Converted]) -> None:
    made = converted[form]
    for file in made.files:
        schema = schema_of(form, file.view)
        problems = [error.message for line in lines(made.root / file.path) for error in schema.iter_errors(line)]
        assert not problems, file.path


@pytest.mark.parametrize("form", ["alpaca", "llamafactory", "sharegpt"])
def test_every_file_is_registered_with_columns_that_it_has(form: str, converted: dict[str, Converted]) -> None:
    made = converted[form]
    info = json.loads((made.root / "dataset_info.json").read_bytes())
    assert not list(validator("dataset_info").iter_errors(info))
    assert {entry["file_name"] for entry in info.values()} == {file.path for file in made.files}
    for name, entry in info.items():
        assert set(entry["columns"].values()) <= set(lines(made.root / entry["file_name"])[0])
        assert entry.get("ranking", False) == name.startswith("dfpo")


@pytest.mark.parametrize(
    ("form", "view", "line"),
    [
        ("openai", "sft", {"messages": [{"role": "user", "content": "问"}]}),
        ("openai", "sft", {"messages": [{"role": "assistant", "content": "答", "task": "medkqa"}]}),
        ("swift", "sft", {"messages": [{"role": "gpt", "content": "答"}]}),
        ("swift", "dfpo", {"messages": [{"role": "assistant", "content": "答"}], "rejected": "差"}),
        ("sharegpt", "sft", {"conversations": [{"from": "human", "value": "问"}]}),
        ("llamafactory", "dfpo", {"conversations": [{"from": "human", "value": "问"}], "chosen": "好"}),
        ("alpaca", "sft", {"instruction": "问", "output": "答", "history": [["一"]]}),
    ],
)
def test_what_is_not_as_documented_is_found(form: str, view: str, line: dict[str, Any]) -> None:
    assert list(schema_of(form, view).iter_errors(line))
