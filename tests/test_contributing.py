"""The examples in CONTRIBUTING.md run as they stand there."""

import re
from pathlib import Path
from typing import Any

import pytest

from pedcorpus.curate import Subject
from pedcorpus.parse import Original
from pedcorpus.records import Severity
from tests.by_hand import SOURCE, question

TEXT = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)


def example(name: str) -> dict[str, Any]:
    (code,) = (block for block in BLOCKS if name in block)
    names: dict[str, Any] = {}
    exec(compile(code, "CONTRIBUTING.md", "exec"), names)
    return names


def test_the_parser_keeps_headings_and_spans() -> None:
    parser = example("WardNotesParser")["PARSER"]
    data = "# 热性惊厥\n首次发作多见于6个月至3岁。\n\n# 哮喘\n反复喘息。\n".encode()
    parsed = parser.parse(Original(SOURCE, "a.notes", data))
    text = data.decode()
    assert [(item.address.heading_path, item.text) for item in parsed.passages] == [
        (("热性惊厥",), "首次发作多见于6个月至3岁。"),
        (("哮喘",), "反复喘息。"),
    ]
    assert all(text[item.address.start : item.address.end] == item.text for item in parsed.passages)


@pytest.mark.parametrize(
    ("asked", "severity"), [("几岁多见？", Severity.PASS), ("几岁多见", Severity.WARNING)], ids=["asked", "told"]
)
def test_the_check_warns(asked: str, severity: Severity) -> None:
    check = example("PolitenessCheck")["CHECK"]
    (verdict,) = check.verdicts([Subject(question(question=asked), {})])
    assert verdict.severity is severity
