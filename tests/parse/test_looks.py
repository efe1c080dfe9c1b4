"""A file whose ending does not tell is looked into."""

from __future__ import annotations

import pytest

from pedcorpus.parse import looks_like_kind


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.csv", "department,ask,answer\n儿科,发热,多喝水\n", "consultation"),
        ("a.csv", "instruction,output\n写诗,好\n", "dataset"),
        ("a.csv", "问题,违规类型\n怎样下毒,违法犯罪\n", "dataset"),
        ("a.csv", "head,relation,tail\n麻疹,症状,发热\n", "graph"),
        ("a.csv", "疾病,症状\n麻疹,发热\n", "graph"),
        ("a.jsonl", '{"dialogue": ["患者：发热", "医生：几度？"]}', "consultation"),
        ("a.json", '[{"instruction": "1", "input": "", "output": "2"}]', "dataset"),
        ("a.json", '{"data": [{"instruction": "1", "input": "", "output": "2"}]}', "dataset"),
        ("a.json", '[{"name": "麻疹", "symptom": ["发热"]}]', "graph"),
        ("a.json", '{"graphs": [{"nodes": []}]}', "graph"),
        ("a.json", '[{"type": "text", "text": "正文", "page_idx": 0}]', None),
        ("a.json", '{"identity": {"file_name": "identity.json"}}', None),
        ("a.txt", "{'question': '1', 'answer': '2'}\n", "dataset"),
        ("a.parquet", "PAR1", "dataset"),
        ("a.md", "# 题\n\n正文", None),
        ("a.json", "[" * 9999, None),
        ("a.csv", "", None),
    ],
)  # fmt: skip
def test_the_first_rows_tell_the_kind(name: str, data: str, kind: str | None) -> None:
    assert looks_like_kind(data.encode(), name) == kind


def test_a_first_row_that_is_cut_off_does_not_matter() -> None:
    data = '[{"instruction": "1", "output": "2"}, {"instruction": "' + "长" * 200_000
    assert looks_like_kind(data.encode()[: 1 << 18], "a.json") == "dataset"
