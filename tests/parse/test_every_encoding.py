"""A text says the same in every encoding that hospitals' files come in, whatever its format."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pedcorpus.parse import Original, Parsed, parse_original

Make = Callable[..., Original]
PROSE = "熱性驚厥是兒童最常見的驚厥，多見於六個月至三歲，發作時間短於十五分鐘，預後良好。患兒體溫三十九度，精神尚可。"
FILES = {
    "markdown": ("a.md", "textbook", f"# 第一章 驚厥\n\n{PROSE}\n"),
    "plain text": ("a.txt", "textbook", f"第一章 驚厥\n\n{PROSE}\n"),
    "page": ("a.html", "textbook", f"<html><body><h1>第一章 驚厥</h1><p>{PROSE}</p></body></html>"),
    "blocks": ("a.json", "textbook", f'[{{"type": "text", "text": "{PROSE}", "page_idx": 0}}]'),
    "consultations": ("a.csv", "consultation", f"ask,answer\n孩子抽搐怎麼辦,{PROSE}\n"),
    "rows": ("a.jsonl", "dataset", f'{{"instruction": "什麼是熱性驚厥", "output": "{PROSE}"}}\n'),
    "graph": ("b.csv", "graph", f"name,症狀,desc\n熱性驚厥,抽搐,{PROSE}\n"),
}


def said(parsed: Parsed) -> list[str]:
    """All that was read, without what names the file's bytes."""
    turns = [turn.content for one in parsed.dialogues for turn in one.turns]
    triples = [f"{one.head}|{one.relation}|{one.tail}" for one in parsed.triples]
    passages = [f"{' › '.join(one.address.heading_path)}|{one.text}" for one in parsed.passages]
    return [*passages, *turns, *triples]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", FILES)
def test_every_encoding_says_the_same(original: Make, name: str, encoding: str) -> None:
    path, kind, text = FILES[name]
    plain = parse_original(original(path, text, kind))
    other = parse_original(original(path, text.encode(encoding), kind))
    assert said(plain)
    assert said(other) == said(plain)
