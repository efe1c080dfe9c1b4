"""Consultations and data sets that nobody here wrote are read whole, and the paediatric ones told from the rest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pedcorpus.parse import Original, Parsed, parse_original
from pedcorpus.parse.paediatric import domain_of

pytestmark = pytest.mark.real
Make = Callable[..., Original]


def read(make: Make, path: Path, kind: str) -> Parsed:
    parsed = parse_original(make(path.name, path.read_bytes(), kind))
    assert all("\ufffd" not in one.model_dump_json() for one in parsed.dialogues)
    return parsed


@pytest.mark.parametrize(
    ("file", "kind", "dialogues", "failures", "purposes"),
    [
        ("dialogue/CMtMedQA_test.subset.json", "consultation", 90, 0, {"consultation": 64, "safety": 26}),
        ("dialogue/disc_cmd_samples.json", "consultation", 120, 0, {"consultation": 120}),
        ("dialogue/disc_test_examples.jsonl", "consultation", 163, 0, {"consultation": 163}),
        ("dialogue/toyhom_im_head400.gbk.csv", "consultation", 389, 0, {"consultation": 389}),
        ("instruct/huatuo_llama_data.head1500.jsonl", "dataset", 1500, 0, {"instruction": 1500}),
        ("instruct/medical_sft_1K_format.jsonl", "dataset", 1000, 0, {"instruction": 1000}),
        ("instruct/llamafactory/alpaca_zh_demo.first300.json", "dataset", 300, 0, {"instruction": 300}),
        ("instruct/llamafactory/dpo_zh_demo.json", "dataset", 283, 6, {"preference": 283}),
        ("instruct/llamafactory/identity.json", "dataset", 91, 0, {"self_cognition": 91}),
        ("safety/jade_benchmark_zh.csv", "dataset", 150, 0, {"safety": 150}),
    ],
)
def test_every_file_is_read(
    original: Make, real_data: Path, file: str, kind: str, dialogues: int, failures: int, purposes: dict[str, int]
) -> None:
    parsed = read(original, real_data / file, kind)
    assert (len(parsed.dialogues), len(parsed.failures)) == (dialogues, failures)
    assert Counter(one.purpose for one in parsed.dialogues) == purposes


def test_rows_said_twice_in_the_csv_are_counted(original: Make, real_data: Path) -> None:
    parsed = read(original, real_data / "dialogue/toyhom_im_head400.gbk.csv", "consultation")
    assert parsed.document.encoding == "gb18030"
    assert sum(int(one.attributes.get("repeated", 0)) for one in parsed.dialogues) + len(parsed.dialogues) == 400


def test_placeholders_of_self_cognition_stay(original: Make, real_data: Path) -> None:
    parsed = read(original, real_data / "instruct/llamafactory/identity.json", "dataset")
    assert any("{{name}}" in one.turns[-1].content for one in parsed.dialogues)


def test_paediatric_rows_are_found_without_their_department(real_data: Path) -> None:
    """The label is the department, which is wrong for 9 of the 180: see the rows that the bounds leave room for."""
    rows = [
        (row["cate1"] == "儿科", [pair[0] for pair in row["history"]] + [row["instruction"]], [row["output"]])
        for row in json.loads((real_data / "dialogue/CMtMedQA_test.subset.json").read_text("utf-8"))
        if "cate1" in row
    ]
    rows += [
        (row["department"] == "儿科", [row["question"]], [row["raw_anwser"]])
        for row in json.loads((real_data / "dialogue/disc_cmd_samples.json").read_text("utf-8"))
    ]
    told = Counter(
        (label, domain_of(asked=asked, answered=answered, is_consultation=True).domain == "paediatric")
        for label, asked, answered in rows
    )
    assert told[True, True] / (told[True, True] + told[True, False]) >= 0.95
    assert told[True, True] / (told[True, True] + told[False, True]) >= 0.9


@pytest.mark.parametrize(
    ("file", "share"),
    [("instruct/huatuo_llama_data.head1500.jsonl", 0.97), ("instruct/medical_sft_1K_format.jsonl", 0.9)],
)
def test_medical_instructions_are_known_as_medicine(original: Make, real_data: Path, file: str, share: float) -> None:
    parsed = read(original, real_data / file, "dataset")
    medical = sum(one.domain in ("paediatric", "general_medical") for one in parsed.dialogues)
    assert medical / len(parsed.dialogues) >= share


def test_general_instructions_are_known_as_general(original: Make, real_data: Path) -> None:
    parsed = read(original, real_data / "instruct/llamafactory/alpaca_zh_demo.first300.json", "dataset")
    assert sum(one.domain == "general" for one in parsed.dialogues) / len(parsed.dialogues) >= 0.93
