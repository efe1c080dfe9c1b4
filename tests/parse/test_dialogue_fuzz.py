"""Whatever a row holds, reading it gives exchanges or a failure, and never a character that was not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pedcorpus.errors import InputError
from pedcorpus.parse import Original
from pedcorpus.parse.dialogue_json import PARSER as JSON_PARSER
from pedcorpus.parse.dialogue_table import PARSER as TABLE_PARSER
from pedcorpus.parse.grades import find_gradings
from pedcorpus.parse.recommendations import read_recommendation

KEYS = st.sampled_from(
    ["ask", "answer", "answers", "output", "input", "instruction", "history", "conversations", "messages", "chosen",
     "rejected", "prompt", "completion", "role", "content", "from", "value", "label", "违规类型", "department"]
)  # fmt: skip
SPOKEN = ["医生：好", "患者：疼\n医生：好"]
WORDS = st.sampled_from(["user", "assistant", "system", *SPOKEN, "[1]", "{'a': 1}", "nan", "问", ""])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Make = Callable[..., Original]


@quick
@given(rows=st.lists(st.dictionaries(KEYS, VALUES, max_size=5), min_size=1, max_size=3))
def test_any_rows(original: Make, rows: list[dict[str, Any]]) -> None:
    for kind in ("consultation", "dataset"):
        try:
            parsed = JSON_PARSER.parse(original("a.json", json.dumps(rows), kind))
        except InputError:
            continue
        assert all(
            turn.content.strip() and "\ufffd" not in turn.content for one in parsed.dialogues for turn in one.turns
        )


@quick
@given(
    data=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: ("ask,answer\n" + text).encode("utf-8", "replace"))
)
def test_any_bytes(original: Make, data: bytes) -> None:
    for parser in (JSON_PARSER, TABLE_PARSER):
        made = original("a.csv", data, "dataset")
        try:
            parser.recognises(made)
            parser.parse(made)
        except InputError:
            continue


@quick
@given(
    text=st.lists(
        st.sampled_from(
            ["推荐意见1：", "证据等级", "B", "（", "）", "，", "推荐强度", "强", "不推荐", "1B", " ", "\n", "。"]
        )
        | st.text(max_size=5),
        max_size=20,
    ).map("".join)
)
def test_any_recommendation_is_verbatim(text: str) -> None:
    for found in find_gradings(text):
        assert 0 <= found.start < found.end <= len(text)
        assert all(value in text[found.start : found.end] for value in (found.grade, found.strength, found.agreement))
    for name, value in (read_recommendation(text) or {}).items():
        assert name.startswith("polarity") or value in text
