"""What one row of a view reads like in each format."""

from __future__ import annotations

from typing import Any

import pytest

from pedcorpus.export import View
from pedcorpus.export.formats import NOT_ALTERNATING, SAME_ANSWER, format_of
from tests.export.formats.handmade import answer, messages

TALK = messages("s:系统", "u:一", "a:甲", "u:二")
SFT: dict[str, Any] = {"prompt": TALK, "completion": answer("乙")}
MUE = {**SFT, "task": "evidiag"}
DFPO: dict[str, Any] = {"prompt": TALK, "chosen": answer("好"), "rejected": answer("差")}
CPT = {"text": "文", "kind": "passage", "source": "book"}
ODD: dict[str, Any] = {"prompt": messages("u:一", "u:二"), "completion": answer("乙")}

ASKED = {"instruction": "二", "input": ""}
BEFORE = {"system": "系统", "history": [["一", "甲"]]}
SAID = [("system", "系统"), ("human", "一"), ("gpt", "甲"), ("human", "二")]
TURNS = [{"from": who, "value": what} for who, what in SAID]


def gpt(text: str) -> dict[str, str]:
    return {"from": "gpt", "value": text}


@pytest.mark.parametrize(
    ("form", "view", "row", "expected"),
    [
        ("jsonl", "mue", MUE, MUE),
        ("jsonl", "sft", ODD, ODD),
        ("alpaca", "cpt", CPT, {"text": "文"}),
        ("alpaca", "sft", SFT, {**ASKED, "output": "乙", **BEFORE}),
        ("alpaca", "mue", MUE, {**ASKED, "output": "乙", **BEFORE, "task": "evidiag"}),
        ("alpaca", "dfpo", DFPO, {**ASKED, "chosen": "好", "rejected": "差", **BEFORE}),
        ("alpaca", "sft", ODD, NOT_ALTERNATING),
        ("sharegpt", "sft", SFT, {"conversations": [*TURNS, gpt("乙")]}),
        ("sharegpt", "mue", MUE, {"conversations": [*TURNS, gpt("乙")], "task": "evidiag"}),
        ("sharegpt", "dfpo", DFPO, {"conversations": TURNS, "chosen": gpt("好"), "rejected": gpt("差")}),
        ("sharegpt", "sft", ODD, NOT_ALTERNATING),
        ("llamafactory", "cpt", CPT, {"text": "文"}),
        ("llamafactory", "sft", SFT, {"conversations": [*TURNS, gpt("乙")]}),
        ("swift", "cpt", CPT, {"messages": answer("文")}),
        ("swift", "sft", ODD, {"messages": [*ODD["prompt"], *answer("乙")]}),
        ("swift", "mue", MUE, {"messages": [*TALK, *answer("乙")], "channel": "evidiag"}),
        ("swift", "dfpo", DFPO, {"messages": [*TALK, *answer("好")], "rejected_response": "差"}),
        ("swift", "dfpo", {**DFPO, "rejected": answer("好")}, SAME_ANSWER),
        ("openai", "sft", SFT, {"messages": [*TALK, *answer("乙")]}),
        (
            "openai",
            "dfpo",
            DFPO,
            {"input": {"messages": TALK}, "preferred_output": answer("好"), "non_preferred_output": answer("差")},
        ),
    ],
)
def test_a_row_reads(form: str, view: View, row: dict[str, Any], expected: dict[str, Any] | str) -> None:
    assert format_of(form).line(view, row) == expected


def test_a_label_that_has_no_place_in_the_line_is_a_folder() -> None:
    assert format_of("openai").folder("mue", MUE) == "mue/evidiag"
