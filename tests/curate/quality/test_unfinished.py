"""Texts that break off, and texts that end as texts do."""

from __future__ import annotations

import pytest

from pedcorpus.curate.quality import unfinished_span


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("治疗首选布洛芬口服，", "，"),
        ("治疗首选布洛芬口服以及", "以及"),
        ("常见的原因有以下几种：\n", "："),
        ("可选用的药物有布洛芬（每次5", "（每次5"),
        ("可选用的药物有布洛芬(每次5", "(每次5"),
        ("The child should be given fluids and", "and"),
    ],
)
def test_what_breaks_off_is_pointed_at(text: str, tail: str) -> None:
    start, end = unfinished_span(text) or (0, 0)
    assert text[start:end] == tail


@pytest.mark.parametrize(
    "text",
    [
        "治疗首选布洛芬口服，每次5 mg/kg。",
        "监测的指标是血氧饱和",
        "多见于婴幼儿和学龄前儿童",
        "肾小球病变未见累及",
        "The child has hepatitis A",
        "可选用布洛芬（每次5 mg/kg）",
        "可选用布洛芬（每次5 mg/kg)",
        "1) 退热  2) 补液并观察",
        "",
        " " * 500,
        "，",
    ],
)
def test_an_ending_is_an_ending(text: str) -> None:
    assert unfinished_span(text) is None
